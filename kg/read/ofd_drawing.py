"""What the objects of an OFD page draw: characters and straight lines at their places, in points from left to right and from bottom to top."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.errors import KgError
from kg.read.drawn_text import Character, Stroke
from kg.read.ruled_lines import MOST_BYTES, WHITE, Point

if TYPE_CHECKING:
    from lxml.etree import _Element

KIND = "OFD file"
_MOST_DRAWN = 1_000_000  # objects; those that stand in each other multiply
_DEEPEST = 4
_FARTHEST = 100_000.0  # millimetres
_POINT = 72 / 25.4
_SIZE = 3.7  # millimetres, where none is said
_SLANTED = 15  # degrees by which a line may be turned and still be no stamp across the page
_WIDTHS = (("iljtfr.,:;'!|()[] ", 0.3), ("mwMW%@", 0.85), ("ABCDEFGHKNOPQRSUVXYZ", 0.68))  # of characters that are not wide, in a font unknown
_HALF = 0.5
_LOOSE, _LOOSE_NARROW = 1.3, 1.1  # of the size: how wide a character may be set, if the next one follows
_NARROWEST = 0.15
_UPRIGHT_STEP = 0.4  # of the size, downwards and not sidewards
_ESCAPED = re.compile(r"\\([0-9A-Fa-f]{4})")
_PLACEHOLDER = "¤"  # for a glyph that stands for no character
_TURNED = {"90": 90, "180": 180, "270": 270}
_STEPS = {"90": (0.0, 1.0), "180": (-1.0, 0.0), "270": (0.0, -1.0)}  # to the next character, where no distances are said
_ARGUMENTS = {"M": 2, "S": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}

_Matrix = tuple[float, float, float, float, float, float]
_AS_IT_IS = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class Drawn:
    """What a page draws, in its order."""

    characters: list[Character] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)
    objects: int = 0
    path_bytes: int = 0
    pictures: bool = False

    def add(self, other: Drawn) -> None:
        self.characters += other.characters
        self.strokes += other.strokes
        self.objects += other.objects
        self.path_bytes += other.path_bytes
        self.pictures = self.pictures or other.pictures


class Pen:
    """Draws the pages of one document; `composite` gives what a drawing that is kept once draws, None if it is nowhere, where viewers draw nothing either."""

    def __init__(self, file: str, composite: Callable[[str], _Element | None]) -> None:
        self._file, self._composite = file, composite
        self._part = ""
        self._objects = 0

    def drawn(self, page: _Element, part: str) -> Drawn:
        """What the content of a page or template draws; KgError, with the name of the part, where it says no places."""
        self._part = part
        into = Drawn()
        for content in children(page, "Content"):
            self._draw(content, (_POINT, 0.0, 0.0, -_POINT, 0.0, 0.0), into, 0)
        return into

    def _draw(self, parent: _Element, matrix: _Matrix, into: Drawn, depth: int) -> None:
        for unit in parent:
            kind = local_name(unit)
            if kind not in ("TextObject", "PathObject", "ImageObject", "CompositeObject", "Layer", "PageBlock") or not is_on(unit, "Visible", otherwise=True):
                continue
            into.objects += 1
            self._objects += 1
            if self._objects > _MOST_DRAWN:
                raise KgError(f"draws more than {_MOST_DRAWN:,} objects", file=self._file, hint="split the file")
            if kind == "TextObject":
                into.characters += self._line(unit, matrix)
            elif kind == "PathObject":
                into.strokes += self._strokes(unit, matrix, into)
            elif kind == "ImageObject":
                into.pictures = True
            elif kind == "CompositeObject":
                if depth < _DEEPEST and (content := self._composite(unit.get("ResourceID", ""))) is not None:
                    self._draw(content, self._placed(unit, matrix), into, depth + 1)
            else:
                self._draw(unit, matrix, into, depth)

    def _placed(self, unit: _Element, matrix: _Matrix) -> _Matrix:
        """How a place in an object becomes one on the page."""
        left, top = self._numbers(unit, "Boundary", 4)[:2]
        a, b, c, d, e, f = self._numbers(unit, "CTM", 6)[:6] if unit.get("CTM") else _AS_IT_IS
        p, q, r, s, t, u = matrix
        e, f = e + left, f + top
        return p * a + r * b, q * a + s * b, p * c + r * d, q * c + s * d, p * e + r * f + t, q * e + s * f + u

    def _numbers(self, unit: _Element, name: str, count: int) -> Sequence[float]:
        """The numbers of an attribute, zeros if it is not there; KgError if they are none, or no places of any page."""
        written = unit.get(name)
        if written is None:
            return (0.0,) * count
        try:
            numbers = list(map(float, written.replace(",", " ").split()))
        except ValueError:
            numbers = []
        if len(numbers) < count or not sum(map(abs, numbers)) < _FARTHEST:
            raise KgError(
                f'is a damaged {KIND}: {self._part}: {name}="{written[:40]}" of {local_name(unit)} {unit.get("ID", "")} is no place on a page',
                file=self._file, hint="open it and save it again",
            )  # fmt: skip
        return numbers

    def _number(self, unit: _Element, name: str, otherwise: float) -> float:
        return self._numbers(unit, name, 1)[0] if unit.get(name) else otherwise

    def _line(self, unit: _Element, matrix: _Matrix) -> Iterator[Character]:
        """The characters of a text object."""
        a, b, c, d, e, f = self._placed(unit, matrix)
        size = self._number(unit, "Size", 0.0) or _SIZE
        scale = math.sqrt(abs(a * d - b * c))
        read = unit.get("ReadDirection", "0")
        angle = math.degrees(math.atan2(b, a)) - (_TURNED.get(read, 0) if read == unit.get("CharDirection") else 0)
        turns = round(angle / 90)
        if not scale or abs(angle - 90 * turns) > _SLANTED:
            return
        stretched = math.hypot(a, b) * (self._number(unit, "HScale", 0.0) or 1.0)
        step_x, step_y = _STEPS.get(read, (1.0, 0.0))
        left, _, room, _ = self._numbers(unit, "Boundary", 4)[:4]
        edge = matrix[0] * (left + room) + matrix[4] if turns == 0 else 0.0  # where its last character may end
        x = y = 0.0
        for code in children(unit, "TextCode"):
            text = _characters(code.text or "")
            if not text:
                continue
            x, y = self._number(code, "X", x), self._number(code, "Y", y)
            to_x, to_y = self._deltas(code, "DeltaX", text), self._deltas(code, "DeltaY", text)
            natural = not to_x and not to_y
            below = False
            for at, character in enumerate(text):
                width = _width(character)
                dx = width * size * step_x if natural else to_x[at] if at < len(to_x) else 0.0
                dy = size * step_y if natural else to_y[at] if at < len(to_y) else 0.0
                advance = dx / size if at + 1 < len(text) else (edge - a * x - c * y - e) / (size * stretched)
                if _NARROWEST < advance <= (_LOOSE if width == 1 else _LOOSE_NARROW):
                    width = advance
                yield Character(character, a * x + c * y + e, b * x + d * y + f, width * size * stretched, size * scale, turns % 4, below)
                below = dy >= _UPRIGHT_STEP * size and abs(dx) < _UPRIGHT_STEP * size
                x, y = x + dx, y + dy

    def _deltas(self, code: _Element, name: str, text: str) -> list[float]:
        """How far each character of a text is from the next; `g 3 4.2` stands for 4.2 4.2 4.2."""
        written = code.get(name)
        if not written:
            return []
        words = iter(written.replace(",", " ").split())
        most = len(text.encode("utf-16-le")) // 2 - 1  # writers count characters beyond 16 bits twice, or once
        deltas: list[float] = []
        try:
            for word in words:
                if word in ("g", "G"):
                    times, delta = int(float(next(words))), float(next(words))
                    deltas += [delta] * max(0, min(times, most - len(deltas)))
                else:
                    deltas.append(float(word))
        except (ValueError, OverflowError, StopIteration):
            deltas = [math.nan]
        if not sum(map(abs, deltas)) < _FARTHEST:
            raise KgError(f'is a damaged {KIND}: {self._part}: {name}="{written[:40]}" is no row of distances', file=self._file, hint="open it and save it again")
        if most > len(text) - 1 and len(deltas) >= most:
            units = iter(deltas)
            deltas = [next(units, 0.0) + (next(units, 0.0) if character > "\uffff" else 0.0) for character in text]
        return deltas

    def _strokes(self, unit: _Element, matrix: _Matrix, into: Drawn) -> Iterator[Stroke]:
        """The straight lines of a path; where it is a curve, they are broken off."""
        drawn = is_on(unit, "Stroke", otherwise=True) and _is_seen(unit, "StrokeColor")
        if not drawn and not (is_on(unit, "Fill", otherwise=False) and _is_seen(unit, "FillColor")):
            return
        data = text_of(unit, "AbbreviatedData")
        into.path_bytes += len(data)
        if into.path_bytes > MOST_BYTES:
            return
        a, b, c, d, e, f = self._placed(unit, matrix)
        points: list[Point] = []
        for operator, numbers in _operations(data):
            if operator == "C":
                points += points[:1]
                continue
            x, y = numbers[-2:]
            if operator != "L" and points:
                yield Stroke(points, drawn)
                points = []
            points.append((a * x + c * y + e, b * x + d * y + f))
        if points:
            yield Stroke(points, drawn)


def _operations(data: str) -> Iterator[tuple[str, list[float]]]:
    """The steps of a path; what follows one that is none is left out, as viewers do."""
    words = iter(data.split())
    for word in words:
        count = _ARGUMENTS.get(word)
        if count is None:
            return
        try:
            numbers = [float(next(words)) for _ in range(count)]
        except (ValueError, StopIteration):
            return
        if len(numbers) < count or not sum(map(abs, numbers)) < _FARTHEST:
            return
        yield word, numbers


def _characters(written: str) -> str:
    """The characters of a text code; those that XML cannot hold are escaped (`\\0020`), and line ends only lay out the XML."""
    text = written.strip().replace("\n", "").replace("\r", "") if "\n" in written else written
    if "\\" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text.replace(_PLACEHOLDER, "\ufffd")


def _width(character: str) -> float:
    """Of its size, where nothing says it."""
    if character >= "\u2e80" or character in "“”‘’—…·":
        return 1.0
    return next((width for characters, width in _WIDTHS if character in characters), _HALF)


def _is_seen(unit: _Element, kind: str) -> bool:
    """Whether the color is not that of the paper; black, where none is said."""
    color = next(children(unit, kind), None)
    if color is None:
        return True
    try:
        values = [float(value) for value in color.get("Value", "").split()]
    except ValueError:
        return True
    white = len(values) in (1, 3) and min(values) >= WHITE or len(values) == 4 and max(values) <= 255 - WHITE
    return not white and color.get("Alpha") != "0"


def local_name(element: _Element) -> str:
    """The name of an element whatever its namespace, of which writers use three."""
    return str(element.tag).rpartition("}")[2]


def children(element: _Element, name: str) -> Iterator[_Element]:
    """Those of that name."""
    return (child for child in element if local_name(child) == name)


def is_on(element: _Element, name: str, *, otherwise: bool) -> bool:
    """Whether an attribute says yes (xs:boolean); `otherwise` where it is not there."""
    written = element.get(name)
    return otherwise if written is None else written.strip() in ("true", "1")


def text_of(element: _Element, name: str) -> str:
    """What the first child of that name holds, without outer blanks; "" if there is none."""
    child = next(children(element, name), None)
    return (child.text or "").strip() if child is not None else ""

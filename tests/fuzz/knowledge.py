"""The ontology's own files with mistakes in them, as somebody makes them who edits one."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

from kg.errors import KgError
from kg.extract.extractor import Extractor
from kg.ontology import Ontology, shipped_folder
from kg.read.noise import load_noise

_WRONG = ("[", "{", "'", '"', ": ", "- ", "\t", "*", "&a", "!!python/object:os.system", "@", "null", "~", "1e9", "2021-02-30", "|", ">", "#", "\x00",
          "(a+)+b", "(?P<x", "[z-a]", "Polity", "kind: none", "\ud800")  # fmt: skip


def with_a_mistake(text: str, chance: random.Random) -> str:
    """`text` with one line changed, doubled, taken out, shifted, or a wrong piece put in."""
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    kind = chance.randrange(6)
    if kind == 0:
        del lines[at]
    elif kind == 1:
        lines.insert(at, lines[at])
    elif kind == 2:
        lines[at] = "   " + lines[at]
    elif kind == 3:
        lines[at] = lines[at].strip()
    elif kind == 4:
        place = chance.randrange(len(lines[at]) + 1)
        lines[at] = lines[at][:place] + chance.choice(_WRONG) + lines[at][place:]
    else:
        key, mark, _ = lines[at].partition(":")
        lines[at] = f"{key}{mark} {chance.choice(_WRONG)}"
    return "\n".join(lines)


def try_mistake(folder: Path, seed: int) -> str:
    """Load a copy of one of the ontology's files with a mistake in it; what went wrong, "" for facts or a fault that is
    told with its file."""
    chance = random.Random(seed)
    shipped = shipped_folder()
    files = sorted([*shipped.glob("rules/*.yaml"), *shipped.glob("lexicon/*.yaml"), *shipped.glob("*.ttl")])
    source = chance.choice(files)
    shutil.rmtree(folder, ignore_errors=True)
    path = folder / source.relative_to(shipped)
    path.parent.mkdir(parents=True)
    text = with_a_mistake(source.read_text(encoding="utf-8"), chance)
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        if source.name == "noise.yaml":
            load_noise((path,))
        Extractor(Ontology.load(folder))
    except KgError as error:
        return "" if source.name in str(error) or shipped.name in str(error) else f"{source.name}, {seed}: names no file: {error}"
    except Exception as error:  # noqa: BLE001 - what it is is the question
        return f"{source.name}, {seed}: {type(error).__name__}: {error}"
    return ""

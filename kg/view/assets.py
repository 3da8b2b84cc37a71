"""The explorer's scripts and style sheet, and vis-network out of the installed pyvis package."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from kg.ask.wording import wording
from kg.errors import KgError

WEB = Path(__file__).parent / "web"
# In the order in which they must run: each adds its functions to the one global name KG.
SCRIPTS = (
    "base.js", "words.js", "fold.js", "embedded.js", "state.js", "place.js", "labels.js", "graph.js", "search.js",
    "figures.js", "evidence.js", "panel.js", "filters.js", "timeline.js", "table.js", "turtle.js", "download.js", "app.js",
)  # fmt: skip
_VERSION = re.compile(r"vis-(\d+)\.(\d+)\.(\d+)")


def program() -> str:
    """The explorer's own script, all modules in one."""
    return "\n".join((WEB / name).read_text(encoding="utf-8") for name in SCRIPTS)


def style() -> str:
    """The explorer's own style sheet."""
    return (WEB / "page.css").read_text(encoding="utf-8")


def words() -> str:
    """The explorer's texts in all its languages, with the words for codes, as JSON."""
    texts: dict[str, dict[str, str]] = json.loads((WEB / "words.json").read_text(encoding="utf-8"))
    for key, told in wording().items():
        for language, own in texts.items():
            own[key] = told.get(language, key.partition("-")[2])
    return json.dumps(texts, ensure_ascii=False, separators=(",", ":"))


def english(key: str, *values: str) -> str:
    """The English text of that key with {0}, {1} filled in, for those who are no reader of the page."""
    text: str = json.loads((WEB / "words.json").read_text(encoding="utf-8"))["en"][key]
    return text.format(*values)


@lru_cache(maxsize=1)
def vis_network() -> str:
    """The newest vis-network script inside the installed pyvis; KgError if there is none."""
    spec = find_spec("pyvis")
    root = Path(spec.origin).parent if spec and spec.origin else None
    found = sorted(root.rglob("vis-network.min.js"), key=_version) if root else []
    if not found:
        raise KgError("vis-network is missing from the installed pyvis", hint="install the package again")
    # A reference to a source map would make developer tools ask for a file that is not there.
    return re.sub(r"(?m)^//# sourceMappingURL=.*$", "", found[-1].read_text(encoding="utf-8")).strip()


def _version(path: Path) -> tuple[tuple[int, ...], str]:
    found = _VERSION.search(path.parent.name)
    return (tuple(map(int, found.groups())) if found else (0,), str(path))


def inline_hash(text: str) -> str:
    """The Content-Security-Policy source that allows exactly this inline script or style sheet."""
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def inlined(text: str, tag: str) -> str:
    """`text` as it can stand inside <script> or <style>: line ends as a browser hashes them; an end tag is refused."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    if f"</{tag}" in unified.casefold() or "<!--" in unified:
        raise ValueError(f"text to be inlined would end its <{tag}> element")
    return unified

"""The passages that were drawn, before any tuning, from real reports and news to be annotated.

    python tests/gold/passages.py sample SHARED_DATA            # prints the drawn passages: set, name, source, offsets
    python tests/gold/passages.py text SHARED_DATA OUT          # writes OUT/<set>/<name>.txt for every drawn passage

Only offsets and annotations are kept in the repository; the wording stays in the folder it was drawn from.
"""

from __future__ import annotations

import hashlib
import html
import random
import re
import sys
from pathlib import Path

SEED = 20261123
PER_KIND = 10  # ten reports and ten news items; every second of each is held out
FOREIGN = re.compile(r"[俄乌美英法德日以]|国际|总统|首相")


def docx_text(path: Path) -> str:
    import docx

    return "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)


def source_text(path: Path) -> str:
    return docx_text(path) if path.suffix == ".docx" else path.read_text(encoding="utf-8")


def plain(raw: str) -> str:
    """The words of a slice: markup gone, paragraphs on lines of their own."""
    raw = re.sub(r"\[查看原文\]\([^)]*\)", "", raw)
    raw = re.sub(r"</p>|<br\s*/?>", "\n", raw)
    raw = html.unescape(re.sub(r"<[^>]+>", "", raw)).replace("\xa0", " ")
    raw = raw.replace("央视网消息（新闻联播）：", "")
    lines = (line.lstrip("# ").strip() for line in raw.split("\n"))
    return "\n".join(line for line in lines if line) + "\n"


def report_passages(path: Path) -> list[tuple[int, int]]:
    """Runs of whole paragraphs of 550 to 900 characters."""
    text = source_text(path)
    starts = [0, *(m.end() for m in re.finditer("\n", text))]
    found = []
    for i, start in enumerate(starts):
        for end in starts[i + 1 :]:
            if 550 <= end - start <= 900:
                found.append((start, end))
                break
            if end - start > 900:
                break
    return found


def news_passages(path: Path) -> list[tuple[int, int]]:
    """Items about matters at home, of 350 to 1,100 characters."""
    text = source_text(path)
    heads = [m.start() for m in re.finditer(r"^### ", text, re.M)] + [len(text)]
    found = []
    for start, end in zip(heads, heads[1:]):
        words = plain(text[start:end])
        if 350 <= len(words) <= 1100 and not FOREIGN.search(words.split("\n", 1)[0]) and re.search(r"\d", words):
            found.append((start, end))
    return found


def sample(data: Path) -> list[tuple[str, str, Path, int, int]]:
    """(set, name, file, start, end) of every drawn passage; the same for the same data."""
    drawn = []
    chance = random.Random(SEED)
    for folder, kind, passages in (("reports-2025", "report", report_passages), ("news", "news", news_passages)):
        files = chance.sample(sorted((data / folder).iterdir()), PER_KIND)
        for number, path in enumerate(files):
            start, end = chance.choice(passages(path))
            stem = path.stem.removesuffix("政府工作报告")
            digest = hashlib.sha256(f"{path.name}:{start}".encode()).hexdigest()[:4]
            drawn.append(("held" if number % 2 else "tune", f"{kind}-{stem}-{digest}", path, start, end))
    return drawn


def main(arguments: list[str]) -> None:
    command, data = arguments[0], Path(arguments[1])
    for part, name, path, start, end in sample(data):
        if command == "sample":
            print(part, name, path.relative_to(data), start, end, sep="\t")
        else:
            out = Path(arguments[2]) / part / f"{name}.txt"
            out.parent.mkdir(parents=True, exist_ok=True)
            out.write_text(plain(source_text(path)[start:end]), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])

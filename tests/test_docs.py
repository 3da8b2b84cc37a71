"""What the README and the docs show works: commands run, code runs, links lead somewhere."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

import kg

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", README, re.DOTALL)

WAITS = re.compile(r"kg serve|--watch")


def commands() -> list[list[str]]:
    """The `kg` lines of the README's shell blocks, without comments and those that wait for their end."""
    lines = [line for language, block in BLOCKS if language == "sh" for line in block.splitlines()]
    return [shlex.split(line, comments=True) for line in lines if line.startswith("kg ") and not WAITS.search(line)]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder like a checkout: corpus/ to read, exports/ to write to, and the user's own my-texts/; the demo is built."""
    folder = tmp_path_factory.mktemp("checkout")
    (folder / "corpus").symlink_to(ROOT / "corpus")
    (folder / "exports").mkdir()
    (folder / "my-texts").mkdir()
    (folder / "my-texts" / "notice.txt").symlink_to(ROOT / "corpus" / "hangzhou-waste-notice.txt")
    kg.build(folder / "corpus", folder / "exports" / "graph")
    return folder


def test_commands_of_the_readme_run(checkout, monkeypatch, capsys):
    from kg.cli import main

    monkeypatch.chdir(checkout)
    assert len(commands()) >= 10
    for command in commands():
        with pytest.raises(SystemExit) as left:
            main(command[1:])
        out, err = capsys.readouterr()
        assert left.value.code == 0, f"{shlex.join(command)}\n{out[-2000:]}\n{err[-2000:]}"
        assert out


def test_python_of_the_readme_runs(checkout, monkeypatch, capsys):
    monkeypatch.chdir(checkout)
    code = [block for language, block in BLOCKS if language == "python"]
    assert len(code) == 1
    exec(compile(code[0], "README.md", "exec"), {})  # noqa: S102
    assert "錢塘" in capsys.readouterr().out


def test_python_of_its_page_runs(checkout, monkeypatch, capsys):
    monkeypatch.chdir(checkout)
    code = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "python.md").read_text(encoding="utf-8"), re.DOTALL)
    assert len(code) == 3
    exec(compile("\n".join(code), "docs/python.md", "exec"), {})  # noqa: S102
    shown = capsys.readouterr().out
    assert "Project 杭州地铁8号线 11 18 杭州地铁8号线" in shown and "<Facts of 'corpus/" in shown


@pytest.mark.parametrize("page", ["README.md", *sorted(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md"))])
def test_links_lead_to_files(page):
    text = re.sub(r"```.*?```", "", (ROOT / page).read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text):
        if "://" not in target:
            assert ((ROOT / page).parent / target).exists(), f"{page}: {target}"


def headings(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    lines = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", line.lower()).replace(" ", "-") for line in lines}


@pytest.mark.parametrize("page", ["README.md", *sorted(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md"))])
def test_links_lead_to_headings(page):
    text = re.sub(r"```.*?```", "", (ROOT / page).read_text(encoding="utf-8"), flags=re.DOTALL)
    links = [(target, anchor) for target, anchor in re.findall(r"\]\(([^)#\s]*)#([^)]+)\)", text) if "://" not in target]
    assert [link for link in links if link[1] not in headings((ROOT / page).parent / link[0] if link[0] else ROOT / page)] == []


def test_the_readme_names_every_page():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    pages = sorted(path.name for path in (ROOT / "docs").glob("*.md"))
    assert len(pages) > 10
    assert [name for name in pages if f"(docs/{name})" not in readme] == []


def test_ci_runs_what_the_readme_says():
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "make test" in script
    assert "make test" in README

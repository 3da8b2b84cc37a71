from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg.errors import KgError
from kg.read import SourceFile, find, read, stands_for


def make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("正文。", encoding="utf-8")


def ids(sources: list[SourceFile]) -> list[str]:
    return [source.id for source in sources]


def test_folder_recursively_sorted_without_hidden_and_foreign_files(tmp_path: Path) -> None:
    root = tmp_path / "texts"
    make(root, "b.txt", "a.md", "sub/c.html", ".hidden.txt", ".git/d.txt", "picture.png", "make.py", "~$open.docx")
    assert ids(find([root])) == ["texts/a.md", "texts/b.txt", "texts/sub/c.html"]


def test_single_files_are_taken_whatever_their_suffix(tmp_path: Path) -> None:
    make(tmp_path / "texts", "README", ".env")
    assert ids(find([tmp_path / "texts/README", tmp_path / "texts/.env"])) == ["texts/.env", "texts/README"]


def test_a_file_named_itself_and_in_its_folder_is_one(tmp_path: Path) -> None:
    make(tmp_path / "texts", "sub/a.txt")
    both = [tmp_path / "texts/sub/a.txt", tmp_path / "texts"]
    assert ids(find(both)) == ids(find(both[::-1])) == ["texts/sub/a.txt"]


@pytest.mark.parametrize("pattern", ["*.txt", "**/*.txt", "s*"])
def test_patterns(tmp_path: Path, pattern: str) -> None:
    make(tmp_path / "texts", "a.txt", "sub/b.txt", "c.md", "make.py")
    expected = {
        "*.txt": ["texts/a.txt"],
        "**/*.txt": ["texts/a.txt", "texts/sub/b.txt"],
        "s*": ["texts/sub/b.txt"],
    }
    assert ids(find([f"{tmp_path}/texts/{pattern}"])) == expected[pattern]


PATTERNS = ["*", "*.txt", "*/*.txt", "**/*.txt", "**", "s*", "s*/**/*.txt", "[s]ub/a.txt", "sub/d?ep", "*.md", ".*/*.txt", "no*"]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_pattern_stands_for_what_it_gives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pattern: str) -> None:
    root = tmp_path / "texts [1]"  # no wildcard: it is the folder where all is
    make(root, "a.txt", "b.md", "sub/a.txt", "sub/deep/c.txt", "sub/.hidden/d.txt", ".sub/a.txt", "picture.png", "sub/x.log", "other/e.txt")
    monkeypatch.chdir(root)
    files = [path for path in root.rglob("*") if path.is_file()]
    given = {os.path.abspath(source.path) for source in find([pattern]) if not source.problem}
    assert {str(path) for path in files if stands_for(pattern, str(path))} == given
    assert not stands_for(str(root / "a.txt"), str(root / "a.txt"))  # a path without a wildcard is no pattern


def test_current_folder_has_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path / "texts", "a.txt")
    monkeypatch.chdir(tmp_path / "texts")
    assert ids(find(["."])) == ids(find(["a.txt"])) == ids(find(["*.txt"])) == ["texts/a.txt"]


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("missing.txt", "does not exist"),
        ("no*.txt", "matches no document"),
        ("empty", "holds no documents"),
        ("\0", "does not exist"),
        ("x" * 300, "file name too long"),
    ],
)
def test_what_cannot_be_found_is_reported_when_read(tmp_path: Path, path: str, reason: str) -> None:
    (tmp_path / "empty").mkdir()
    (source,) = find([f"{tmp_path}/{path}"])
    with pytest.raises(KgError, match=reason):
        read(source)


def test_one_path_is_no_list_of_letters(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("字", encoding="utf-8")
    assert find(str(tmp_path)) == find(tmp_path) == find([tmp_path])
    assert [one.text for one in read(tmp_path / "a.txt")] == [one.text for one in read(str(tmp_path / "a.txt"))] == ["字"]


def test_an_empty_path_is_not_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("字", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert [source.problem for source in find("")] == ["the path given is empty"]
    assert find(".")[0].problem == ""


def test_two_files_with_one_id_are_refused_with_a_way_out(tmp_path: Path) -> None:
    make(tmp_path, "one/texts/a.txt", "two/texts/a.txt")
    with pytest.raises(KgError, match=r"both be the document texts/a\.txt \(give the folder that holds both"):
        find([tmp_path / "one/texts", tmp_path / "two/texts"])
    assert len(find([tmp_path])) == 2


def test_links_are_followed_once_and_loops_end(tmp_path: Path) -> None:
    root = tmp_path / "texts"
    make(root, "sub/a.txt")
    (root / "sub/loop").symlink_to(root, target_is_directory=True)
    (root / "again.txt").symlink_to(root / "sub/a.txt")
    (root / "broken.txt").symlink_to(root / "gone.txt")
    (root / "itself.txt").symlink_to(root / "itself.txt")
    sources = find([root])
    assert ids(sources) == ["texts/broken.txt", "texts/itself.txt", "texts/sub/a.txt"]
    for source in sources[:2]:
        with pytest.raises(KgError, match="cannot be opened"):
            read(source)


def test_names_are_data(tmp_path: Path) -> None:
    root = tmp_path / "texts"
    names = ["换\n行.txt", "a b#c?.txt", "引“号”.txt", "长" * 83 + ".txt"]
    make(root, *names)
    assert sorted(ids(find([root]))) == sorted(f"texts/{name}" for name in names)
    assert all(read(source)[0].text == "正文。" for source in find([root]))


def test_names_that_are_no_utf8(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path / "texts")
    os.mkdir(folder)
    with open(folder + b"/\xc7\xff.txt", "wb") as stream:
        stream.write("正文。".encode())
    (source,) = find([tmp_path / "texts"])
    assert source.id == r"texts/\xc7\xff.txt"
    assert read(source)[0].path.endswith(r"texts/\xc7\xff.txt")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may list every folder")
def test_folders_that_cannot_be_listed_are_reported(tmp_path: Path) -> None:
    make(tmp_path / "texts", "closed/a.txt")
    (tmp_path / "texts/closed").chmod(0)
    (source,) = find([tmp_path / "texts"])
    (tmp_path / "texts/closed").chmod(0o700)
    assert "cannot be listed" in source.problem


def test_no_order_of_paths_changes_the_result(tmp_path: Path) -> None:
    make(tmp_path, "x/a.txt", "y/b.txt", "y/sub/c.txt")
    paths = [tmp_path / "x", tmp_path / "y/sub", tmp_path / "y"]
    assert find(paths) == find(paths[::-1])
    assert ids(find(paths)) == ["x/a.txt", "y/b.txt", "y/sub/c.txt"]

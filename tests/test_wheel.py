"""The wheel works in an environment of its own, without the checkout: it holds the program, the ontology and the page."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def kg(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of an environment in which the wheel is installed; its dependencies are borrowed from this one."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    build = [*pip, "wheel", "--no-deps", "--no-build-isolation", "--no-index", "-w", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    [wheel] = folder.glob("*.whl")
    venv.create(folder / "venv", with_pip=False)
    python = folder / "venv" / "bin" / "python"
    [site] = (folder / "venv" / "lib").glob("python*/site-packages")
    subprocess.run(
        [*pip, "install", "--no-deps", "--no-index", "--target", str(site), str(wheel)], check=True, capture_output=True
    )
    # Packages from here, but not the editable install of the checkout: a .pth file inside a .pth folder is not followed.
    (site / "borrowed.pth").write_text(sysconfig.get_paths()["purelib"] + "\n", encoding="utf-8")
    script = folder / "venv" / "bin" / "kg"
    script.write_text(f"#!{python}\nfrom kg.cli import main\nmain()\n", encoding="utf-8")
    script.chmod(0o755)
    return script


def run(command: Path, *arguments: object, cwd: Path) -> str:
    environment = {"PATH": os.environ["PATH"], "HOME": str(cwd), "LANG": "C"}
    done = subprocess.run([str(command), *map(str, arguments)], capture_output=True, cwd=cwd, env=environment, check=False)
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    return done.stdout.decode("utf-8")


def test_a_folder_in_a_query_out(kg, tmp_path):
    assert str(ROOT) not in run(kg.with_name("python"), "-c", "import kg; print(kg.__file__)", cwd=tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("杭州市錢塘區召開會議。上半年,錢塘區地區生產總值增長11%。", encoding="utf-8")
    assert "1 document read" in run(kg, "build", "in", "-o", "graph", "--date", "2021-07-15", "--jobs", 1, cwd=tmp_path)
    query = "SELECT ?name WHERE { ?a kgo:code '330114' ; rdfs:label ?name }"
    assert run(kg, "query", query, "-g", "graph", "--format", "csv", cwd=tmp_path) == "name\n錢塘區\n"
    assert "projects-underway" in run(kg, "ask", cwd=tmp_path)
    assert "錢塘區" in run(kg, "explain", "钱塘区", "-g", "graph", cwd=tmp_path)
    run(kg, "view", "-g", "graph", "-o", "page.html", cwd=tmp_path)
    assert "錢塘區" in (tmp_path / "page.html").read_text(encoding="utf-8")
    run(kg, "init", "own", cwd=tmp_path)
    run(kg, "validate", "-g", "graph", cwd=tmp_path)


def test_version(kg, tmp_path):
    assert run(kg, "--version", cwd=tmp_path).startswith("kg, version 0.")

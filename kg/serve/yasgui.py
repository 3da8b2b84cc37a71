"""The query editor (Yasgui) out of the installed oxigraph package, which carries it inside its server's binary.

A server of that package is started once over an empty store, on a free port of the loopback, asked for the editor's two
files, and ended. So the files come from the package that is installed and nothing else runs beside this server; where the
package has no such server, the page has a plain editor of its own.
"""

from __future__ import annotations

import base64
import hashlib
import json
import logging
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from functools import lru_cache
from pathlib import Path

log = logging.getLogger("kg.serve")
FILES = {"yasgui.js": ("yasgui.min.js", "text/javascript"), "yasgui.css": ("yasgui.min.css", "text/css")}
_STYLE = re.compile(r'createStyle\(\w+,"((?:[^"\\]|\\.)*)"\)')
_PATIENCE = 10.0  # seconds for the other server to answer


@lru_cache(maxsize=1)
def editor_files() -> dict[str, bytes]:
    """Content by name of FILES; {} where they cannot be had."""
    program = _program()
    if program is None:
        log.warning("the oxigraph package has no server here; the query page gets a plain editor")
        return {}
    with tempfile.TemporaryDirectory(prefix="kg-editor-") as folder:
        from pyoxigraph import Store

        Store(folder).flush()
        address = f"127.0.0.1:{_free_port()}"
        server = subprocess.Popen(
            [program, "serve-read-only", "--location", folder, "--bind", address],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            return {name: _fetch(server, f"http://{address}/{theirs}") for name, (theirs, _) in FILES.items()}
        except (OSError, ValueError) as error:
            log.warning("the query editor cannot be had from the oxigraph package: %s", error)
            return {}
        finally:
            server.kill()
            server.wait()


def style_sources() -> str:
    """Content-Security-Policy sources of the style sheets that the editor's script writes into its page: hashes of
    exactly those texts, each with a blank before it; "" if it writes none."""
    script = editor_files().get("yasgui.js", b"").decode("utf-8", "replace")
    texts = (json.loads(f'"{found[1]}"') for found in _STYLE.finditer(script))
    digests = (base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in texts)
    return "".join(f" 'sha256-{digest}'" for digest in digests)


def _program() -> str | None:
    beside = Path(sys.executable).with_name("oxigraph" + (".exe" if sys.platform == "win32" else ""))
    return str(beside) if beside.is_file() else shutil.which("oxigraph")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _fetch(server: subprocess.Popen[bytes], url: str) -> bytes:
    # A proxy that the environment names must not see requests to this machine.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            with opener.open(url, timeout=_PATIENCE) as answer:
                content: bytes = answer.read()
            return content
        except urllib.error.HTTPError:
            raise
        except OSError:
            if server.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.05)

"""Messages between the server and its workers: a length, a JSON head, a length, a body. Lengths are 8 bytes, big end first."""

from __future__ import annotations

import asyncio
from typing import Any, BinaryIO

_SIZE = 8


def packed(head: dict[str, Any], body: bytes = b"") -> bytes:
    """One message as bytes."""
    import orjson

    encoded = orjson.dumps(head)
    return len(encoded).to_bytes(_SIZE, "big") + encoded + len(body).to_bytes(_SIZE, "big") + body


def read_message(stream: BinaryIO) -> tuple[dict[str, Any], bytes] | None:
    """The next message of a blocking stream, or None at its end."""
    parts = []
    for _ in range(2):
        size = stream.read(_SIZE)
        if len(size) < _SIZE:
            return None
        parts.append(stream.read(int.from_bytes(size, "big")))
    return _opened(parts[0], parts[1])


async def receive_message(stream: asyncio.StreamReader) -> tuple[dict[str, Any], bytes]:
    """The next message; `asyncio.IncompleteReadError` if the other side ended before it was whole."""
    parts = []
    for _ in range(2):
        size = await stream.readexactly(_SIZE)
        parts.append(await stream.readexactly(int.from_bytes(size, "big")))
    return _opened(parts[0], parts[1])


def _opened(head: bytes, body: bytes) -> tuple[dict[str, Any], bytes]:
    import orjson

    decoded: dict[str, Any] = orjson.loads(head)
    return decoded, body

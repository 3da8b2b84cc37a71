"""A process that runs queries and can be killed: `python -m kg.serve.worker MEMORY_BYTES`.

Requests come on standard input, answers go to standard output, both as `kg.serve.frames`:

  {"op": "query", "store", "query", "rows": media type or null, "graph": media type or null,
   "default_graphs": [IRI] or null, "named_graphs": [IRI] or null, "limit": rows, "seconds": life}
  {"op": "ask", "store", "ontology": folder or null, "question", "values": {name: [text]}, "limit", "seconds"}

An answer's head is {"type": media type, "memory": bytes of address space since the store was opened}, or {"error": kind,
"message": text} with one of the kinds syntax, rows, format, gone, wrong, memory, failed; a value that does not fit has its
"parts" too (`kg.errors.UnfitValueError`).
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any, BinaryIO

from kg.serve import confine
from kg.serve.frames import packed, read_message
from kg.serve.results import TooManyRows, bounded, graph_as, rows_as, truth_as

if TYPE_CHECKING:
    from pyoxigraph import Store

Reply = tuple[dict[str, Any], bytes]


class Refused(Exception):
    """An answer that is an error: its kind and what to tell the user, in parts too where it has some."""

    def __init__(self, kind: str, message: str, parts: dict[str, object] | None = None) -> None:
        self.kind, self.message, self.parts = kind, message, parts or {}
        super().__init__(message)


class Worker:
    """One open store at a time; it follows the path that each request names."""

    def __init__(self, memory: int) -> None:
        self._memory = memory
        self._path = ""
        self._store: Store | None = None
        self._base = 0

    def answer(self, request: dict[str, Any]) -> Reply:
        """The reply to one request; whatever goes wrong is a reply too."""
        confine.live_at_most(request["seconds"])
        try:
            store = self._open(request["store"])
            media_type, body = (_query if request["op"] == "query" else _ask)(store, request)
            head = {"type": media_type, "memory": confine.address_space() - self._base}
            return head, body
        except Refused as refused:
            return {"error": refused.kind, "message": refused.message, "parts": refused.parts}, b""
        except TooManyRows:
            limit = request["limit"]
            return {
                "error": "rows",
                "message": f"the answer has more than {limit} rows; add LIMIT or ask for less",
            }, b""
        except MemoryError:
            return {"error": "memory", "message": ""}, b""
        except Exception as error:  # noqa: BLE001 - the worker's boundary: the cause goes to the server's log
            print(f"{type(error).__name__}: {error}", file=sys.stderr, flush=True)
            return {"error": "failed", "message": f"{type(error).__name__}: {error}"}, b""
        finally:
            confine.live_at_most(0)

    def _open(self, path: str) -> Store:
        from pyoxigraph import Store

        if self._store is None or path != self._path:
            confine.allow_memory(None)
            self._store = None
            try:
                self._store = Store.read_only(path)
            except OSError as error:
                raise Refused("gone", str(error)) from error
            self._path, self._base = path, confine.address_space()
            confine.allow_memory(self._memory)
        return self._store


def _query(store: Store, request: dict[str, Any]) -> tuple[str, bytes]:
    from pyoxigraph import NamedNode, QueryBoolean, QuerySolutions

    from kg.ask.results import syntax_error
    from kg.graph.vocabulary import PREFIXES

    def graphs(name: str) -> list[Any] | None:
        return None if request[name] is None else [NamedNode(iri) for iri in request[name]]

    try:
        found = store.query(
            request["query"],
            prefixes=PREFIXES,
            default_graph=graphs("default_graphs"),
            named_graphs=graphs("named_graphs"),
        )
    except SyntaxError as error:
        raise Refused("syntax", syntax_error(error, request["query"]).message) from error
    except ValueError as error:
        raise Refused("wrong", str(error)) from error
    limit = request["limit"]
    if isinstance(found, QuerySolutions):
        columns = [variable.value for variable in found.variables]
        return _type(request, "rows"), rows_as(_type(request, "rows"), columns, bounded(found, limit))
    if isinstance(found, QueryBoolean):
        return _type(request, "rows"), truth_as(_type(request, "rows"), bool(found))
    return _type(request, "graph"), graph_as(_type(request, "graph"), bounded(found, limit), PREFIXES)


def _type(request: dict[str, Any], name: str) -> str:
    if not request[name]:
        raise Refused("format", "none of the formats in the Accept header fits this kind of answer")
    found: str = request[name]
    return found


def _ask(store: Store, request: dict[str, Any]) -> tuple[str, bytes]:
    import orjson

    from kg.ask.answers import answer
    from kg.ask.questions import load_questions
    from kg.errors import KgError, UnfitValueError
    from kg.ontology import Ontology

    try:
        question = load_questions(Ontology.load(request["ontology"]))[request["question"]]
        found = answer(store, question, request["values"])
    except KgError as error:
        if isinstance(error, UnfitValueError):
            raise Refused("wrong", error.plain, error.parts) from error
        raise Refused("wrong", error.message + (f" ({error.hint})" if error.hint else "")) from error
    if len(found.rows) > request["limit"]:
        raise TooManyRows
    return "application/json", orjson.dumps({**found.as_data(), "sparql": found.sparql}, default=str)


def main() -> None:
    """Answers requests until the input ends."""
    # Whatever prints to standard output by mistake must not fall between the messages.
    answers: BinaryIO = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    confine.isolate()
    worker = Worker(int(sys.argv[1]))
    while (message := read_message(sys.stdin.buffer)) is not None:
        head, body = worker.answer(message[0])
        try:
            answers.write(packed(head, body))
            answers.flush()
        except MemoryError:
            os._exit(1)
        except BrokenPipeError:
            return


if __name__ == "__main__":
    main()

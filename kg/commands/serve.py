"""`kg serve`: the graph over HTTP."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options


@click.command()
@options.graph
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port; 0 takes a free one."
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--token", envvar="KG_TOKEN", default="", help="Secret that callers must give; needed beyond this machine."
)
@click.option("--cors", multiple=True, metavar="ORIGIN", help="Site whose pages may ask (repeat; * for all).")
@click.option(
    "--allow-host", multiple=True, metavar="NAME", help="Further name by which this server is called (repeat)."
)
@click.option(
    "--timeout", type=click.FloatRange(0.1, 3600), default=10.0, show_default=True, help="Seconds for a query."
)
@click.option("--rows", type=click.IntRange(min=1), default=100_000, show_default=True, help="Rows a query may give.")
@click.option("--memory", type=click.IntRange(min=64), default=512, show_default=True, help="Megabytes for a query.")
@options.ontology
def command(
    graph: Path, port: int, host: str, token: str, cors: tuple[str, ...], allow_host: tuple[str, ...], timeout: float,
    rows: int, memory: int, ontology: Path | None,
) -> None:  # fmt: skip
    """Serve the explorer, the document reader, the questions, the figures, a JSON API and a SPARQL endpoint.

    Only this machine can reach it, unless --host says otherwise; then it asks for --token. After a rebuild it goes on
    with the new graph by itself. The API and the questions take min-confidence; a SPARQL query asks for kgo:confidence
    itself (kg query --help).

    \b
    Example:
      kg serve -g exports/graph --port 8000
      KG_TOKEN=… kg serve --host 0.0.0.0 --timeout 5
    """
    from kg.serve.pool import Limits
    from kg.serve.server import access, serve

    who = access(host, token, cors, allow_host)

    def making() -> None:
        click.echo("making the index of this generation …", err=True)

    def ready(address: str) -> None:
        click.echo(f"serving {graph} at {address}  (Ctrl-C stops)")

    serve(graph, host=host, port=port, who=who, limits=Limits(timeout, rows, memory), ontology=ontology, ready=ready, making=making)

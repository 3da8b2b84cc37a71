"""What a document gives whose reading fails: its facts are missing, and those of the documents beside it are not."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import Facts


@dataclass(frozen=True, slots=True)
class Fault:
    """Stands in the place of facts: a slip in the program, not in the text."""

    document: str  # its id
    error: Exception


def facts_of(made: Facts | Fault) -> Facts:
    """The facts; where there are none, the error is raised, with a note that names the document."""
    if isinstance(made, Fault):
        made.error.add_note(f"while extracting the document {made.document}")
        raise made.error
    return made

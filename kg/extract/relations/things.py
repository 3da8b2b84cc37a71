"""All that one document names, for the rules that need the whole of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from kg.extract.names.assemble import code_of
from kg.extract.names.rows import Draft
from kg.extract.relations.links import Link


class Things(NamedTuple):
    """The things of a document by their numbers, which are their places in `members`."""

    members: Sequence[Sequence[Draft]]  # the mentions of each
    listed: Sequence[int]  # those that are named by themselves or that a link relates
    topics: Mapping[int, int | None]  # for each sentence the area that it is about
    related: Mapping[str, AbstractSet[int]]  # the subjects of each predicate
    coded: Sequence[tuple[str, str, int]]  # key, code and number of the listed things that a table knows, each key once
    folded: str
    report: bool

    @classmethod
    def of(
        cls, members: Sequence[Sequence[Draft]], alone: AbstractSet[int], topics: Mapping[int, int | None], links: Sequence[Link], folded: str, *, report: bool
    ) -> Things:
        """Those of a document, of which `alone` are named by themselves and `links` are read so far."""
        used = {link.object for link in links} | {link.subject for link in links}
        # A person inside a policy's name (习近平总书记关于…的重要指示) is named all the same.
        listed = [thing for thing, group in enumerate(members) if thing in used or thing in alone or group[0].type == "Person"]
        related: dict[str, set[int]] = {}
        for link in links:
            related.setdefault(link.predicate, set()).add(link.subject)
        coded = dict.fromkeys((draft.key, draft.code, thing) for thing in listed for draft in members[thing] if draft.code)
        return cls(members, listed, topics, related, tuple(coded), folded, report)

    def code(self, thing: int) -> str:
        """The administrative code of an area; "" if no table knows it."""
        return code_of(self.members[thing])

"""From which mention a reference takes its meaning: 该工程 from the name of the works that stands last before it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from kg.extract.names.mentions import CORRECTED, OWN_ORGAN, SHORT_PLACE
from kg.extract.names.rows import Draft
from kg.model import Antecedent, Mention


def mentions_of(drafts: Sequence[Draft], members: Sequence[Sequence[Draft]], folded: str) -> Iterator[Mention]:
    """The mentions of one thing, in the order of `drafts`; `members` are those of all things, each sorted by place."""
    names: dict[int, list[Draft]] = {}  # of a thing, if they are asked for: most things have no references
    longer = _longer_names(drafts, folded)
    for draft in drafts:
        if draft.reference == CORRECTED:  # nothing in the text says what it means
            yield Mention(draft.start, draft.end, draft.sentence, draft.rule, CORRECTED)
            continue
        source = draft if draft.reference else draft.owner
        reference, antecedent = draft.reference, None
        if source is not None:
            known = names.get(source.entity)
            if known is None:
                known = names[source.entity] = [d for d in members[source.entity] if not d.reference and d.owner is None]
            reference, antecedent = draft.reference or OWN_ORGAN, _nearest(draft, known)
        elif longer and not draft.nested and (fuller := longer.get(folded[draft.start : draft.end])):
            reference, antecedent = SHORT_PLACE, _nearest(draft, fuller)
        yield Mention(draft.start, draft.end, draft.sentence, draft.rule, reference, antecedent)


def _longer_names(drafts: Sequence[Draft], folded: str) -> dict[str, list[Draft]]:
    """For each short form of a place (浙江) the mentions by a longer name that begins so (浙江省)."""
    if not drafts[0].code or len({draft.end - draft.start for draft in drafts}) == 1:
        return {}
    names: dict[str, list[Draft]] = {}
    for draft in drafts:
        if not draft.reference:
            names.setdefault(folded[draft.start : draft.end], []).append(draft)
    found = {}
    for short in names:
        longer = [draft for name, named in names.items() if name.startswith(short) and name != short for draft in named]
        if longer:
            found[short] = sorted(longer, key=lambda draft: (draft.start, -draft.end))
    return found


def _nearest(reference: Draft, names: Sequence[Draft]) -> Antecedent | None:
    """The name that stands last before a reference, else the first behind it; None if there is none."""
    at = behind = bisect_left(names, reference.start, key=lambda name: name.start)
    while at and names[at - 1].end > reference.start:  # what holds the reference gives it no meaning
        at -= 1
    while not at and behind < len(names) and names[behind].start < reference.end:
        behind += 1
    name = names[at - 1] if at else names[behind] if behind < len(names) else None
    return Antecedent(name.start, name.end, reference.sentence - name.sentence) if name is not None else None

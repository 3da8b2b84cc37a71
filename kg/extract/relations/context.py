"""What earlier sentences and clauses of a text leave to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.extract.knowledge.rules import CARRIED
from kg.extract.names.rows import Draft
from kg.extract.relations.deeds import Deeds

NOBODY = (-1,)  # who acts is no entity, and not the area that the passage is about either: 国家实施…


@dataclass(slots=True)
class Context:
    """Who is spoken of, and what a text is like."""

    topic: int | None = None  # the area that the passage is about
    actor: tuple[int, ...] = ()  # who acts in the current clause, carried from clause to clause of the sentence
    earlier: tuple[int, ...] = ()  # who acted last in the paragraph
    group: tuple[int, ...] = ()  # who was last named together: 三地, 两部门
    told: dict[str, Draft] = field(default_factory=dict)  # by type, what the sentences before told of, for rules that are carried
    deeds: Deeds = field(default_factory=Deeds)  # what the line says is carried out, and who answers for it
    form: Draft | None = None  # the work that the lines of a form are about: 项目名称：…
    of_form: dict[int, int] = field(default_factory=dict)  # by sentence, the work that a line of a form is about
    carried: tuple[int, ...] | None = None  # who acted where the sentence before broke off with a semicolon
    here: int | None = None  # the place that a clause of the paragraph begins with: 在甘肃，…
    speech: bool = False  # somebody's words are told in this paragraph
    types: Sequence[str] = ()  # type of each entity
    home: int | None = None  # the area that the whole text is about
    own: frozenset[int] = frozenset()  # areas that a text calls 全区, 我省: it tells of them throughout
    report: bool = False  # a report, in which that area speaks of itself
    norms: bool = False  # a statute, which says what is to be done and by whom, and tells of nothing done
    ahead: bool = False  # the sentence speaks of plans: it stands in the part of a report that looks ahead

    def begin_paragraph(self, *, of_form: bool, story: bool) -> None:
        """Forget what holds only within a paragraph, and where another story begins what holds within one; a line of a form goes on with the work
        that the form is about, and any line with what a text of a user's own kind has named."""
        if story:
            self.group, self.form = (), None
        told = {type_: draft for type_, draft in self.told.items() if type_ not in CARRIED}
        if of_form and self.form is not None:
            told["Project"] = self.form
        if not of_form:
            self.deeds.begin_line()
        self.earlier, self.carried, self.here, self.told, self.speech = (), None, None, told, False

"""A document to its Facts: names, phases of entity rules, references, relations, observations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from kg.collector import no_cycle_search
from kg.expressions import expressions
from kg.extract.coreference.city_lines import CityLines
from kg.extract.coreference.entities import EntityMaker
from kg.extract.coreference.identity import Authority, IdentityWords, Telling
from kg.extract.coreference.masthead import Masthead, MastheadWords
from kg.extract.coreference.reference_rules import reference_words
from kg.extract.coreference.references import References
from kg.extract.corrections.corrections import Corrections
from kg.extract.corrections.footnotes import Footnotes
from kg.extract.document.areas import Areas
from kg.extract.document.how_read import reading
from kg.extract.document.main_area import MainArea
from kg.extract.document.moods import Timing
from kg.extract.document.reports import ReportReader, SpeakerWords
from kg.extract.document.stories import headlines
from kg.extract.document.titles import Genre, TitleReader, TitleWords
from kg.extract.document.topics import About, Topics, told_near
from kg.extract.fault import Fault, facts_of
from kg.extract.in_step import Steps, in_step
from kg.extract.knowledge.clues import text_kind
from kg.extract.knowledge.confidence import read_confidence
from kg.extract.knowledge.phrases import read_phrases
from kg.extract.knowledge.regions import Region, Regions
from kg.extract.knowledge.rule_reading import all_literals, read_rules, rule_files
from kg.extract.knowledge.symbols import Symbols, Tables, own_words, read_classes
from kg.extract.knowledge.word_lists import listed_words, read_cut
from kg.extract.names.assemble import code_of, group
from kg.extract.names.counted import CountedWords
from kg.extract.names.mentions import MentionRef
from kg.extract.names.names import NameTable
from kg.extract.names.phases import Phases
from kg.extract.names.rows import Draft, Row, Watch, build_rows
from kg.extract.observations.answered import answered_for
from kg.extract.observations.figures import is_statute
from kg.extract.observations.local_money import LocalMoney
from kg.extract.observations.observations import Observer, SpokenOf
from kg.extract.relations.belonging import Belonging
from kg.extract.relations.context import Context
from kg.extract.relations.dates import Dates, DateWords
from kg.extract.relations.links import Link
from kg.extract.relations.policy_time import PolicyTime, attributes
from kg.extract.relations.possible_places import PossiblePlaces
from kg.extract.relations.relation_facts import RelationMaker
from kg.extract.relations.relations import Relations
from kg.extract.relations.table_rows import TableRows, TableRowWords
from kg.extract.relations.things import Things
from kg.extract.relations.weak_links import WeakLinks
from kg.model import Document, Facts, Observation, Reading, Sentence
from kg.ontology import Ontology
from kg.text.fold import fold, without_noise
from kg.text.segment import SegmentedText, Segmenter, dictionary_tags
from kg.text.segment import segmenter as make_segmenter
from kg.text.sentences import ReadText, split_sentences

_TOGETHER = 100_000  # characters read side by side: with more no time is gained, only memory taken
_ACTORS = frozenset({"Area", "Body", "Person", "Event"})  # types that can act


@dataclass(frozen=True, slots=True)
class _Reading:
    """A document and what it names, before it is read what is said of that."""

    text: ReadText
    rows: Sequence[Row]
    genre: Genre
    drafts: Sequence[Draft]
    members: Sequence[Sequence[Draft]]  # the mentions of each thing; its number is its place
    alone: frozenset[int]  # things that are named by themselves, and not only inside other names
    about: About
    timing: Timing
    context: Context

    @property
    def topics(self) -> Mapping[int, int | None]:
        """For each sentence the area that it is about."""
        return self.about.of_sentences


class _RowReader:
    """Text to rows of tokens, and what is named in them by itself."""

    def __init__(self, names: NameTable, segmenter: Segmenter, symbols: Symbols, phases: Phases) -> None:
        self._names, self._segmenter, self._symbols, self._phases = names, segmenter, symbols, phases

    def rows(self, folded: str, sentences: Sequence[Sentence], region: Region | None = None) -> Steps[list[Row]]:
        """The sentences of a text, which may be one of a region, known names found, before any rule."""
        text = SegmentedText(folded, self._names.persons.recut(self._segmenter.words(folded)), self._segmenter.knows)
        yield
        fixed = self._names.find(text, region.code if region is not None else "")
        yield
        return build_rows(text, sentences, fixed, self._symbols)

    def drafts(self, rows: Iterable[Row], watch: Watch | None, *, report: bool) -> list[Draft]:
        """What is named by itself, row by row; what refers to it is not found yet."""
        drafts: list[Draft] = []
        for row in rows:
            named = [d for d in row.drafts if d is not None and d.type not in ("Quote", "Title")]
            drafts.extend(named)
            drafts.extend([place for d in named for place in d.inner])
            if row.symbols:
                self._phases.run(row, drafts, watch, report=report)
        return drafts

    def alone(self, name: str) -> list[Draft]:
        """What is named in a text that is nothing but `name`, folded."""
        return self.drafts(in_step([self.rows(name, [Sentence(0, 0, len(name))])])[0], None, report=False)


class Extractor:
    """Everything that is compiled once from an ontology (or its folder) and used for every document, from many threads too.

    KgError for an ontology with a slip, or a segmenter that is neither rjieba nor jieba. Making one takes about a second; it
    cannot be sent to another process.
    """

    @no_cycle_search()
    def __init__(self, ontology: Ontology | str | Path | None = None, segmenter: str = "rjieba") -> None:
        self.ontology = ontology = ontology if isinstance(ontology, Ontology) else Ontology.load(ontology)
        # First, since a slip in them is the likeliest, and the rest takes seconds.
        self.corrections, authority = Corrections(ontology), Authority(ontology)
        files = rule_files(ontology)

        def new_symbols() -> Tables:
            words = all_literals(files) | reference_words(ontology)
            return Symbols(read_classes(ontology), ontology.terms.types, words, dictionary_tags()).tables()

        self.symbols = Symbols.of_tables(ontology.tables.get("symbols", new_symbols))
        if new := not self.symbols.patterns:
            self.symbols.recall_patterns()
        self.rules = read_rules(ontology, files, self.symbols)
        phrases = read_phrases(ontology.yaml("rules"))
        self.names = NameTable(ontology, phrases)
        self.segmenter = make_segmenter(segmenter, self.symbols.classed, read_cut(ontology), own_words(ontology))
        self.symbols.knows = self.segmenter.knows
        self.phases = Phases(self.rules.entities, self.symbols, self.rules.refused, phrases.words_of(CountedWords, "counted"), self.names, ontology.tables)
        self._reader = _RowReader(self.names, self.segmenter, self.symbols, self.phases)
        speaker_words = phrases.words_of(SpeakerWords, "speakers")
        self._date_words = phrases.words_of(DateWords, "dates")
        self.titles = TitleReader(phrases.words_of(TitleWords, "titles"))
        self.reports = ReportReader(speaker_words, self.symbols)
        areas = Areas(ontology, speaker_words, self.names.gazetteer)
        main = MainArea(ontology, phrases, speaker_words, areas)
        self.topics = Topics(ontology, speaker_words, areas, main)
        self.references = References(ontology, phrases, self.symbols, self.names, areas, main)
        self.masthead = Masthead(self.names.gazetteer, self.names.titled, self.references.rules, phrases.words_of(MastheadWords, "masthead"))
        self.relations = Relations(self.rules.relations, self.symbols, _ACTORS, self.names.gazetteer.contains, ontology)
        self.weak_links = WeakLinks(self.rules.relations)
        self._own_begins = frozenset(listed_words(ontology, "own_begins"))
        self.places = PossiblePlaces(self.rules.relations, self.names.gazetteer, ontology)
        self.belonging = Belonging(self.rules.relations, self.names.gazetteer, ontology)
        self._confidence = read_confidence(ontology)
        self.observer = Observer(ontology, phrases, self._confidence)
        self.policy_time = PolicyTime(ontology, phrases, self.observer.times)
        self._table_rows = TableRows(phrases.words_of(TableRowWords, "table_rows"), phrases.patterns["table_stages"], ontology.terms.statuses)
        self.regions = Regions(ontology)
        self._local_money = LocalMoney(ontology, self.regions, self.names.gazetteer.contains)
        telling = Telling(ontology, self.symbols, phrases.words_of(IdentityWords, "identity"))
        self.relation_facts = RelationMaker(self.rules.relations, ontology.terms.statuses, self._confidence)
        self.entities = EntityMaker(authority, self.names, telling, CityLines(ontology, self.names.gazetteer), areas.level_ends, self._confidence, self._reader.alone)
        ontology.tables.save()
        expressions().save()
        if new:
            self.symbols.keep_patterns()

    def __reduce__(self) -> tuple[object, ...]:
        # Made anew from its arguments, each task that is sent to another process would take a second longer, without a word.
        raise TypeError("an Extractor cannot be pickled: let each process make its own (the initializer of a pool), or fork after it was made")

    def __repr__(self) -> str:
        return f"<Extractor of {', '.join(map(str, self.ontology.folders))}>"

    def compile_all(self) -> None:
        """Compile all patterns, which else are compiled when a text first needs them, and keep them for later starts."""
        for pattern in self.rules.patterns():
            _ = pattern.search
        self.observer.rules.compile_all()
        self.names.compile()
        expressions().save()

    def extract(self, document: Document, watch: Watch | None = None) -> Facts:
        """All facts of `document` (`kg.document_of` makes one of a text); the same for the same document, ontology and program."""
        if isinstance(document, str):
            raise TypeError("facts are those of a Document: kg.document_of(text) makes one of a text, kg.read.read(path) of a file")
        return facts_of(in_step([self._stepwise(document, watch)])[0])

    def extract_all(self, documents: Iterable[Document]) -> Iterator[Facts]:
        """The facts of each document, in their order: what `extract` gives, in less time, since many are read side by side."""
        return map(facts_of, self.try_all(documents))

    def try_all(self, documents: Iterable[Document]) -> Iterator[Facts | Fault]:
        """As `extract_all`, but a document that fails is told of in its place, and those after it have their facts."""
        together: list[Document] = []
        size = 0
        for document in documents:
            if together and size + len(document.text) > _TOGETHER:
                yield from in_step([self._stepwise(one, None) for one in together])
                together, size = [], 0
            together.append(document)
            size += len(document.text)
        yield from in_step([self._stepwise(one, None) for one in together])

    def rows(self, document: Document) -> list[Row]:
        """The sentences of `document` as rows of tokens, known names found, before any rule."""
        folded = _folded(document)
        return in_step([self._reader.rows(folded, split_sentences(document, folded), self.regions.of_text(document.text, folded))])[0]

    def _stepwise(self, document: Document, watch: Watch | None) -> Steps[Facts | Fault]:
        try:
            marks = Footnotes.of(document.text)
            read = yield from self._read(document if marks is None else marks.read(document), watch)
            facts = yield from self._facts(read, watch)
            return facts if marks is None else marks.told(facts, document.text)
        except Exception as error:  # noqa: BLE001 - the border of a document: those beside it are read on
            return Fault(document.id, error)

    # -- what is named, and what the text is about ---------------------------------------------------------------

    def _read(self, document: Document, watch: Watch | None) -> Steps[_Reading]:
        document, area, is_report = self.corrections.of_text(document)
        folded = _folded(document)
        sentences = split_sentences(document, folded)
        text = ReadText(document, folded, sentences)
        yield
        region = self.regions.of_text(document.text, folded)
        rows = yield from self._reader.rows(folded, sentences, region)
        yield
        titles = replace(self.titles.read(document, folded), area=area, report=is_report)
        report = self.reports.is_report(document, rows, folded, titles)
        yield
        drafts = self._reader.drafts(rows, watch, report=report)
        drafts += self._table_rows.drafts(text, drafts)
        yield
        norms = is_statute(folded)
        openings = frozenset() if report else headlines(rows, folded)
        stories = self.topics.stories(rows, openings, drafts, folded)
        if stories:
            titles = replace(titles, plan_end=None)  # the plan that a headline names is that of its story
        genre = Genre(titles, report, norms, stories, region)
        self.references.resolve(rows, drafts, folded, genre, watch, document.tables)
        self.references.of_own_areas(drafts, self.masthead.name(document, drafts, area))
        yield
        drafts += self.policy_time.drafts(text, drafts)
        self.corrections.rename(document, drafts, folded)
        members = group(drafts, folded)
        about = self.topics.of_sentences(rows, members, folded, openings, genre)
        yield
        timing = self.observer.moods.read(text, titles)
        context = Context(
            types=[mentions[0].type for mentions in members], report=report, home=_home_of(about.of_sentences), norms=norms,
            own=frozenset([d.entity for d in drafts if d.type == "Area" and d.reference and folded[d.start] in self._own_begins]),
        )  # fmt: skip
        yield
        alone = frozenset([draft.entity for draft in drafts if not draft.nested])
        return _Reading(text, rows, genre, drafts, members, alone, about, timing, context)

    # -- what is said of it --------------------------------------------------------------------------------------

    def _facts(self, read: _Reading, watch: Watch | None) -> Steps[Facts]:
        document, _, sentences = text = read.text
        said = self._said(read, watch)
        yield
        links = self._links(read, said)
        yield
        dated, dated_links = self.policy_time.read(text, read.members)
        links += dated_links
        used = {link.subject for link in links} | {link.object for link in links}
        listed = read.alone | used | {d.subject for d in dated} | {d.target for d in dated}
        yield
        kind = text_kind(report=read.timing.moods is not None)
        own = frozenset() if read.about.own is None else frozenset([read.about.own])
        entities, numbers = self.entities.make(text, read.members, listed | own, read.topics, kind)
        figures = self._observations(read, numbers)
        if not own <= listed and not {numbers.get(area) for area in own} & {one.subject for one in figures}:
            # An area that only the name of its organ tells is listed for its figures alone.
            entities, numbers = self.entities.make(text, read.members, listed, read.topics, kind)
            figures = self._observations(read, numbers)
        yield
        relations = self.relation_facts.make(document, self._dates(read), links, numbers, entities, kind)
        relations += self.entities.known(entities, relations)
        stated = attributes(dated, numbers, document.text, self._confidence)
        entities, relations, stated = self.corrections.apply(text, entities, relations, stated)
        yield
        entities, observations = self.corrections.apply_to_figures(text, entities, figures)
        return Facts(
            document.id, document.date, tuple(sentences), tuple(entities), tuple(relations), tuple(observations),
            tuple(stated), self._how(read, numbers),
        )  # fmt: skip

    def _links(self, read: _Reading, said: Sequence[Link]) -> list[Link]:
        """What rules read, sentence by sentence (`said`), without what cannot be; then what follows from the text as a whole."""
        context, members = read.context, read.members
        home = code_of(members[context.home]) if context.report and context.home is not None else ""
        contains = self.names.gazetteer.contains

        def inside(outer: int, inner: int) -> bool:
            return outer == inner or contains(code_of(members[outer]), code_of(members[inner]))

        said = [*said, *self._table_rows.links(read.text, read.drafts, read.topics, inside)]
        links = self.weak_links.without_unlisted(said, read.alone)
        links = self.places.without_impossible(links, members, home)
        links = self.weak_links.without_weak(links, context.types)
        here = read.topics if context.report else told_near(read.rows, read.drafts, read.topics, read.text.folded, context.own)
        default = self.weak_links.defaults(read.drafts, here, links, context)
        links += default if context.report else self.places.without_elsewhere(default, members)
        links += self.belonging.links(Things.of(members, read.alone, read.topics, links, read.text.folded, report=context.report))
        return self.places.nearest(links, members, read.alone)

    def _said(self, read: _Reading, watch: Watch | None) -> list[Link]:
        """The links of all sentences, in order; the context goes from one to the next."""
        links: list[Link] = []
        context, last_end, label = read.context, 0, ""
        for row in read.rows:
            index = row.sentence.index
            if not last_end or "\n" in read.text.document.text[last_end : row.sentence.start]:
                label = self.relations.label(row)
                context.begin_paragraph(of_form=label == "field", story=index in read.genre.stories)
            last_end = row.sentence.end
            if label == "field" and context.form is not None:
                context.of_form[index] = context.form.entity
            context.topic = read.topics.get(index)
            context.ahead = index in read.timing.ahead
            if row.symbols:
                links.extend(self.relations.run(row, context, watch))
            if label == "name" or not label and "Project" in context.told:
                context.form = context.told.get("Project")
        return links

    def _how(self, read: _Reading, numbers: Mapping[int, str]) -> Reading:
        # 全市 of a text that never says which city is of none: its name would be that of no place.
        named = {area: numbers[area] for area in read.about.areas if area in numbers and not all(d.key[:1] in self._own_begins for d in read.members[area])}
        return reading(read.genre, read.timing, read.about, named)

    def _dates(self, read: _Reading) -> Dates:
        names = sorted([(draft.start, draft.end) for draft in read.drafts if draft.type == "Policy" and not draft.nested])
        return Dates(self._date_words, read.text.folded, read.timing.times, read.text.sentences, names)

    @staticmethod
    def _spoken_of(read: _Reading) -> Mapping[int, int | None]:
        """The area of whose figures each sentence tells.

        In news that are told in the way of a report it is the text's own, not the place with which some sentence before opened: 沧州湿地通过验收。新建学校251所.
        """
        if read.timing.moods is None or read.context.report or read.genre.stories:
            return read.topics
        if read.about.areas:
            return dict.fromkeys(read.topics, read.about.areas[0])
        named = {(draft.sentence, draft.entity) for draft in read.drafts if draft.type == "Area"}
        return {index: topic if (index, topic) in named else None for index, topic in read.topics.items()}

    def _observations(self, read: _Reading, numbers: Mapping[int, str]) -> list[Observation]:
        unnamed = read.about.own if read.about.own not in read.alone else None  # an area that only the name of its organ tells
        parts = {id(place) for d in read.drafts if not d.form for place in d.inner}  # of a name that a table has whole, no figure tells
        refs = sorted([MentionRef(d.start, d.end, numbers[d.entity], d.type) for d in read.drafts if d.entity in numbers and d.entity != unnamed and id(d) not in parts])
        about = {**self._spoken_of(read), **read.context.of_form}
        topics = {index: numbers.get(topic) if topic is not None else None for index, topic in about.items()}
        own = numbers.get(read.about.own) if read.about.own is not None else None
        document, folded, _ = read.text
        found = self.observer.observe(read.text, refs, SpokenOf(topics, read.genre.stories, own), read.genre.titles, read.timing)
        found = answered_for(found, read.context.deeds.answers, document.text, numbers)
        return self._local_money.of_region(found, read.drafts, document.text, folded)


def _folded(document: Document) -> str:
    """The text folded, with blanks for noise and a comma for each blank between two cells of a table: no name runs on into the next cell."""
    folded = without_noise(fold(document.text), document.noise)
    if not document.tables:
        return folded
    characters = list(folded)
    for table in document.tables:
        for before, cell in pairwise(table.cells):
            if before.row == cell.row and cell.start - before.end == 1:
                characters[before.end] = "，"
    return "".join(characters)


def _home_of(topics: Mapping[int, int | None]) -> int | None:
    """The area that every sentence of a text is about."""
    found = set(topics.values())
    return found.pop() if len(found) == 1 else None

"""Reads TBX: martif files of ISO 30042:2008 and tbx files of ISO 30042:2019, in the styles DCA and DCT.

Structure, data categories and picklists are judged first, so that a bad file is refused with the place of what is
wrong. What the glossary has no place for (contexts, transactions, other languages) is counted and told. Values of
picklists that ours do not hold exactly stay in the note as `TBX termType: abbreviation`; the writer puts them back.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from io import BytesIO

from bitext.errors import InputError
from bitext.formats.frames import frame_at
from bitext.formats.glossaries.ids import Ids
from bitext.formats.glossaries.reading import Reading
from bitext.formats.glossaries.sheet import is_date
from bitext.formats.glossaries.tags import untagged
from bitext.formats.glossaries.tbx_structure import RENAMED, Rules
from bitext.formats.glossaries.tbx_words import KINDS, NAMESPACE, STATUS_CATEGORIES, STATUSES, WRITTEN_KINDS
from bitext.formats.glossaries.vocabulary import region_of
from bitext.formats.xml import XmlReader
from bitext.formats.xml_nodes import Element, End, Start, Text
from bitext.formats.xml_source import decoded
from bitext.model.documents import Language
from bitext.model.findings import Message
from bitext.model.glossary import CasePolicy, Concept, Glossary, Term, TermKind, TermStatus

_WHOLE = ("conceptEntry", "termEntry", "tbxHeader", "martifHeader", "front", "back")
_BLANKS = re.compile(r"[ \t\r\n]+")
KEPT = ("partOfSpeech", "termType", "administrativeStatus", "usageStatus", "normativeAuthorization")
"""Categories whose values stay in the note where ours do not say the same."""


def clean(text: str) -> str:
    """`text` without the indentation of the file: a line break with blanks beside it is a space, others stay."""
    return _BLANKS.sub(_unindented, text).strip()


def _unindented(blanks: re.Match[str]) -> str:
    found = blanks[0]
    breaks, spaces = "\n" in found or "\r" in found, " " in found or "\t" in found
    return " " if breaks and spaces else found


def read(data: bytes, path: str) -> Reading:
    """The glossary in the bytes of a TBX file; `path` names it in errors and in its terms.

    A term without a status is preferred if it is the first of its language, else admitted. Raises InputError with line
    and column for a file that is not well-formed, and for the first thing that TBX or its dialect does not allow.
    """
    file = decoded(data, path)
    reader = _Reader(file.text, path)
    glossary = reader.glossary()
    if not glossary.concepts:
        raise InputError(Message.of("glossaries.tbx.no-terms"), path)
    return Reading(glossary, (*file.notes, *reader.notes()))


@dataclass(slots=True)
class _Said:
    """What one level says: the texts of its categories with their elements, and its notes."""

    values: dict[str, list[str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def take(self, category: str) -> str:
        """The first value of `category`, which is then no longer there; or nothing."""
        values = self.values.get(category)
        return values.pop(0) if values else ""


class _Reader:
    def __init__(self, text: str, path: str) -> None:
        self.text = text
        self.path = path
        self.lost: Counter[str] = Counter()
        self.foreign: Counter[str] = Counter()
        self.seen: set[str] = set()
        self.ids = Ids()
        self.rules = Rules("", "", 2019, NAMESPACE, self.fault)

    def fault(self, message: Message, at: Element | Start) -> InputError:
        frame = frame_at(self.text, at.line, at.column, len(at.name) + 1)
        return InputError(message, self.path, at.line, at.column, frame)

    def notes(self) -> Iterator[Message]:
        if self.lost:
            listed = ", ".join(f"{name} ({n})" for name, n in sorted(self.lost.items()))
            yield Message.of("glossaries.read.categories", path=self.path, categories=listed)
        if self.foreign:
            listed = ", ".join(f"{name} ({n})" for name, n in sorted(self.foreign.items()))
            yield Message.of("glossaries.read.languages", path=self.path, languages=listed)

    def glossary(self) -> Glossary:
        """The concepts in the order of their ids; the structure is checked as the file is read."""
        concepts: list[Concept] = []
        opened: list[Start] = []
        for event in XmlReader(BytesIO(), self.path, whole=_WHOLE, text=self.text):
            if isinstance(event, Start):
                self._open(event, opened)
                opened.append(event)
            elif isinstance(event, End):
                opened.pop()
            elif isinstance(event, Text):
                self.rules.require_no_text([event], self.rules.name(opened[-1]), opened[-1])
            else:
                self._whole(event, opened, concepts)
        return Glossary(tuple(sorted(concepts, key=lambda concept: concept.id)))

    def _open(self, start: Start, opened: list[Start]) -> None:
        if opened:
            self.rules.check_child(self.rules.name(opened[-1]), start)
        elif start.name == "martif":
            self.rules = Rules(start.get("type"), "", 2008, start.namespace, self.fault)
        elif start.name == "tbx" and start.namespace in ("", NAMESPACE):
            style = start.get("style") or "dca"
            if style not in ("dca", "dct"):
                raise self.fault(Message.of("glossaries.tbx.style", value=style[:60]), start)
            self.rules = Rules(start.get("type"), style, 2019, start.namespace, self.fault)
        else:
            raise self.fault(Message.of("glossaries.tbx.not-tbx", name=start.name), start)

    def _whole(self, element: Element, opened: list[Start], concepts: list[Concept]) -> None:
        if not opened:
            raise self.fault(Message.of("glossaries.tbx.not-tbx", name=element.name), element)
        self.rules.check_child(self.rules.name(opened[-1]), element)
        self.rules.check(element, ())
        if RENAMED.get(element.name, element.name) == "conceptEntry":
            concept = self._concept(element)
            if concept is not None:
                concepts.append(concept)

    def _concept(self, entry: Element) -> Concept | None:
        said = self._said(entry, ())
        terms: list[Term] = []
        for section in entry.elements:
            if self.rules.name(section) == "langSec":
                terms += self._language(section, said)
        if not terms:
            return None
        plain, values = untagged(said.notes)
        definition = said.take("definition")
        concept = Concept(
            self._id(entry, values.get("id", ""), terms),
            tuple(terms),
            values.get("domain") or said.take("subjectField"),
            values.get("scope", ""),
            values.get("definition") or definition,
            values.get("note") or "\n".join(plain),
        )
        self._count(said)
        return concept

    def _id(self, entry: Element, tagged: str, terms: list[Term]) -> str:
        name = tagged or entry.get("id")
        if not name:
            english = next((term.text for term in terms if term.language == "en"), "")
            name = self.ids.of((terms[0].text, str(entry.line)), english)
            while name in self.seen:
                name += "-2"
        if name in self.seen:
            raise self.fault(Message.of("glossaries.tbx.id-twice", id=name[:60]), entry)
        self.seen.add(name)
        return name

    def _language(self, section: Element, concept: _Said) -> list[Term]:
        language = _language(section.get("xml:lang"))
        entries = [child for child in section.elements if self.rules.name(child) in ("termSec", "ntermSec")]
        if language is None:
            self.foreign[section.get("xml:lang")[:20]] += len(entries)
            return []
        region = region_of(section.get("xml:lang"))
        said = self._said(section, ("termSec", "ntermSec"))
        concept.notes += said.notes
        for category, values in said.values.items():
            concept.values.setdefault(category, []).extend(values)
        terms: list[Term] = []
        for entry in entries:
            first = not any(term.status is TermStatus.PREFERRED for term in terms)
            usual = TermStatus.PREFERRED if first else TermStatus.ADMITTED
            terms.append(replace(self._term(entry, language, usual), region=region))
        return terms

    def _term(self, entry: Element, language: Language, usual: TermStatus) -> Term:
        said = self._said(entry, ())
        word = next(element for element in entry.walk() if self.rules.name(element) == "term")
        plain, values = untagged(said.notes)
        status, kind, kept = usual, TermKind.FULL, []
        for category in KEPT:
            value = said.take(category)
            if not value:
                continue
            if category in STATUS_CATEGORIES:
                status = STATUSES[value]
                exact = value.removesuffix("-admn-sts").removesuffix("Term") == status.value
            elif category == "termType":
                kind = KINDS[value]
                exact = value == WRITTEN_KINDS[kind]
            else:
                exact = False
            kept += [] if exact else [f"TBX {category}: {value}"]
        note = values.get("note") or "\n".join([*plain, *kept])
        source = values.get("source") or said.take("source")
        self._count(said)
        case = values.get("case", "")
        return Term(
            values.get("term") or clean(word.text),
            language,
            TermStatus(values["status"]) if values.get("status") in list(TermStatus) else status,
            TermKind(values["kind"]) if values.get("kind") in list(TermKind) else kind,
            note,
            self.path,
            word.line,
            word.column,
            _date(values.get("valid-from", "")),
            _date(values.get("valid-until", "")),
            CasePolicy(case) if case in list(CasePolicy) else None,
            values.get("translate") != "no",
            source,
        )

    def _said(self, element: Element, without: tuple[str, ...]) -> _Said:
        """What the categories and notes right in `element` say; those within groups only if they lead the group."""
        said = _Said()
        for child in element.elements:
            name = self.rules.name(child)
            if name in ("descripGrp", "termNoteGrp", "adminGrp") and child.elements:
                lead, *rest = child.elements
                self._hear(said, lead)
                for other in rest:
                    self.lost[self.rules.category(other) or other.name] += 1
            elif name == "termGrp":
                inner = self._said(child, ())
                said.values |= inner.values
                said.notes += inner.notes
            elif name == "transacGrp":
                self.lost["transacGrp"] += 1
            elif name not in (*without, "langSec", "term"):
                self._hear(said, child)
        return said

    def _hear(self, said: _Said, element: Element) -> None:
        if self.rules.name(element) == "note":
            said.notes.append(clean(element.text))
        else:
            category = self.rules.category(element) or element.name
            said.values.setdefault(category, []).append(clean(element.text))

    def _count(self, said: _Said) -> None:
        """Counts what nobody took."""
        for category, values in said.values.items():
            if values:
                self.lost[category] += len(values)


def _language(tag: str) -> Language | None:
    primary = tag.lower().replace("_", "-").partition("-")[0]
    if primary in ("zh", "zho", "chi", "cmn"):
        return "zh"
    return "en" if primary in ("en", "eng") else None


def _date(value: str) -> str:
    return value if is_date(value) else ""

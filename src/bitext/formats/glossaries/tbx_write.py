"""Writes TBX of 2008 and of 2019 in the dialects of `tbx_words.DIALECTS`.

What a dialect has no place for stands in notes (`tags`), from which the reader takes it back, and is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bitext.errors import InputError
from bitext.formats.glossaries.loss import Loss
from bitext.formats.glossaries.reading import Written
from bitext.formats.glossaries.tags import MARK, tag
from bitext.formats.glossaries.tbx import clean
from bitext.formats.glossaries.tbx_words import (
    ELEMENTS,
    KINDS,
    MODULES,
    NAMESPACE,
    PICKLISTS,
    STATUSES,
    WRITABLE,
    WRITTEN_KINDS,
    Dialect,
)
from bitext.formats.xml_write import FORBIDDEN
from bitext.formats.xml_write import text as xml_text
from bitext.formats.xml_write import value as xml_value
from bitext.model.documents import Language
from bitext.model.findings import Message
from bitext.model.glossary import Concept, Glossary, Term, TermKind, TermStatus

_NAME = re.compile(r"[A-Za-z_\u4e00-\u9fff][A-Za-z0-9_.\u4e00-\u9fff-]*")
_NOT_IN_NAME = re.compile(r"[^A-Za-z0-9_.\u4e00-\u9fff-]")
_KEPT = re.compile(r"(?:\n|\A)TBX (partOfSpeech|termType|administrativeStatus): (\S+)\Z")
_LANGUAGES: tuple[Language, Language] = ("zh", "en")
_MODULE_OF = {**dict.fromkeys(("subjectField", "administrativeStatus", "partOfSpeech"), "min")}


def write(glossary: Glossary, dialect: Dialect) -> Written:
    """The glossary as TBX in UTF-8. Raises InputError for characters that no XML file can hold."""
    writer = _Writer(dialect)
    lines = [*writer.head(), *(line for concept in glossary.concepts for line in writer.concept(concept))]
    text = "\n".join([*lines, *writer.tail()]) + "\n"
    return Written(text.encode("utf-8"), tuple(writer.loss.notes(f"TBX ({dialect.name})")))


class _Writer:
    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self.loss = Loss()
        self.ids: set[str] = set()
        old = dialect.edition == 2008
        self.entry, self.section, self.term_section = (
            ("termEntry", "langSet", "tig") if old else ("conceptEntry", "langSec", "termSec")
        )

    def head(self) -> Iterator[str]:
        yield '<?xml version="1.0" encoding="UTF-8"?>'
        if self.dialect.edition == 2008:
            yield f'<martif type="{self.dialect.type}" xml:lang="en">'
            yield "  <martifHeader>"
        else:
            modules = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in self._modules())
            kind = f'type="{self.dialect.type}" style="{self.dialect.style}"'
            yield f'<tbx {kind} xml:lang="en" xmlns="{NAMESPACE}"{modules}>'
            yield "  <tbxHeader>"
        yield "    <fileDesc>"
        yield "      <sourceDesc>"
        yield "        <p>bitext</p>"
        yield "      </sourceDesc>"
        yield "    </fileDesc>"
        if self.dialect.edition == 2008:
            xcs = "TBXBasicXCSV02.xcs" if self.dialect.type == "TBX-Basic" else "TBXXCSV02.xcs"
            yield "    <encodingDesc>"
            yield f'      <p type="XCSURI">{xcs}</p>'
            yield "    </encodingDesc>"
        yield "  </martifHeader>" if self.dialect.edition == 2008 else "  </tbxHeader>"
        yield "  <text>"
        yield "    <body>"

    def tail(self) -> Iterator[str]:
        yield "    </body>"
        yield "  </text>"
        yield "</martif>" if self.dialect.edition == 2008 else "</tbx>"

    def _modules(self) -> Iterator[tuple[str, str]]:
        if self.dialect.style == "dct":
            for prefix, uri in MODULES.items():
                if any(_MODULE_OF.get(category, "basic") == prefix for category in self.dialect.categories):
                    yield prefix, uri

    def concept(self, concept: Concept) -> Iterator[str]:
        """The lines of one entry."""
        notes: list[str] = []
        name = self._id(concept, notes)
        yield f'      <{self.entry} id="{xml_value(name)}">'
        for category, field, value in (
            ("subjectField", "domain", concept.domain),
            ("definition", "definition", concept.definition),
        ):
            yield from self._category(8, category, field, value, notes)
        self._keep("scope", concept.scope, notes)
        yield from self._notes(8, concept.note, notes)
        for language in _LANGUAGES:
            terms = concept.in_language(language)
            for tongue in dict.fromkeys(term.tag for term in terms):
                yield f'        <{self.section} xml:lang="{tongue}">'
                for term in (term for term in terms if term.tag == tongue):
                    yield from self._term(term)
                yield f"        </{self.section}>"
        yield f"      </{self.entry}>"

    def _id(self, concept: Concept, notes: list[str]) -> str:
        """The id as XML allows it: no other character than its own, and no id twice."""
        if _NAME.fullmatch(concept.id) and concept.id not in self.ids:
            self.ids.add(concept.id)
            return concept.id
        name = "c_" + _NOT_IN_NAME.sub(lambda match: f"_{ord(match[0]):x}_", concept.id)
        while name in self.ids:
            name += "_"
        self.ids.add(name)
        self._keep("id", concept.id, notes)
        return name

    def _term(self, term: Term) -> Iterator[str]:
        notes: list[str] = []
        text = clean(term.text)
        if text != term.text:
            self._keep("term", term.text, notes)
        note, kept = _parted(term, WRITABLE if self.dialect.edition == 2019 else PICKLISTS)
        yield f"          <{self.term_section}>"
        yield f"            <term>{self._escaped(text or '-')}</term>"
        if "partOfSpeech" in kept:
            yield from self._category(12, "partOfSpeech", "note", kept["partOfSpeech"], notes)
        status = kept.get("administrativeStatus") or f"{term.status.value}Term-admn-sts"
        if "administrativeStatus" in self.dialect.categories:
            yield self._element(12, "administrativeStatus", status)
        else:
            self._keep("status", term.status.value, notes, quietly=term.status is TermStatus.PREFERRED)
        if "termType" in self.dialect.categories:
            yield self._element(12, "termType", kept.get("termType") or WRITTEN_KINDS[term.kind])
        else:
            self._keep("kind", "" if term.kind is TermKind.FULL else term.kind.value, notes)
        yield from self._category(12, "source", "source", term.source, notes)
        self._keep("valid-from", term.valid_from, notes)
        self._keep("valid-until", term.valid_until, notes)
        self._keep("case", term.case.value if term.case is not None else "", notes)
        self._keep("translate", "" if term.translate else "no", notes)
        yield from self._notes(12, note if kept and self.dialect.categories >= kept.keys() else term.note, notes)
        yield f"          </{self.term_section}>"

    def _category(self, indent: int, category: str, field: str, value: str, notes: list[str]) -> Iterator[str]:
        """The element of a category if the dialect has it and the value survives; else a tag among `notes`."""
        if not value:
            return
        if category in self.dialect.categories and clean(value) == value:
            yield self._element(indent, category, value)
        elif field != "note":
            self._keep(field, value, notes)

    def _element(self, indent: int, category: str, value: str) -> str:
        if self.dialect.style == "dct":
            name = f"{_MODULE_OF.get(category, 'basic')}:{category}"
            return f"{' ' * indent}<{name}>{self._escaped(value)}</{name}>"
        name = ELEMENTS[category]
        return f'{" " * indent}<{name} type="{category}">{self._escaped(value)}</{name}>'

    def _keep(self, field: str, value: str, notes: list[str], *, quietly: bool = False) -> None:
        if value:
            notes.append(tag(field, value))
            if not quietly:
                self.loss.kept(field)

    def _notes(self, indent: int, note: str, notes: list[str]) -> Iterator[str]:
        if note and (clean(note) != note or note.startswith(MARK)):
            notes.append(tag("note", note))
        elif note:
            notes.insert(0, note)
        for one in notes:
            yield f"{' ' * indent}<note>{self._escaped(one)}</note>"

    def _escaped(self, text: str) -> str:
        found = FORBIDDEN.search(text)
        if found is not None:
            message = Message.of("glossaries.write.control", code=f"U+{ord(found[0]):04X}", text=_shown(text))
            raise InputError(message)
        return xml_text(text)


def _shown(text: str) -> str:
    return FORBIDDEN.sub("\ufffd", text)[:60]


def _parted(term: Term, picklists: Mapping[str, frozenset[str]]) -> tuple[str, dict[str, str]]:
    """The note without the values of `picklists` at its end that the reader left there, and these."""
    note, kept = term.note, dict[str, str]()
    while (match := _KEPT.search(note)) is not None:
        category, value = match.groups()
        said = KINDS.get(value) is term.kind if category == "termType" else STATUSES.get(value) is term.status
        if value not in picklists[category] or category in kept or not (said or category == "partOfSpeech"):
            break
        kept[category] = value
        note = note[: match.start()]
    return note, kept

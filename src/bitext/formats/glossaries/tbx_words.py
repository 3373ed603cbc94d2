"""The words of TBX: its dialects, its data categories and where they may stand, and its picklists.

After ISO 30042:2008 and ISO 30042:2019 and the definitions of the public dialects TBX-Core, TBX-Min and TBX-Basic.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bitext.model.glossary import TermKind, TermStatus

NAMESPACE = "urn:iso:std:iso:30042:ed-2"
MODULES: Mapping[str, str] = {
    "min": "http://www.tbxinfo.net/ns/min",
    "basic": "http://www.tbxinfo.net/ns/basic",
}
"""Prefix and namespace of the modules whose data categories are elements in the DCT style."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """A kind of TBX to write. `edition` is that of ISO 30042; `categories` are the data categories it has."""

    name: str
    type: str
    style: str
    edition: int
    categories: frozenset[str]


_MIN = frozenset(("subjectField", "administrativeStatus", "partOfSpeech"))
_BASIC = _MIN | {"definition", "termType", "source"}
DIALECTS: Mapping[str, Dialect] = {
    dialect.name: dialect
    for dialect in (
        Dialect("basic", "TBX-Basic", "dca", 2019, _BASIC),
        Dialect("basic-dct", "TBX-Basic", "dct", 2019, _BASIC),
        Dialect("min", "TBX-Min", "dca", 2019, _MIN),
        Dialect("min-dct", "TBX-Min", "dct", 2019, _MIN),
        Dialect("core", "TBX-Core", "dca", 2019, frozenset()),
        Dialect("core-dct", "TBX-Core", "dct", 2019, frozenset()),
        Dialect("2008", "TBX-Basic", "", 2008, _BASIC),
        Dialect("2008-default", "TBX", "", 2008, _BASIC),
    )
}
DEFAULT = "basic"

ELEMENTS: Mapping[str, str] = {
    "subjectField": "descrip",
    "definition": "descrip",
    "context": "descrip",
    "administrativeStatus": "termNote",
    "usageStatus": "termNote",
    "partOfSpeech": "termNote",
    "termType": "termNote",
    "termLocation": "termNote",
    "grammaticalGender": "termNote",
    "geographicalUsage": "termNote",
    "source": "admin",
    "customerSubset": "admin",
    "projectSubset": "admin",
    "transactionType": "transac",
    "responsibility": "transacNote",
    "crossReference": "ref",
    "externalCrossReference": "xref",
    "xGraphic": "xref",
}
"""Data category to the element that holds it in the DCA style, as its `type`."""

_ANYWHERE = frozenset(("conceptEntry", "langSec", "termSec"))
_TERM = frozenset(("termSec",))
LEVELS: Mapping[str, Mapping[str, frozenset[str]]] = {
    "TBX-Min": {
        "subjectField": frozenset(("conceptEntry",)),
        "customerSubset": _TERM,
        "administrativeStatus": _TERM,
        "usageStatus": _TERM,
        "partOfSpeech": _TERM,
    },
    "TBX-Basic": {
        "subjectField": frozenset(("conceptEntry",)),
        "definition": frozenset(("conceptEntry", "langSec")),
        "context": _TERM,
        # Where it stands beside what it is the source of, or beside a term.
        "source": frozenset(("termSec", "descripGrp", "adminGrp", "termNoteGrp")),
        "customerSubset": _TERM,
        "projectSubset": _TERM,
        "administrativeStatus": _TERM,
        "usageStatus": _TERM,
        "partOfSpeech": _TERM,
        "termType": _TERM,
        "termLocation": _TERM,
        "grammaticalGender": _TERM,
        "geographicalUsage": _TERM,
        "transactionType": _ANYWHERE,
        "responsibility": _ANYWHERE,
        "crossReference": frozenset(("conceptEntry", "termSec")),
        "externalCrossReference": frozenset(("conceptEntry", "termSec")),
        "xGraphic": frozenset(("conceptEntry",)),
    },
}
"""What a dialect knows and at which level; other dialects are not judged by this."""

STATUSES: Mapping[str, TermStatus] = {
    **{f"{status.value}Term-admn-sts": status for status in TermStatus},
    **dict.fromkeys(
        ("standardizedTerm-admn-sts", "legalTerm-admn-sts", "regulatedTerm-admn-sts"), TermStatus.PREFERRED
    ),
    "proposedTerm-admn-sts": TermStatus.ADMITTED,
    **{status.value: status for status in TermStatus},
    **{f"{status.value}Term": status for status in TermStatus},
    "notRecommended": TermStatus.DEPRECATED,
    "obsolete": TermStatus.SUPERSEDED,
}
"""Values of administrativeStatus, of usageStatus and of normativeAuthorization."""
STATUS_CATEGORIES = ("administrativeStatus", "usageStatus", "normativeAuthorization")

KINDS: Mapping[str, TermKind] = {
    "fullForm": TermKind.FULL,
    "shortForm": TermKind.SHORT,
    "acronym": TermKind.ACRONYM,
    "variant": TermKind.VARIANT,
    "abbreviation": TermKind.SHORT,
    "clippedTerm": TermKind.SHORT,
    "initialism": TermKind.ACRONYM,
    **dict.fromkeys(
        ("phrase", "entryTerm", "collocation", "setPhrase", "phraseologicalUnit", "standardText", "commonName"),
        TermKind.FULL,
    ),
    **dict.fromkeys(
        ("synonym", "synonymousPhrase", "transliteratedForm", "transcribedForm", "romanizedForm", "internationalism"),
        TermKind.VARIANT,
    ),
    **dict.fromkeys(
        ("internationalScientificTerm", "symbol", "formula", "equation", "logicalExpression", "partNumber", "sku"),
        TermKind.FULL,
    ),
    "shortcut": TermKind.SHORT,
    "string": TermKind.FULL,
}
"""Values of termType."""
WRITTEN_KINDS: Mapping[TermKind, str] = {
    TermKind.FULL: "fullForm",
    TermKind.SHORT: "shortForm",
    TermKind.ACRONYM: "acronym",
    TermKind.VARIANT: "variant",
}

PICKLISTS: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(STATUS_CATEGORIES, frozenset(STATUSES)),
    "termType": frozenset(KINDS),
    "partOfSpeech": frozenset(("noun", "verb", "adjective", "adverb", "properNoun", "other")),
    "grammaticalGender": frozenset(("masculine", "feminine", "neuter", "other")),
}
"""What is accepted on reading, older editions included."""
WRITABLE: Mapping[str, frozenset[str]] = {
    "administrativeStatus": frozenset(f"{status.value}Term-admn-sts" for status in TermStatus),
    "termType": frozenset(("fullForm", "shortForm", "acronym", "variant", "abbreviation", "phrase")),
    "partOfSpeech": frozenset(("noun", "verb", "adjective", "adverb", "other")),
}
"""What the dialects of 2019 have."""

"""One concept is rendered in several ways within one item.

Why: a reader who meets "Ascend Class" and "Ascend (Tengfei) Class" on one page takes them for two classes. Each kind of
form is held to one wording: a full name beside its own short form or acronym is no fault, two full names are. Where the
Chinese itself varies, the English may follow it. The rule also reads one page alone. In a project the licensed wordings
of all items are compared too, and the item that departs from most of them is told.

How to mend: choose one wording, the preferred one unless there is a reason, and use it throughout the item.

How to waive: `<!-- bitext-ignore term-inconsistent: reason -->` before the first of the places, or by concept.

Fires:

    glossary: 腾飞班 = Ascend Class; not Ascend (Tengfei) Class
    en: The Ascend (Tengfei) class began in 2018.
    en: Among them, the "Ascend Class" has been selected.
    marks: Ascend (Tengfei) class
    marks: Ascend Class

    glossary: 产教融合 = industry-education integration; integration of industry and education
    zh: 学校深化产教融合。
    en: The school deepens the integration of industry and education.
    zh: 产教融合取得成效。
    en: Industry-education integration has borne fruit.

Silent:

    glossary: 深信院; 深圳信息职业技术学院 = Shenzhen Institute of Information Technology; SZIIT
    en: Shenzhen Institute of Information Technology (“SZIIT”) signed an agreement.
    en: SZIIT leaders attended.

    glossary: 产教融合 = industry-education integration
    en: Industry-education integration is a policy. The industry-education integration of the college is deep.

    glossary: 教务处; 教务部 = Academic Affairs Office; Office of Academic Affairs
    zh: 教务处发布通知。
    en: The Academic Affairs Office issued a notice.
    zh: 教务部负责解释。
    en: The Office of Academic Affairs will explain it.
"""

from __future__ import annotations

from collections.abc import Iterator

from bitext.checks.context import Context
from bitext.checks.rule import Rule
from bitext.model.alignment import Side
from bitext.model.documents import Language, Span
from bitext.model.findings import Finding, Mark, Message, Observation, Severity
from bitext.model.glossary import Occurrence, Term, TermKind, TermStatus
from bitext.terms.assign import Mention
from bitext.terms.forms import keys
from bitext.terms.matcher import is_acronym
from bitext.text.words import words

_BRIEF = (TermKind.SHORT, TermKind.ACRONYM)
SHOWN = 4
"""So many wordings are quoted in the message; all places are in the finding."""


def check(context: Context) -> Iterator[Finding]:
    """At most one finding for each concept and kind of form, on the target page or the only page."""
    side = _read(context)
    groups = _groups(context, side)
    varieties = _source_varieties(context) if side == "target" and context.bitext.source is not None else {}
    for (concept, _), group in groups.items():
        wordings = _wordings(context, side, group)
        if len(wordings) > max(1, varieties.get(concept, 1)) or (len(wordings) > 1 and _any_deprecated(group)):
            yield _finding(context, side, concept, wordings)


def observe(context: Context) -> Iterator[Observation]:
    """One observation for each licensed wording of a concept and kind of form, at its first place.

    Where the glossary has several Chinese terms for the concept, each is held to a wording of its own.
    """
    side = _read(context)
    chinese = {row.target.span: row.source for row in context.renderings.rendered} if context.units else {}
    for (concept, kind), group in _groups(context, side).items():
        for wording in _wordings(context, side, group):
            one = wording[0]
            source = chinese.get(one.span)
            if one.term.status.licensed:
                yield _observation(context, side, one, f"{concept}:{kind}", source)


def _observation(context: Context, side: Side, one: Occurrence, key: str, source: Mention | None) -> Observation:
    rivals = one.concept.licensed("zh" if context.document(side).language == "en" else "en")
    if source is not None and len(rivals) > 1:
        key += f":{source.occurrences[0].term.text}"
    unit = context.unit_at(side, one.span.start)
    return Observation(
        rule=RULE.id,
        key=key,
        rendering=keys([one.term.text])[0],
        mark=context.mark(side, one.span),
        other=None if source is None else context.mark("source", source.span),
        unit=None if unit is None else unit.id,
        confidence=1.0 if unit is None else unit.confidence,
        name=_name(one, context, side),
        concept=one.concept.id,
    )


def _read(context: Context) -> Side:
    return "target" if context.bitext.target is not None else "source"


def _groups(context: Context, side: Side) -> dict[tuple[str, TermKind], list[Occurrence]]:
    """The terms of the page that name one concept only, by concept and kind of form."""
    groups: dict[tuple[str, TermKind], list[Occurrence]] = {}
    for mention in context.mentions(side, Span(0, len(context.document(side).text))):
        if len(mention.occurrences) == 1:
            one = mention.occurrences[0]
            groups.setdefault((one.concept.id, _kind(one.term)), []).append(one)
    return groups


def _kind(term: Term) -> TermKind:
    """Full names, short forms and acronyms; a term with an acronym in it is one, whatever the glossary calls it."""
    capitals = (sum(map(str.isupper, word)) for word, _ in words(term.text))
    if not term.text.isupper() and any(count > 1 for count in capitals):
        return TermKind.ACRONYM
    if term.kind in _BRIEF:
        return term.kind
    return TermKind.ACRONYM if is_acronym(term.text) else TermKind.FULL


def _any_deprecated(group: list[Occurrence]) -> bool:
    return any(not one.term.status.licensed for one in group)


def _source_varieties(context: Context) -> dict[str, int]:
    """How many different terms the source has for each concept."""
    terms: dict[str, set[str]] = {}
    for one in context.occurrences("source"):
        terms.setdefault(one.concept.id, set()).add(one.term.text)
    return {concept: len(texts) for concept, texts in terms.items()}


def _wordings(context: Context, side: Side, group: list[Occurrence]) -> list[list[Occurrence]]:
    """The occurrences by wording, in order of their first places; one given in brackets after another is left out."""
    page = context.document(side)
    texts = {one.term.text for one in group}
    by_key: dict[str, list[Occurrence]] = {}
    folded = dict(zip(sorted(texts), keys(sorted(texts)), strict=True))
    end = -9
    for one in group:
        gap = page.text[end : one.span.start] if end >= 0 else ""
        if gap.strip(" \"“‘'") not in ("(", "（"):
            by_key.setdefault(folded[one.term.text], []).append(one)
        end = one.span.end
    return list(by_key.values())


def _finding(context: Context, side: Side, concept: str, wordings: list[list[Occurrence]]) -> Finding:
    first = [wording[0] for wording in wordings]
    preferred = next((one for one in first if one.term.status is TermStatus.PREFERRED), None)
    licensed = first[0].concept.licensed(context.document(side).language)
    odd = next((one for one in first if one is not preferred), first[0])
    mark = context.mark(side, odd.span)
    places: tuple[Mark, ...] = tuple(
        context.mark(side, one.span) for wording in wordings for one in wording if one is not odd
    )
    unit = context.unit_at(side, odd.span.start)
    quoted = [f"“{context.document(side).slice(one.span)}”" for one in first]
    return Finding(
        rule=RULE.id,
        message=Message.of(
            "rules.term-inconsistent.found",
            term=_name(odd, context, side),
            ways=len(wordings),
            wordings=", ".join(quoted[:SHOWN]) + (" …" if len(quoted) > SHOWN else ""),
            preferred=licensed[0].text if licensed else "",
        ),
        severity=RULE.severity,
        unit=None if unit is None else unit.id,
        source=mark if side == "source" else None,
        target=mark if side == "target" else None,
        related=places,
        suggestion=licensed[0].text if licensed else "",
        concept=concept,
    )


def _name(one: Occurrence, context: Context, side: Side) -> str:
    """The concept by its name in the other language, as the reader of a pair knows it; else by its id."""
    language: Language = "zh" if context.document(side).language == "en" else "en"
    licensed = one.concept.licensed(language)
    return licensed[0].text if licensed else one.concept.id


RULE = Rule("term-inconsistent", "page", Severity.WARNING, check)

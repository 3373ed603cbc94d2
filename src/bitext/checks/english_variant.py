"""What looks like one name is written in several ways on one English page.

Why: "Ascend (Tengfei) class" and "Ascend Class", "education and industry" and "industry-education": the reader cannot
know that they are one. The rule needs no glossary and no Chinese. It compares phrases that look like names
(capitalised, quoted, hyphenated, "union of A and B") by their content words: the same words in another order, or with
something in brackets among them, are reported. Posts ("President of SZIIT", "SZIIT President"), headlines, acronyms in
brackets, and differences of capitals, number or hyphen alone are not. What the glossary knows as one concept is left to
term-inconsistent. In a project the pages are compared with each other too, names with brackets left out.

How to mend: choose one wording and use it throughout; put it into the glossary.

How to waive: `<!-- bitext-ignore english-variant: reason -->` before the first of the places.

Fires:

    en: The innovative modes include the mobile workstation, Ascend (Tengfei) class and a studio.
    en: Among them, the "Ascend Class" has been selected.
    marks: Ascend (Tengfei) class
    marks: Ascend Class

    en: We implement the new mode of integration of education and industry.
    en: The innovative training modes for industry-education integration are new.
    marks: integration of education and industry
    marks: industry-education integration

    en: The School of Software opened its doors to guests.
    en: Teachers of the Software School took part in it.

Silent:

    en: Wang Hui, President of SZIIT, spoke. The SZIIT President thanked Tencent.

    en: SZIIT and Tencent signed. Tencent and SZIIT have a long history.

    en: School-enterprise cooperation is deep. The school-enterprise cooperations are many.

    en: Hong Kong Interbank Offered Rates (HIBORs) rose. The Hong Kong Interbank Offered Rate is watched.

    glossary: 产教融合 = industry-education integration; integration of education and industry
    en: Integration of education and industry is a policy, and industry-education integration is its name.
"""

from __future__ import annotations

from collections.abc import Iterator

from bitext.checks.context import Context
from bitext.checks.rule import Rule
from bitext.model.alignment import Side
from bitext.model.documents import BlockKind, Span
from bitext.model.findings import Finding, Message, Observation, Severity
from bitext.terms.phrases import phrases

_EXEMPT = (BlockKind.TITLE, BlockKind.HEADING, BlockKind.METADATA)


def check(context: Context) -> Iterator[Finding]:
    """One finding for each name with several wordings."""
    side = context.side_in("en")
    if side is None:
        return
    for wordings in _variants(context, side).values():
        if len(wordings) > 1 and not _one_concept(context, side, wordings):
            yield _finding(context, side, [sorted(set(spans)) for spans in wordings.values()])


def observe(context: Context) -> Iterator[Observation]:
    """One observation for each wording of what looks like a name and is none of the glossary, at its first place."""
    side = context.side_in("en")
    for signature, wordings in ({} if side is None else _variants(context, side)).items():
        for wording, spans in wordings.items():
            first = min(spans)
            if side is None or _one_concept(context, side, {wording: [first]}):
                continue
            # On one page a name and the same with something in brackets are one. In an archive they may be two: a
            # university and its campus (Guangzhou), a law and its (Amendment).
            if "(" in context.document(side).slice(first):
                continue
            unit = context.unit_at(side, first.start)
            yield Observation(
                rule=RULE.id,
                key=" ".join(signature),
                rendering=" ".join(wording),
                mark=context.mark(side, first),
                unit=None if unit is None else unit.id,
            )


def _variants(context: Context, side: Side) -> dict[tuple[str, ...], dict[tuple[str, ...], list[Span]]]:
    """The places of the phrases of a page by signature and wording."""
    groups: dict[tuple[str, ...], dict[tuple[str, ...], list[Span]]] = {}
    page = context.document(side)
    for block in page.blocks:
        if block.kind in _EXEMPT:
            continue
        for phrase in phrases(page.slice(block.span)):
            span = Span(block.span.start + phrase.span.start, block.span.start + phrase.span.end)
            groups.setdefault(phrase.signature, {}).setdefault(phrase.wording, []).append(span)
    return groups


def _one_concept(context: Context, side: Side, wordings: dict[tuple[str, ...], list[Span]]) -> bool:
    """Whether the glossary has terms of one concept at all the wordings."""
    named = []
    for spans in wordings.values():
        found = context.mentions(side, spans[0])
        named.append({name for mention in found if mention.span.contains(spans[0]) for name in mention.concepts})
    return bool(set.intersection(*named))


def _finding(context: Context, side: Side, wordings: list[list[Span]]) -> Finding:
    odd = min(wordings, key=lambda spans: (len(spans), spans[0].start))
    places = [span for spans in wordings for span in spans if span != odd[0]]
    usual = max(wordings, key=lambda spans: (len(spans), -len(spans[0])))
    page, mark = context.document(side), context.mark(side, odd[0])
    unit = context.unit_at(side, odd[0].start)
    return Finding(
        rule=RULE.id,
        message=Message.of(
            "rules.english-variant.found",
            ways=len(wordings),
            wordings=", ".join(f"“{page.slice(spans[0])}”" for spans in wordings),
        ),
        severity=RULE.severity,
        unit=None if unit is None else unit.id,
        source=mark if side == "source" else None,
        target=mark if side == "target" else None,
        related=tuple(context.mark(side, span) for span in sorted(places)),
        suggestion=page.slice(usual[0]) if len(usual) > len(odd) else "",
    )


RULE = Rule("english-variant", "page", Severity.WARNING, check)

"""A person who is given another post in the translation than in the source.

Why: calling the Secretary of the Party Committee "President" is not a matter of style: it changes who came, and the
person reads it. Post and person go together, so the rule looks for both: a post of the glossary directly before or
after a Chinese name (党委书记刘锦), and a post of the glossary beside that name's Latin form: its romanisation, or a
name with Mr, Ms or Dr where either side of a sentence has one person only. It speaks up where the
post beside the name is another one of the glossary and the right one is not beside it. A post that the glossary does
not list, or that is only left out or shortened ("Secretary Liu"), is no finding here.

How to mend: write the post that the source gives, in the rendering proposed.

How to waive: `<!-- bitext-ignore title-mismatch: reason -->` before the sentence.

Fires:

    glossary: 党委书记 = Secretary of the Party Committee; Party Secretary
    glossary: 校长 = President
    zh: 党委书记刘锦和校长王晖出席签约仪式。
    en: Liu Jin, President of the institute, and Wang Hui attended the signing ceremony.
    marks: President

    glossary: 副校长 = Vice President
    glossary: 校长 = President
    zh: 副校长李明表示感谢。
    en: President Li Ming expressed his thanks.
    marks: President

    glossary: 党委副书记 = Deputy Secretary of the Party Committee
    glossary: 校长 = President
    glossary: 副校长 = Vice President
    zh: 党委副书记、校长王晖出席。
    en: Wang Hui, Deputy Secretary of the Party Committee and Vice President, was there.
    marks: Vice President

    glossary: 副教授 = associate professor
    zh: 副教授徐文涛介绍了训练情况。
    en: Professor Xu Wentao described the training.
    marks: Professor

    glossary: 副总裁 = Deputy Chief Executive
    glossary: 总裁 = Chief Executive
    zh: 副总裁阮国恒先生发言。
    en: Mr Arthur Yuen, Chief Executive, spoke.
    marks: Chief Executive

    glossary: 通讯员 = Correspondent
    glossary: 编辑 = Editor
    zh: 通讯员：郑可欣
    en: Editor: Zheng Kexin
    marks: Editor

Silent:

    glossary: 党委书记 = Secretary of the Party Committee; Party Secretary
    glossary: 校长 = President
    zh: 党委书记刘锦和校长王晖出席签约仪式。
    en: Liu Jin, Secretary of the Party Committee, and President Wang Hui attended the signing ceremony.

    glossary: 党委副书记 = Deputy Secretary of the Party Committee
    glossary: 校长 = President
    zh: 党委副书记、校长王晖致辞。
    en: President Wang Hui gave a speech.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from bitext.checks.context import Context
from bitext.checks.figures import shifted
from bitext.checks.rule import Rule
from bitext.checks.weight import DOUBTFUL
from bitext.model.alignment import Side, TranslationUnit
from bitext.model.documents import Span
from bitext.model.findings import Finding, Message, Severity
from bitext.model.glossary import Concept
from bitext.terms.assign import Mention
from bitext.text.names import Words, forms, person_names, titles, words
from bitext.text.normal import simplified

_BEFORE = re.compile(r"[,，:：]?\s+$|\s+[“\"]?$|：$")
_AFTER = re.compile(
    r"^\s*[,，(（]\s*(?:(?:the|our|its|who is|currently|also|then)\s+)*|^\s+(?:is|as|was)\s+(?:the\s+)?"
)
_MODIFIER = r"(?:vice|deputy|associate|assistant|executive|acting)"
_MODIFIED = re.compile(rf"\b{_MODIFIER}[\s-]+(?=\S)", re.IGNORECASE)
_TITLED = re.compile(r"\b(?:Mr|Ms|Mrs|Miss|Dr)\.? (?:[A-Z][\w.’'-]{0,20} ){0,3}[A-Z][\w’'-]{1,20}")
_LIST = frozenset("、兼和/ ")
_REACH = 24
"""Characters between a name and a post that still stands beside it."""


@dataclass(frozen=True, slots=True)
class _Person:
    """A name of the source with its place in the page and the posts that stand by it."""

    name: str
    span: Span
    posts: tuple[Mention, ...]


def check(context: Context) -> Iterator[Finding]:
    """Persons beside whose name the translation has another post of the glossary."""
    chinese, english = context.side_in("zh"), context.side_in("en")
    if chinese is None or english is None or not any(map(_is_post, context.glossary.concepts)):
        return
    for unit in context.units:
        if unit.source is None or unit.target is None or unit.confidence < DOUBTFUL:
            continue
        persons = _persons(context, unit, chinese)
        if any(person.posts for person in persons):
            yield from _wrong(context, unit, persons, chinese, english)


@cache
def _post_ending() -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(map(re.escape, titles()))})$")


def _is_post(concept: Concept) -> bool:
    return any(_post_ending().search(simplified(term.text)) for term in concept.in_language("zh"))


def _posts(context: Context, unit: TranslationUnit, side: Side) -> list[Mention]:
    span = context.span(unit, side)
    if span is None:
        return []
    mentions = context.mentions(side, span)
    return [mention for mention in mentions if any(_is_post(one.concept) for one in mention.occurrences)]


def _persons(context: Context, unit: TranslationUnit, side: Side) -> list[_Person]:
    text = context.document(side).text
    posts = _posts(context, unit, side)
    found = []
    for place in person_names(context.text(unit, side)):
        span = shifted(context, unit, side, place)
        found.append(_Person(text[span.start : span.end], span, tuple(_beside(text, span, posts))))
    return found


def _beside(text: str, name: Span, posts: Sequence[Mention]) -> Iterator[Mention]:
    """The posts directly before a name, a list of them too (党委副书记、校长王晖), and the one directly after it."""
    start = name.start
    for mention in reversed(posts):
        gap = text[mention.span.end : start] if mention.span.end <= start else "?"
        if len(gap) < 3 and set(gap) <= _LIST | {"："}:
            yield mention
            start = mention.span.start
    yield from (mention for mention in posts if mention.span.start == name.end)


def _wrong(
    context: Context, unit: TranslationUnit, persons: Sequence[_Person], chinese: Side, english: Side
) -> Iterator[Finding]:
    page = words(context.text(unit, english))
    text = context.document(english).text
    posts = _posts(context, unit, english)
    places = {person.name: _places(context, unit, person.name, page, english) for person in persons}
    if len(persons) == 1 and not places[persons[0].name]:
        # 阮國恒 is Arthur Yuen in no romanisation; but if each side has one person, they are the same.
        titled = list(_TITLED.finditer(context.text(unit, english)))
        if len(titled) == 1:
            places[persons[0].name] = [shifted(context, unit, english, Span(*titled[0].span()))]
    others = sorted(span for spans in places.values() for span in spans)
    for person in persons:
        allowed = frozenset(concept for post in person.posts for concept in post.concepts)
        if not allowed:
            continue
        bare = _bare(context, unit, person.posts, english)
        close = [
            post
            for name in places[person.name]
            for post in _chain(text, [*posts, *bare], name, others, len(person.posts) > 1)
        ]
        wrong = [post for post in close if not (post.concepts & allowed or _shortened(post, person.posts))]
        if wrong and len(close) - len(wrong) < len(person.posts):
            yield _finding(context, unit, person, wrong[0], (chinese, english))


def _bare(context: Context, unit: TranslationUnit, wanted: Sequence[Mention], side: Side) -> list[Mention]:
    """Places where a post stands without its "vice" or "associate": Professor for 副教授."""
    whole, text = context.span(unit, side), context.text(unit, side)
    names = {_MODIFIED.sub("", term) for term in _renderings(wanted) if _MODIFIED.search(term)}
    if not names or whole is None:
        return []
    alternatives = "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))
    found = re.finditer(rf"\b(?P<modifier>{_MODIFIER}[\s-]+)?(?:{alternatives})\b", text, re.IGNORECASE)
    return [Mention(Span(whole.start + m.start(), whole.start + m.end()), ()) for m in found if not m["modifier"]]


def _chain(text: str, posts: Sequence[Mention], name: Span, names: Sequence[Span], several: bool) -> Iterator[Mention]:
    """The posts that stand by a name; where a person has `several`, also one that "and" joins to them."""
    ends: set[int] = set()
    for post in sorted(posts, key=lambda post: (post.span, -len(post.occurrences))):
        joined = several and any(text[end : post.span.start] == " and " for end in ends)
        if post.span.end in ends:
            continue
        if _stands_by(text, post.span, name, names) or (joined and not _followed(text, post.span, name, names)):
            ends.add(post.span.end)
            yield post


def _places(context: Context, unit: TranslationUnit, name: str, page: Words, side: Side) -> list[Span]:
    return [shifted(context, unit, side, form.span) for form in forms(name, page)]


def _stands_by(text: str, post: Span, name: Span, names: Sequence[Span]) -> bool:
    """Whether a post stands beside a name and beside no other: "President Wang Hui", "Wang Hui, President of ..."."""
    if post.end <= name.start:
        gap = text[post.end : name.start]
        taken = any(
            0 < post.start - other.end < _REACH and _AFTER.fullmatch(text[other.end : post.start]) for other in names
        )
        return len(gap) <= 2 and _BEFORE.fullmatch(gap) is not None and not (taken and "," in gap)
    gap = text[name.end : post.start] if post.start >= name.end else "x" * _REACH
    return len(gap) < _REACH and _AFTER.fullmatch(gap) is not None and not _followed(text, post, name, names)


def _followed(text: str, post: Span, name: Span, names: Sequence[Span]) -> bool:
    """Whether another name stands directly after the post, so that it is that person's."""
    return any(other != name and other.start > post.end and text[post.end : other.start].isspace() for other in names)


def _renderings(wanted: Sequence[Mention]) -> set[str]:
    """The English terms of the posts that a person has, in lower case."""
    concepts = (one.concept for mention in wanted for one in mention.occurrences)
    return {term.text.lower() for concept in concepts for term in concept.in_language("en")}


def _shortened(post: Mention, wanted: Sequence[Mention]) -> bool:
    """Whether a post is the head of a wanted one, or the reverse: Secretary, for Secretary of the Party Committee."""
    shown = {one.term.text.lower() for one in post.occurrences}
    full = _renderings(wanted)
    return any(
        long == short or long.startswith((f"{short} of ", f"{short} for "))
        for one in shown
        for two in full
        for long, short in ((one, two), (two, one))
    )


def _finding(
    context: Context, unit: TranslationUnit, person: _Person, post: Mention, sides: tuple[Side, Side]
) -> Finding:
    chinese, english = sides
    first = person.posts[0]
    occurrence = first.occurrences[0]
    licensed = occurrence.concept.licensed("en")
    wanted = licensed[0].text if licensed else ""
    both = Span(min(first.span.start, person.span.start), max(first.span.end, person.span.end))
    marks = {chinese: context.mark(chinese, both), english: context.mark(english, post.span)}
    shown = context.mark(english, post.span).text
    zh_post = context.mark(chinese, first.span).text
    return Finding(
        rule=RULE.id,
        message=Message.of("figures.title-mismatch.found", name=person.name, post=zh_post, wanted=wanted, other=shown),
        severity=RULE.severity,
        unit=unit.id,
        source=marks["source"],
        target=marks["target"],
        suggestion=wanted,
        concept=occurrence.concept.id,
    )


RULE: Rule = Rule("title-mismatch", "unit", Severity.WARNING, check)

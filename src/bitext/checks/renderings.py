"""Which names of the source are not rendered in the target, and what stands there instead.

Several rules look at this from their own side, so it is computed once per item (`Context.renderings`). A name counts as
rendered by any term of its concept, deprecated ones too: those are another rule's. It also counts as rendered

- by a term inside a longer name ("Tencent" in "Tencent Cloud"),
- in a neighbouring unit, if one of the two pairings is unsure or that unit has a rendering to spare in the paragraph,
- by a back reference: a head noun ("the institute") or the first person once the item has rendered the name, a pronoun
  if the same unit or the one before it in the paragraph has. Chinese repeats names where English does not.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from bitext.checks.unsaid import all_terms, has_no_agent, in_longer_word, is_gloss
from bitext.checks.weight import SURE
from bitext.model.alignment import Side, TranslationUnit
from bitext.model.documents import Language, Span
from bitext.model.glossary import Concept, Occurrence, Term, TermKind
from bitext.terms.aliases import expanded
from bitext.terms.assign import Mention, assign, mentions
from bitext.terms.coordination import shared_subject
from bitext.terms.effective import stands_unchanged
from bitext.terms.matcher import is_acronym
from bitext.terms.nearby import LONGEST, in_other_words, inside_word, misspelt, near_variant, pinyin_left, short_again
from bitext.terms.references import (
    goes_on,
    has_gap,
    has_pronoun,
    head_nouns,
    is_body,
    refers_back,
    speaks_for_itself,
    takes_up,
)
from bitext.text.words import is_plural

if TYPE_CHECKING:
    from bitext.checks.context import Context

_FIRST_PERSON = "我"
NAMED = 50
"""So many names of a unit are looked at for a verb that they share with a later one."""
SIDES: tuple[Side, Side] = ("source", "target")
Instead: TypeAlias = Literal["nothing", "variant", "untranslated", "pinyin"]


GLOSSED = 4
"""So many words may stand between an opening bracket and an original that is given in brackets."""


@dataclass(frozen=True, slots=True)
class Unrendered:
    """A name of the source without a rendering: what stands `instead` in the target, and where, if that is known.

    `preferred` is the term to write; `again` says that the unit does render the name, only not so often; `complete`
    that a variant has all the words of a licensed term; `tacit` that the translation need not name it, being
    passive, or that the name is part of a longer word.
    """

    unit: TranslationUnit
    mention: Mention
    concept: Concept
    instead: Instead
    place: Span | None
    preferred: Term
    again: bool
    complete: bool = False
    tacit: bool = False


@dataclass(frozen=True, slots=True)
class Rendered:
    """A name of the source and its rendering."""

    unit: TranslationUnit
    source: Mention
    target: Mention


@dataclass(frozen=True, slots=True)
class Renderings:
    """What is rendered and what is not, in the order of the source."""

    rendered: tuple[Rendered, ...]
    unrendered: tuple[Unrendered, ...]


@dataclass(slots=True)
class _State:
    """What is still open in one unit. `taken` are the places, from the beginning of its target, that render something.

    What is looked up of a concept is kept, however often the unit names it.
    """

    unit: TranslationUnit
    missing: tuple[Mention, ...] = ()
    surplus: deque[Mention] = field(default_factory=deque)
    present: frozenset[str] = frozenset()
    plural: frozenset[str] = frozenset()
    taken: tuple[Span, ...] = ()
    lacking: frozenset[str] = frozenset()
    explained: dict[frozenset[str], Unrendered | None] = field(default_factory=dict)
    slips: dict[frozenset[str], Span | None] = field(default_factory=dict)


def renderings(context: Context) -> Renderings:
    """Assigns the names of every unit and explains what is left over."""
    language = context.document("target").language
    rendered: list[Rendered] = []
    states = [_assigned(context, unit, language, rendered) for unit in context.units]
    unrendered: list[Unrendered] = []
    before: set[str] = set()
    for index, state in enumerate(states):
        previous = states[index - 1] if index else None
        around = [states[other] for other in (index - 1, index + 1) if 0 <= other < len(states)]
        text = context.text(state.unit, "target") if state.missing else ""
        gap = has_gap(text)
        replaced = gap or (bool(state.missing) and _replaced(context, state, around))
        for mention in state.missing:
            here = bool(state.present & mention.concepts)
            slip = not here and language == "en" and _misspelt(mention, state, text) is not None
            if here and is_gloss(context, mention):
                continue
            if (here or not (replaced or slip)) and _spilled(context, mention, state, around):
                continue
            # What a unit says instead of a concept is looked up once, however often it names the concept.
            if mention.concepts not in state.explained:
                referred = (here or not (gap or slip)) and _referred(context, mention, state, previous, before)
                why = None if referred else _explained(context, mention, state, language)
                if why is not None and why.instead == "nothing" and not gap:
                    why = replace(why, tacit=has_no_agent(context, mention, text, before))
                state.explained[mention.concepts] = why
            found = state.explained[mention.concepts]
            if found is not None:
                tacit = found.tacit or (found.instead == "nothing" and in_longer_word(context, mention))
                unrendered.append(replace(found, mention=mention, tacit=tacit))
        before |= state.present
    return Renderings(tuple(rendered), tuple(unrendered))


def _assigned(context: Context, unit: TranslationUnit, language: Language, rendered: list[Rendered]) -> _State:
    if unit.source is None or unit.target is None:
        return _State(unit)
    wanted = [mention for mention in context.mentions("source", unit.source) if _demanding(mention, language)]
    named = (*_unchanged(context.mentions("target", unit.target)), *context.aliases(unit.target))
    there = mentions(one for mention in named for one in mention.occurrences)
    done = assign(wanted, there)
    rendered += (Rendered(unit, *pair) for pair in done.pairs)
    inside = assign(done.missing, _unchanged(context.mentions("target", unit.target, nested=True)))
    present = frozenset(name for mention in there for name in mention.concepts)
    present |= frozenset(name for _, mention in inside.pairs for name in mention.concepts)
    taken = tuple(_moved(mention.span, -unit.target.start) for _, mention in done.pairs)
    plural = frozenset(one.concept.id for mention in there for one in mention.occurrences if _plural(context, one))
    lacking = frozenset(name for mention in inside.missing for name in mention.concepts)
    return _State(unit, inside.missing, deque(done.surplus), present, plural, taken, lacking)


def _unchanged(rows: Sequence[Mention]) -> list[Mention]:
    """The mentions less those of a term that must stand as it is and does not."""
    return [m for m in rows if all(stands_unchanged(one.term, one.how) for one in m.occurrences)]


def _plural(context: Context, one: Occurrence) -> bool:
    return is_plural(context.document("target").slice(one.span).split()[-1])


def _demanding(mention: Mention, language: Language) -> bool:
    """Whether every concept that may be meant has a rendering that could be asked for."""
    return all(occurrence.concept.licensed(language) for occurrence in mention.occurrences)


def _spilled(context: Context, mention: Mention, state: _State, around: list[_State]) -> bool:
    for other in around:
        unsure = min(state.unit.confidence, other.unit.confidence) < SURE
        if not unsure and not _same_block(context, state.unit, other.unit):
            continue
        spare = next((one for one in other.surplus if one.concepts & mention.concepts), None)
        if spare is not None:
            other.surplus.remove(spare)
            return True
    return False


def _replaced(context: Context, state: _State, around: list[_State]) -> bool:
    """Whether the unit names what the source does not name here: that may stand in the place of another name.

    Then the name was not moved to a neighbour.
    """
    named = set(_source_names(context, state.unit))
    for other in around:
        named.update(_source_names(context, other.unit))
    return any(not one.concepts & named for one in state.surplus)


def _source_names(context: Context, unit: TranslationUnit) -> Iterator[str]:
    for nested in (False, True) if unit.source is not None else ():
        for mention in context.mentions("source", unit.source or Span(0, 0), nested=nested):
            yield from mention.concepts


def _referred(context: Context, mention: Mention, state: _State, previous: _State | None, before: set[str]) -> bool:
    here = bool(state.present & mention.concepts)
    if context.document("target").language == "zh":
        return here  # Chinese may leave out whatever it has named in the sentence
    unit, text = state.unit, context.text(state.unit, "target")
    terms = [term.text for one in mention.occurrences for term in one.concept.in_language("en")]
    if here and not _taken_up_in_each(context, mention, unit, head_nouns(terms)):
        return False
    # Only names are taken up again across sentences, and only they speak: "the rate" may be any rate.
    earlier = bool(before & mention.concepts) and not all(text.islower() for text in terms)
    if (here or earlier) and refers_back(text, head_nouns(terms), terms):
        return True
    if state.plural & mention.concepts:
        return True  # one plural may stand for several: "Ebola and Marburg viruses"
    ours = _FIRST_PERSON not in context.text(unit, "source")  # else "we" says what the Chinese says
    if earlier and ours and speaks_for_itself(text) and is_body(all_terms(mention)):
        return True
    if here and _shares_subject(context, mention, unit):
        return True
    if here or previous is None:
        return here and has_pronoun(text)
    # What the sentence before should have named is told there; a pronoun for it is no second fault.
    near = (previous.present | previous.lacking) & mention.concepts and _same_block(context, previous.unit, unit)
    return bool(near) and takes_up(text, all_terms(mention), ours=ours)


def _taken_up_in_each(context: Context, mention: Mention, unit: TranslationUnit, heads: frozenset[str]) -> bool:
    """Whether as many sentences of the translation name or take up the concept as sentences of the source name it.

    A unit of several sentences may have them in another order, so they are counted and not compared one by one.
    """
    source, target = (context.sentences(unit, side) for side in SIDES)
    naming = sum(_names(context, "source", span, mention) for span in source)
    if naming < 2 or len(target) < 2:
        return True
    return sum(_takes_up(context, span, mention, heads) for span in target) >= min(naming, len(target))


def _takes_up(context: Context, sentence: Span, mention: Mention, heads: frozenset[str]) -> int:
    """How many sentences of the source an English one may stand for: two if it says "which" of the concept."""
    page = context.document("target")
    if not _names(context, "target", sentence, mention):
        text = page.slice(sentence)
        return int(has_pronoun(text) or refers_back(text, heads))
    ends = [one.span.end for one in context.mentions("target", sentence) if one.concepts & mention.concepts]
    return 2 if any(goes_on(page.text[end : min(end + 20, sentence.end)]) for end in ends) else 1


def _names(context: Context, side: Side, span: Span, mention: Mention) -> bool:
    return any(
        one.concepts & mention.concepts
        for nested in (False, True)
        for one in context.mentions(side, span, nested=nested)
    )


def _shares_subject(context: Context, mention: Mention, unit: TranslationUnit) -> bool:
    """Whether the Chinese name begins a clause of which the verb has its English subject in an earlier one."""
    if unit.source is None or unit.target is None:
        return False
    span, text = unit.target, context.text(unit, "target")
    before = context.document("source").text[unit.source.start : mention.span.start].rstrip()
    begins = not before or not (before[-1].isalnum() or before[-1] in "“《（(")
    for one in context.mentions("target", span)[:NAMED]:
        if one.concepts & mention.concepts:
            kind = shared_subject(text, _moved(one.span, -span.start))
            if kind == "passive" or (kind and begins):
                return True
    return False


def _same_block(context: Context, one: TranslationUnit, other: TranslationUnit) -> bool:
    """Whether the two units stand in one paragraph of the target."""
    if one.target is None or other.target is None:
        return False
    return context.block_at("target", one.target.start) == context.block_at("target", other.target.start)


def _explained(context: Context, mention: Mention, state: _State, language: Language) -> Unrendered | None:
    """What stands there instead; None if that is good enough."""
    occurrence = mention.occurrences[0]
    concept, unit = occurrence.concept, state.unit
    licensed = concept.licensed(language)
    span = unit.target or Span(0, 0)  # a unit without a target asks for nothing
    text, texts = context.text(unit, "target"), [term.text for term in licensed]
    again = bool(state.present & mention.concepts)
    nothing = Unrendered(unit, mention, concept, "nothing", None, counterpart(occurrence.term, licensed), again)
    left = _left(context, mention, span) if occurrence.term.translate else _Left()
    if left.licensed or left.place is not None:
        return None if left.licensed else replace(nothing, instead="untranslated", place=left.place)
    slip = None if again or language != "en" else _misspelt(mention, state, text)
    if slip is not None:
        return replace(nothing, instead="variant", place=_moved(slip, span.start))
    place = pinyin_left(text, occurrence.term.text, texts) if language == "en" else None
    if place is not None:
        return replace(nothing, instead="pinyin", place=_moved(place, span.start))
    if language == "en" and (
        inside_word(text, texts, state.taken)
        or (not again and in_other_words(text, texts, expanded(text[: 20 * LONGEST], context.expansions)))
    ):
        return None  # "coronavirus" says virus
    if language == "en" and short_again(text, texts, context.acronyms, span.start):
        return None  # it is said at the acronym's first use
    near = near_variant(text, texts, language, state.taken)
    if near is None:
        return nothing if left.original is None else replace(nothing, instead="untranslated", place=left.original)
    if near.inflected and occurrence.term.translate:
        return None
    return replace(nothing, instead="variant", place=_moved(near.span, span.start), complete=near.complete)


@dataclass(frozen=True, slots=True)
class _Left:
    """Where a term was left in the source's language, or given so in brackets; or that it is an acronym and may be."""

    place: Span | None = None
    original: Span | None = None
    licensed: bool = False


def _left(context: Context, mention: Mention, span: Span) -> _Left:
    page, original = context.document("target"), None
    for left in context.left_over(span):
        if not left.concepts & mention.concepts:
            continue
        if not in_brackets(page.slice(span), left.span.start - span.start):
            acronym = is_acronym(page.slice(left.span))
            return _Left(None if acronym else left.span, licensed=acronym)
        original = original or left.span  # beside its translation, if there is one
    return _Left(original=original)


def _misspelt(mention: Mention, state: _State, text: str) -> Span | None:
    """Where a term of the concept stands in `text`, the unit's target, with a slip of the pen."""
    if mention.concepts not in state.slips:
        terms = [term.text for one in mention.occurrences for term in one.concept.licensed("en")]
        state.slips[mention.concepts] = misspelt(text, terms, state.taken)
    return state.slips[mention.concepts]


def _moved(span: Span, offset: int) -> Span:
    return Span(span.start + offset, span.end + offset)


def in_brackets(text: str, offset: int) -> bool:
    """Whether the character at `offset` stands in brackets that were opened before it and are closed after it.

    It must stand near their beginning, as an original does that is given beside its translation.
    """
    before = text[:offset]
    depth = sum(map(before.count, "（([【〔")) - sum(map(before.count, "）)]】〕"))
    opened = max(map(before.rfind, "（([【〔"))
    near = len(before[opened + 1 :].split()) <= GLOSSED
    return depth > 0 and near and any(mark in text[offset:] for mark in "）)]】〕")


def counterpart(term: Term, licensed: tuple[Term, ...]) -> Term:
    """The licensed term to write for `term`: the first that is as short or as full as it is, else the first."""
    brief = (TermKind.SHORT, TermKind.ACRONYM)
    same = (other for other in licensed if (other.kind in brief) == (term.kind in brief))
    return next(same, licensed[0])

"""Which names of the source are not rendered in the target, and what stands there instead.

Several rules look at this from their own side, so it is computed once per item (`Context.renderings`). A name counts as
rendered by any term of its concept, deprecated ones too: those are another rule's. It also counts as rendered

- by a term inside a longer name ("Tencent" in "Tencent Cloud"),
- in a neighbouring unit, if one of the two pairings is unsure or that unit has a rendering to spare,
- by a back reference: a head noun ("the institute") once the item has rendered the name, a pronoun if the same unit or
  the one before it in the paragraph has. Chinese repeats names where English does not.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from bitext.checks.weight import SURE
from bitext.model.alignment import TranslationUnit
from bitext.model.documents import Language, Span
from bitext.model.glossary import Concept, Term, TermKind
from bitext.terms.assign import Mention, assign
from bitext.terms.matcher import is_acronym
from bitext.terms.nearby import near_variant, pinyin_left
from bitext.terms.references import has_pronoun, head_nouns, refers_back

if TYPE_CHECKING:
    from bitext.checks.context import Context

Instead: TypeAlias = Literal["nothing", "variant", "untranslated", "pinyin"]


@dataclass(frozen=True, slots=True)
class Unrendered:
    """A name of the source without a rendering: what stands `instead` in the target, and where, if that is known.

    `preferred` is the term to write; `again` says that the unit does render the name, only not so often.
    """

    unit: TranslationUnit
    mention: Mention
    concept: Concept
    instead: Instead
    place: Span | None
    preferred: Term
    again: bool


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
    """What is still open in one unit."""

    unit: TranslationUnit
    missing: tuple[Mention, ...] = ()
    surplus: deque[Mention] = field(default_factory=deque)
    present: frozenset[str] = frozenset()


def renderings(context: Context) -> Renderings:
    """Assigns the names of every unit and explains what is left over."""
    language = context.document("target").language
    rendered: list[Rendered] = []
    states = [_assigned(context, unit, language, rendered) for unit in context.units]
    unrendered: list[Unrendered] = []
    before: set[str] = set()
    for index, state in enumerate(states):
        around = [states[other] for other in (index - 1, index + 1) if 0 <= other < len(states)]
        for mention in state.missing:
            if _spilled(mention, state, around) or _referred(context, mention, state, around, before):
                continue
            found = _explained(context, mention, state, language)
            if not (found.instead == "untranslated" and is_acronym(_text(context, found.place))):
                unrendered.append(found)
        before |= state.present
    return Renderings(tuple(rendered), tuple(unrendered))


def _text(context: Context, span: Span | None) -> str:
    return "" if span is None else context.document("target").slice(span)


def _assigned(context: Context, unit: TranslationUnit, language: Language, rendered: list[Rendered]) -> _State:
    if unit.source is None or unit.target is None:
        return _State(unit)
    wanted = [mention for mention in context.mentions("source", unit.source) if _demanding(mention, language)]
    there = context.mentions("target", unit.target)
    done = assign(wanted, there)
    rendered += (Rendered(unit, *pair) for pair in done.pairs)
    inside = assign(done.missing, context.mentions("target", unit.target, nested=True))
    present = frozenset(name for mention in there for name in mention.concepts)
    present |= frozenset(name for _, mention in inside.pairs for name in mention.concepts)
    return _State(unit, inside.missing, deque(done.surplus), present)


def _demanding(mention: Mention, language: Language) -> bool:
    """Whether every concept that may be meant has a rendering that could be asked for."""
    return all(occurrence.concept.licensed(language) for occurrence in mention.occurrences)


def _spilled(mention: Mention, state: _State, around: list[_State]) -> bool:
    for other in around:
        spare = next((one for one in other.surplus if one.concepts & mention.concepts), None)
        if spare is not None:
            other.surplus.remove(spare)
            return True
        if min(state.unit.confidence, other.unit.confidence) < SURE and other.present & mention.concepts:
            return True
    return False


def _referred(context: Context, mention: Mention, state: _State, around: list[_State], before: set[str]) -> bool:
    here = bool(state.present & mention.concepts)
    if context.document("target").language == "zh":
        return here  # Chinese may leave out whatever it has named in the sentence
    text = context.text(state.unit, "target")
    names = [term.text for one in mention.occurrences for term in one.concept.in_language("en")]
    if (here or before & mention.concepts) and refers_back(text, head_nouns(names)):
        return True
    previous = around[0] if around and around[0].unit.id != state.unit.id else None
    near = (
        previous is not None and previous.present & mention.concepts and _same_block(context, previous.unit, state.unit)
    )
    return (here or bool(near)) and has_pronoun(text)


def _same_block(context: Context, one: TranslationUnit, other: TranslationUnit) -> bool:
    if one.target is None or other.target is None or one.target.start > other.target.start:
        return False
    return context.block_at("target", one.target.start) == context.block_at("target", other.target.start)


def _explained(context: Context, mention: Mention, state: _State, language: Language) -> Unrendered:
    occurrence = mention.occurrences[0]
    concept = occurrence.concept
    licensed = concept.licensed(language)
    instead, place = _instead(context, state.unit, mention, [term.text for term in licensed], language)
    again = bool(state.present & mention.concepts)
    return Unrendered(state.unit, mention, concept, instead, place, counterpart(occurrence.term, licensed), again)


def counterpart(term: Term, licensed: tuple[Term, ...]) -> Term:
    """The licensed term to write for `term`: the first that is as short or as full as it is, else the first."""
    brief = (TermKind.SHORT, TermKind.ACRONYM)
    same = (other for other in licensed if (other.kind in brief) == (term.kind in brief))
    return next(same, licensed[0])


def _instead(
    context: Context, unit: TranslationUnit, mention: Mention, licensed: list[str], language: Language
) -> tuple[Instead, Span | None]:
    span = unit.target or Span(0, 0)  # a unit without a target asks for nothing
    start = span.start
    for left in context.left_over(span):
        if left.concepts & mention.concepts:
            return "untranslated", left.span
    text = context.text(unit, "target")
    if language == "en":
        place = pinyin_left(text, mention.occurrences[0].term.text, licensed)
        if place is not None:
            return "pinyin", Span(start + place.start, start + place.end)
    taken = [Span(one.span.start - start, one.span.end - start) for one in context.mentions("target", span)]
    place = near_variant(text, licensed, language, taken)
    return ("nothing", None) if place is None else ("variant", Span(start + place.start, start + place.end))

"""Assignment is exclusive, keeps to concepts, and is as large as a slow search over single mentions can make it."""

from hypothesis import given
from hypothesis import strategies as st

from bitext.model.documents import Span
from bitext.model.glossary import Concept, Occurrence, Term
from bitext.terms.assign import Mention, assign, mentions

CONCEPTS = st.frozensets(st.sampled_from("abcde"), min_size=1, max_size=3)


def mention(index: int, concepts: frozenset[str]) -> Mention:
    span = Span(index, index + 1)
    term = Term("t", "en")
    return Mention(span, tuple(Occurrence(Concept(name, (term,)), term, span) for name in sorted(concepts)))


SIDES = st.lists(CONCEPTS, max_size=9).map(lambda rows: [mention(i, concepts) for i, concepts in enumerate(rows)])


def largest(source: list[Mention], target: list[Mention]) -> int:
    """The size of a maximum matching, by one augmenting search a mention."""
    taken: dict[int, int] = {}

    def place(one: int, seen: set[int]) -> bool:
        for other in range(len(target)):
            if other not in seen and source[one].concepts & target[other].concepts:
                seen.add(other)
                if other not in taken or place(taken[other], seen):
                    taken[other] = one
                    return True
        return False

    return sum(place(one, set()) for one in range(len(source)))


@given(SIDES, SIDES)
def test_as_many_are_assigned_as_possible(source: list[Mention], target: list[Mention]) -> None:
    assert len(assign(source, target).pairs) == largest(source, target)


@given(SIDES, SIDES)
def test_each_mention_is_paired_once_or_left_over(source: list[Mention], target: list[Mention]) -> None:
    done = assign(source, target)
    assert all(one.concepts & other.concepts for one, other in done.pairs)
    assert sorted([*(one.span for one, _ in done.pairs), *(m.span for m in done.missing)]) == [m.span for m in source]
    assert sorted([*(other.span for _, other in done.pairs), *(m.span for m in done.surplus)]) == [
        m.span for m in target
    ]


@given(SIDES)
def test_a_text_renders_itself(side: list[Mention]) -> None:
    assert not assign(side, side).missing


def test_occurrences_of_one_span_are_one_mention() -> None:
    both = mention(3, frozenset("ab"))
    assert mentions([*mention(5, frozenset("a")).occurrences, *both.occurrences]) == (both, mention(5, frozenset("a")))


def test_repeats_cost_no_more_than_their_number() -> None:
    many = [mention(index, frozenset("ab" if index % 2 else "bc")) for index in range(20_000)]
    assert len(assign(many, many).pairs) == 20_000

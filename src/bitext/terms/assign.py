"""Which occurrence of a term on one side is rendered by which on the other: exclusively, and as many as possible."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bitext.model.documents import Span
from bitext.model.glossary import Occurrence


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a text names something. `occurrences` are of several concepts if they share a term."""

    span: Span
    occurrences: tuple[Occurrence, ...]

    @property
    def concepts(self) -> frozenset[str]:
        """The ids of the concepts that may be meant."""
        return frozenset(occurrence.concept.id for occurrence in self.occurrences)

    def of(self, concepts: frozenset[str]) -> Occurrence:
        """The first occurrence of one of `concepts`; the first of all if there is none."""
        return next((one for one in self.occurrences if one.concept.id in concepts), self.occurrences[0])


@dataclass(frozen=True, slots=True)
class Assignment:
    """Laws: each mention is in one pair at most; the mentions of a pair share a concept; no more pairs are possible.

    `missing` are the source mentions without a partner and `surplus` the target mentions without one, in order.
    """

    pairs: tuple[tuple[Mention, Mention], ...]
    missing: tuple[Mention, ...]
    surplus: tuple[Mention, ...]


def mentions(occurrences: Iterable[Occurrence]) -> tuple[Mention, ...]:
    """Occurrences in order, those of the very same span joined."""
    groups: dict[Span, list[Occurrence]] = {}
    for occurrence in occurrences:
        groups.setdefault(occurrence.span, []).append(occurrence)
    return tuple(Mention(span, tuple(group)) for span, group in sorted(groups.items()))


def assign(source: Sequence[Mention], target: Sequence[Mention]) -> Assignment:
    """A maximum exclusive assignment of the source mentions to target mentions of the same concept.

    Mentions of the same concepts are interchangeable, so the flow is found between such classes, not between single
    mentions: the cost grows with the number of mentions, whatever their repeats. Within a class, in text order.
    """
    left, right = _classes(source), _classes(target)
    flow = _Flow({key: len(rows) for key, rows in left.items()}, {key: len(rows) for key, rows in right.items()})
    pairs: list[tuple[Mention, Mention]] = []
    for one, other, count in flow.solve():
        pairs += ((left[one].popleft(), right[other].popleft()) for _ in range(count))
    pairs.sort(key=lambda pair: pair[0].span)
    return Assignment(tuple(pairs), _rest(source, left.values()), _rest(target, right.values()))


_Class = frozenset[str]


def _classes(rows: Sequence[Mention]) -> dict[_Class, deque[Mention]]:
    groups: dict[_Class, deque[Mention]] = {}
    for mention in rows:
        groups.setdefault(mention.concepts, deque()).append(mention)
    return groups


def _rest(rows: Sequence[Mention], left: Iterable[deque[Mention]]) -> tuple[Mention, ...]:
    spans = {mention.span for group in left for mention in group}
    return tuple(mention for mention in rows if mention.span in spans)


class _Flow:
    """A maximum flow between classes that share a concept: equal classes first, then along augmenting paths."""

    def __init__(self, supply: dict[_Class, int], demand: dict[_Class, int]) -> None:
        self.supply, self.demand = supply, demand
        self.given: dict[_Class, dict[_Class, int]] = {taker: {} for taker in demand}
        by_concept: dict[str, list[_Class]] = {}
        for taker in demand:
            for concept in taker:
                by_concept.setdefault(concept, []).append(taker)
        self.takers = {
            giver: list(dict.fromkeys(taker for concept in sorted(giver) for taker in by_concept.get(concept, ())))
            for giver in supply
        }

    def solve(self) -> Iterator[tuple[_Class, _Class, int]]:
        """The flow: giver, taker and amount."""
        for key, amount in self.supply.items():
            if key in self.demand:
                self._push([(key, key)], min(amount, self.demand[key]))
        for key in self.supply:
            while self.supply[key] and (path := self._path(key)):
                returns = [self.given[taker][giver] for giver, taker in path[1::2]]
                self._push(path, min(self.supply[key], self.demand[path[0][1]], *returns))
        for taker, row in self.given.items():
            yield from ((giver, taker, amount) for giver, amount in row.items() if amount)

    def _path(self, start: _Class) -> list[tuple[_Class, _Class]]:
        """Pairs from a taker with room back to `start`: flow is added to every other one, and taken from the rest."""
        reached: dict[_Class, _Class] = {}  # taker -> the giver that reached it
        through: dict[_Class, _Class | None] = {start: None}  # giver -> the taker that would give its flow back
        waiting = deque([start])
        while waiting:
            giver = waiting.popleft()
            for taker in self.takers[giver]:
                if taker in reached:
                    continue
                reached[taker] = giver
                if self.demand[taker]:
                    return _back(taker, reached, through)
                for other, amount in self.given[taker].items():
                    if amount and other not in through:
                        through[other] = taker
                        waiting.append(other)
        return []

    def _push(self, path: list[tuple[_Class, _Class]], amount: int) -> None:
        for index, (giver, taker) in enumerate(path):
            row = self.given[taker]
            row[giver] = row.get(giver, 0) + (-amount if index % 2 else amount)
        self.supply[path[-1][0]] -= amount
        self.demand[path[0][1]] -= amount


def _back(
    end: _Class, reached: dict[_Class, _Class], through: dict[_Class, _Class | None]
) -> list[tuple[_Class, _Class]]:
    path: list[tuple[_Class, _Class]] = []
    taker: _Class | None = end
    while taker is not None:
        giver = reached[taker]
        path.append((giver, taker))
        taker = through[giver]
        if taker is not None:
            path.append((giver, taker))
    return path

"""Which dates of two texts contradict each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bitext.checks.figures import Figures
from bitext.text.dates import DateMention

_MOST = 60
"""Beyond so many dates a side (calendars, time tables) nothing is compared: that cost grows by the square."""
_FEW = 6
"""In longer stretches with more dates a repeated one says little."""
_COARSE = frozenset({"date", "academic-year"})


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two dates of which neither has an answer on the other side, and the fields in which they differ."""

    source: DateMention
    target: DateMention
    fields: tuple[str, ...]


def contradictions(
    source: Figures, target: Figures, near: tuple[Sequence[Figures], Sequence[Figures]]
) -> list[Contradiction]:
    """Pairs of dates that should say the same and do not.

    A date that is only missing is none: news texts say "last Wednesday" for 11日 and leave out what is known.
    """
    if max(len(source.dates), len(target.dates)) > _MOST:
        return []
    free_source, free_target = unmatched(source.dates, target.dates)
    left = [mention for mention in free_source if not _answered(mention, target, near[1])]
    right = [mention for mention in free_target if not _answered(mention, source, near[0])]
    doubled_left = [mention for mention in free_source if mention not in left]
    doubled_right = [mention for mention in free_target if mention not in right]
    pairs = _paired(left, right)
    # A date said twice of which one mention was changed: the other mention still answers for both.
    used = {id(mention) for pair in pairs for mention in (pair.source, pair.target)}
    rest_left = [mention for mention in left if id(mention) not in used]
    rest_right = [mention for mention in right if id(mention) not in used]
    if max(len(source.dates), len(target.dates)) <= _FEW:
        pairs += [*_paired(rest_left, doubled_right), *_paired(doubled_left, rest_right)]
    if not pairs and len(free_source) == len(free_target) == 1 and free_source[0].fields and free_target[0].fields:
        # One each is left, whatever is said elsewhere: one stands in place of the other.
        pairs = [pair for pair in _paired(free_source, free_target) if _as_fine(pair)]
    if pairs:
        return pairs
    said = [{number.value for number in side.numbers} for side in (target, source)]
    kept = [
        [mention for mention in side.dates if mention.year not in values]
        for side, values in zip((source, target), said, strict=True)
    ]
    return _orphans(kept[0], kept[1])


def unmatched(left: Sequence[DateMention], right: Sequence[DateMention]) -> tuple[list[DateMention], list[DateMention]]:
    """What remains of either side when mentions that agree are matched one to one, those with most in common first."""
    pairs = []
    if len(left) <= _MOST and len(right) <= _MOST:
        pairs = [
            (-len(first.common(second)), abs(i * len(right) - j * len(left)), i, j)
            for i, first in enumerate(left)
            for j, second in enumerate(right)
            if first.agrees(second)
        ]
    used_left: set[int] = set()
    used_right: set[int] = set()
    for _, _, i, j in sorted(pairs):
        if i not in used_left and j not in used_right:
            used_left.add(i)
            used_right.add(j)
    return (
        [mention for i, mention in enumerate(left) if i not in used_left],
        [mention for j, mention in enumerate(right) if j not in used_right],
    )


def _answered(mention: DateMention, side: Figures, near: Sequence[Figures]) -> bool:
    """Whether the other side says the same date in another place, or its figures in another form."""
    if any(mention.agrees(other) for figures in (side, *near) for other in figures.dates):
        return True
    finest = mention.fields[-1][1] if mention.fields else None
    return any(value == finest for number in side.numbers for value in number.bounds)


def _paired(left: Sequence[DateMention], right: Sequence[DateMention]) -> list[Contradiction]:
    """Pairs of one kind that differ, those that have most in common first."""
    rows = []
    for i, first in enumerate(left):
        for j, second in enumerate(right):
            differing = first.differing(second)
            if differing and _one_kind(first, second):
                rows.append((len(differing) - len(first.common(second)), abs(i - j), i, j, differing))
    used: set[tuple[str, int]] = set()
    found = []
    for _, _, i, j, differing in sorted(rows):
        if ("left", i) not in used and ("right", j) not in used:
            used |= {("left", i), ("right", j)}
            found.append(Contradiction(left[i], right[j], differing))
    return found


def _orphans(left: Sequence[DateMention], right: Sequence[DateMention]) -> list[Contradiction]:
    """A value of one field that only one side has, against one that only the other has, all else being equal.

    It finds what matching hides: July 26 ... the 26th against May 26 ... the 26th agree one by one.
    """
    found = []
    for name in ("month", "year", "weekday"):
        values = [{getattr(mention, name) for mention in side} - {None} for side in (left, right)]
        alone = [values[0] - values[1], values[1] - values[0]]
        pairs = [
            Contradiction(first, second, (name,))
            for first in left
            for second in right
            if (getattr(first, name) in alone[0] or getattr(second, name) in alone[1])
            and first.differing(second) == (name,)
            and _sharing(
                first, second, name, both=getattr(first, name) in alone[0] and getattr(second, name) in alone[1]
            )
        ]
        found += pairs[:1]
    return found or _only_years(left, right)


def _only_years(left: Sequence[DateMention], right: Sequence[DateMention]) -> list[Contradiction]:
    """One year on either side, and not the same: 2021年1月1日至3月15日 against January 1 to March 15, 2020."""
    rows = [[mention for mention in side if mention.year is not None] for side in (left, right)]
    years = [{year for mention in side for year in (mention.year, mention.end_year) if year} for side in rows]
    if not (len(years[0]) == len(years[1]) == 1) or years[0] == years[1]:
        return []
    return [Contradiction(rows[0][0], rows[1][0], ("year",))]


def _sharing(first: DateMention, second: DateMention, name: str, *, both: bool) -> bool:
    """Whether enough else is equal: any field where the value is alone on `both` sides, the day where on one."""
    common = set(first.common(second)) - {name}
    return bool(common) if both else "day" in common and (name != "year" or "month" in common)


def _as_fine(pair: Contradiction) -> bool:
    """Whether both dates end in the same field: two days, two years."""
    return pair.source.fields[-1][0] == pair.target.fields[-1][0]


def _one_kind(first: DateMention, second: DateMention) -> bool:
    return first.kind == second.kind or {first.kind, second.kind} <= _COARSE

"""What the aligner gets wrong on hand-aligned documents: regions in which it differs from the gold, by kind."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from scripts.fit_data import Gold, Region

_EXAMPLES = 3
_SHOWN = 110


@dataclass(frozen=True, slots=True)
class Difference:
    """The smallest stretch between two points that both alignments pass through, within which they differ."""

    gold: Gold
    wanted: tuple[Region, ...]
    found: tuple[Region, ...]

    @property
    def kind(self) -> str:
        """What went wrong, in the words of the table."""
        wanted, found = any(map(_one_sided, self.wanted)), any(map(_one_sided, self.found))
        if wanted and not found:
            return "omission or addition taken into its neighbour"
        if found and not wanted:
            return "omission or addition that is none"
        if wanted:
            return "omission or addition in another place"
        more = len(self.found) - len(self.wanted)
        return "parted" if more > 0 else "joined" if more < 0 else "boundary shifted"


def _one_sided(region: Region) -> bool:
    return region[0] == region[1] or region[2] == region[3]


def differences(gold: Gold, found: Sequence[Region]) -> Iterator[Difference]:
    """The differences in order."""
    common = sorted(_points(gold.regions) & _points(found))
    for start, end in pairwise(common):
        wanted, got = (tuple(_between(rows, start, end)) for rows in (gold.regions, found))
        if wanted != got:
            yield Difference(gold, wanted, got)


def _points(rows: Sequence[Region]) -> set[tuple[int, int]]:
    return {(row[0], row[2]) for row in rows} | {(row[1], row[3]) for row in rows}


def _between(rows: Sequence[Region], start: tuple[int, int], end: tuple[int, int]) -> Iterator[Region]:
    for row in rows:
        if row[0] >= start[0] and row[1] <= end[0] and row[2] >= start[1] and row[3] <= end[1]:
            yield row


def table(found: Sequence[Difference], show: Callable[[str], None]) -> None:
    """Shows the number of regions of each kind and of the gold beads in them, the commonest shapes, and examples."""
    kinds: dict[str, list[Difference]] = defaultdict(list)
    for difference in found:
        kinds[difference.kind].append(difference)
    for kind, rows in sorted(kinds.items(), key=lambda pair: -len(pair[1])):
        show(f"{kind}: {len(rows)} regions with {sum(len(row.wanted) for row in rows)} gold beads")
        shapes = Counter(f"{_shapes(row.wanted)} read as {_shapes(row.found)}" for row in rows)
        show("    " + "; ".join(f"{shape} ({count})" for shape, count in shapes.most_common(4)))
        for row in sorted(rows, key=lambda row: sum(b - a for a, b, _, _ in row.wanted))[:_EXAMPLES]:
            for label, regions in (("gold ", row.wanted), ("found", row.found)):
                for source, target in _texts(row.gold, regions):
                    show(f"    {label}  {source}  |  {target}")
            show("")


def _shapes(regions: Sequence[Region]) -> str:
    return " + ".join(f"{b - a}-{d - c}" for a, b, c, d in regions)


def _texts(gold: Gold, regions: Sequence[Region]) -> Iterator[tuple[str, str]]:
    for a, b, c, d in regions:
        yield _short(gold.source[a:b]), _short(gold.target[c:d])


def _short(texts: Sequence[str]) -> str:
    room = _SHOWN // max(len(texts), 1)
    return " / ".join(text if len(text) <= room else f"{text[: room // 2]} … {text[-room // 2 :]}" for text in texts)

#!/usr/bin/env python
"""Fits the aligner's weights by maximum likelihood, calibrates its confidence and reports each set in cross-validation.

The likelihood is that of the gold beads under the log-linear model; where the gold names only regions (lines of several
sentences) it is that of all paths through their edges. Gaussian prior on the weights of standardised columns; folds are
groups of whole documents. Writes `src/bitext/align/weights/PROFILE.toml`.

    pip install --group fit
    python scripts/fit_aligner.py --profile accurate --write
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from bitext.align.aligner import RISK
from bitext.align.dictionary import dictionary
from bitext.align.encoders.packaged import packaged_encoder
from bitext.align.encoding import encoded
from bitext.align.features import FEATURES
from bitext.align.features.channels import channels
from bitext.align.features.learnt import learnt_channel
from bitext.align.features.resources import Resources
from bitext.align.grid import Grid, banded_grid
from bitext.align.learning import learn, meetings
from bitext.align.model import feature_names, feature_table
from bitext.align.search import NEVER, Lattice, posteriors
from bitext.align.shapes import SHAPES
from bitext.align.sides import Side, Sides

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts.fit_data import DATA, Gold, Region, digest, literary, news
from scripts.fit_errors import differences, table
from scripts.fit_lattice import beads, best_path
from scripts.fit_lattice import posteriors as sparse_posteriors

WEIGHTS = Path(__file__).resolve().parents[1] / "src" / "bitext" / "align" / "weights"
Doubles = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
BAND = 31
PRUNED = 1e-6
FOLDS = 6
LITERARY = 2.0
"""How often the six chapters of novels count, so that the news, of which there is more, does not drown them."""


@dataclass(slots=True)
class Task:
    """A document's beads as rows of columns: `cells` index the flattened (rows, width, shapes) of its own grid."""

    gold: Gold
    low: npt.NDArray[np.int64]
    width: int
    cells: npt.NDArray[np.int64]
    table: npt.NDArray[np.float32]
    allowed: Bools


def side(texts: Sequence[str], blocks: Sequence[int], kinds: Sequence[int]) -> Side:
    """One document's side."""
    count = len(texts)
    block = np.array(blocks or range(count), dtype=np.int64)
    zeros = np.zeros(count, dtype=np.int64)
    kind = np.array(kinds or zeros, dtype=np.int64)
    return Side(tuple(texts), block, kind, np.array([count]), zeros)


def sides_of(gold: Gold) -> Sides:
    return Sides(*map(side, (gold.source, gold.target), gold.blocks, gold.kinds))


def band(gold: Gold) -> tuple[npt.NDArray[np.int64], int]:
    """A band around the gold path, wide enough for all that competes with it; the whole for short documents."""
    width = min(BAND, len(gold.target) + 1)
    ends = [(0, 0), *((region[1], region[3]) for region in gold.regions)]
    centre = np.interp(np.arange(len(gold.source) + 1), *np.array(ends).T).round().astype(np.int64)
    low = np.clip(centre - width // 2, 0, len(gold.target) + 1 - width)
    return np.maximum.accumulate(low), width


def allowed_beads(gold: Gold, grid: Grid) -> Bools:
    """The beads of paths that keep to the gold, (rows, width, shapes)."""
    out = np.zeros((grid.rows, grid.width, len(SHAPES)), dtype=bool)
    for region in gold.regions:
        for i, j, shape in _inside(region, exact=gold.exact):
            column = j - int(grid.low[i])
            if 0 <= column < grid.width:
                out[i, column, shape] = True
    return out


def _inside(region: Region, *, exact: bool) -> Iterator[tuple[int, int, int]]:
    i0, i1, j0, j1 = region
    size = (i1 - i0, j1 - j0)
    if size in SHAPES and (exact or min(size) <= 1):
        yield i0, j0, SHAPES.index(size)
        return
    for shape, (a, b) in enumerate(SHAPES):
        if min(size) and not (a and b) and not exact:
            continue
        for i in range(i0, i1 - a + 1):
            for j in range(j0, j1 - b + 1):
                yield i, j, shape


def prepare(golds: Sequence[Gold], given: Resources, rough: Doubles | None, *, embed: bool, second: bool) -> list[Task]:
    """The tasks, their beads pruned to those that have a chance under the weights `rough`."""
    tasks = []
    encoder = packaged_encoder() if embed else None
    for gold in golds:
        sides = sides_of(gold)
        low, width = band(gold)
        grid = banded_grid([(len(gold.source), len(gold.target))], [low], width)
        here = replace(given, channels=channels(sides, given.lexicon))
        if encoder:
            here = encoded(sides, encoder, here)
        allowed = allowed_beads(gold, grid)
        valid = np.stack([grid.valid(a, b) for a, b in SHAPES], axis=2)
        table = feature_table(sides, grid, here)
        probability = None
        if rough is not None:
            probability = posterior(table, rough, valid, grid.lattice())
            if second:
                learnt = learn(sides, *meetings(grid, probability), given.lexicon)
                if learnt is not None:
                    added = {"learnt": learnt_channel(sides, learnt, given.lexicon)}
                    here = replace(here, channels={**here.channels, **added})
                table = feature_table(sides, grid, here)
        keep = valid.copy() if probability is None else valid & ((probability > PRUNED) | allowed)
        cells = np.flatnonzero(keep)
        flat = table.reshape(-1, table.shape[-1])[cells]
        tasks.append(Task(gold, low, width, cells, flat, allowed.reshape(-1)[cells]))
    return tasks


def posterior(table: npt.NDArray[np.float32], weights: Doubles, valid: Bools, lattice: Lattice) -> Doubles:
    """The posteriors of a document's beads under the weights."""
    scores = np.where(valid, table @ weights.astype(np.float32), NEVER)
    probability: Doubles = posteriors(scores[None], lattice)[0][0]
    return probability


class Objective:
    """Negative log-likelihood of many tasks and its gradient."""

    def __init__(self, tasks: Sequence[Task]) -> None:
        self.tasks = tasks
        self.regions = [_regions(task) for task in tasks]
        sizes = [(len(task.gold.source), len(task.gold.target)) for task in tasks]
        self.beads = beads(
            [(rows[:, [0, 2]], rows[:, [1, 3]], size) for rows, size in zip(self.regions, sizes, strict=True)]
        )
        self.table = np.concatenate([task.table for task in tasks])
        self.allowed = np.concatenate([task.allowed for task in tasks])
        self.owner = np.repeat(np.arange(len(tasks)), np.diff(self.beads.bounds))
        self.every = np.ones(len(self.owner), dtype=bool)

    def _posteriors(self, scores: Doubles, use: Bools) -> tuple[Doubles, Doubles]:
        b = self.beads
        out, total = sparse_posteriors(b.start, b.end, b.bounds, b.first, b.last, b.nodes, scores, use)
        return out, total

    def _loss(self, weights: Doubles) -> tuple[Doubles, Doubles, Bools]:
        """Each task's negative log-likelihood, each bead's surplus of probability, and which golds can be reached."""
        scores = (self.table @ weights.astype(np.float32)).astype(np.float64)
        every, total = self._posteriors(scores, self.every)
        right, gold = self._posteriors(scores, self.allowed)
        reachable = gold > NEVER / 2
        return np.where(reachable, total - gold, 0.0), every - right, reachable

    def __call__(self, weights: Doubles, share: Doubles) -> tuple[float, Doubles]:
        """The sum over tasks of share times the negative log-likelihood, and its gradient."""
        losses, surplus, reachable = self._loss(weights)
        surplus *= (share * reachable)[self.owner]
        gradient = self.table.T @ surplus.astype(np.float32)
        return float(losses @ share), gradient.astype(np.float64)

    def losses(self, weights: Doubles) -> Doubles:
        """The negative log-likelihood of each task."""
        return self._loss(weights)[0]

    def decode(self, weights: Doubles) -> dict[int, list[tuple[Region, float]]]:
        """The beads found for each task, with their posteriors."""
        scores = (self.table @ weights.astype(np.float32)).astype(np.float64)
        probability, _ = self._posteriors(scores, self.every)
        b, out = self.beads, {}
        for number, rows in enumerate(self.regions):
            part = slice(b.bounds[number], b.bounds[number + 1])
            worth = probability[part] - RISK
            path = best_path(b.start[part], b.end[part], b.first[number], b.last[number], b.nodes, worth)
            found = zip(rows[path].tolist(), probability[part][path].tolist(), strict=True)
            out[number] = [((i0, i1, j0, j1), p) for (i0, i1, j0, j1), p in found]
        return out


def _regions(task: Task) -> npt.NDArray[np.int64]:
    """The beads of a task as rows: first source segment, one past the last, and the same of the target."""
    place, shape = np.divmod(task.cells, len(SHAPES))
    row, column = np.divmod(place, task.width)
    size = np.array(SHAPES)[shape]
    target = task.low[row] + column
    return np.stack([row, row + size[:, 0], target, target + size[:, 1]], axis=1)


def fit(objective: Objective, share: Doubles, start: Doubles, scale: Doubles, prior: float, steps: int) -> Doubles:
    """Weights that maximise the likelihood with a Gaussian prior of precision `prior` on the standardised weights."""

    def loss(standard: Doubles) -> tuple[float, Doubles]:
        value, gradient = objective(standard / scale, share)
        return value + 0.5 * prior * float(standard @ standard), gradient / scale + prior * standard

    found = minimize(loss, start * scale, jac=True, method="L-BFGS-B", options={"maxiter": steps, "maxcor": 20})
    return np.asarray(found.x) / scale


def hits(gold: Gold, beads: Sequence[tuple[Region, float]]) -> tuple[int, int, int, int]:
    """Right and found beads, gold beads found and wanted (two-sided), by the strict count, lines counting as beads."""
    wanted = set(gold.regions)
    found = [region for region, _ in beads] if gold.exact else _lines(gold, beads)
    right = len(wanted & set(found))
    two_sided = {region for region in wanted if region[1] > region[0] and region[3] > region[2]}
    return right, len(found), len(two_sided & set(found)), len(two_sided)


def _lines(gold: Gold, beads: Sequence[tuple[Region, float]]) -> list[Region]:
    """The beads joined until both sides are at the end of a line."""
    ends = ({region[1] for region in gold.regions} | {0}, {region[3] for region in gold.regions} | {0})
    found: list[Region] = []
    start = (0, 0)
    for (_, i, _, j), _ in beads:
        if i in ends[0] and j in ends[1]:
            found.append((start[0], i, start[1], j))
            start = (i, j)
    return found


def report(tasks: Sequence[Task], found: dict[int, list[tuple[Region, float]]]) -> None:
    """Prints strict F1 by collection."""
    for collection in sorted({task.gold.collection for task in tasks}):
        counts = np.zeros(4)
        for index, task in enumerate(tasks):
            if task.gold.collection == collection and index in found:
                counts += hits(task.gold, found[index])
        precision, recall = counts[0] / max(counts[1], 1), counts[2] / max(counts[3], 1)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        print(f"  {collection:12} P {precision:.4f} R {recall:.4f} F1 {f1:.4f}  ({int(counts[3])} gold beads)")


def judged(tasks: Sequence[Task], found: dict[int, list[tuple[Region, float]]]) -> tuple[Doubles, Bools]:
    """Posterior of each found bead of two sides, and whether it is right; beads within latent regions are left out."""
    values: list[float] = []
    right: list[bool] = []
    for index, chosen in found.items():
        gold = tasks[index].gold
        wanted = set(gold.regions)
        for region, value in chosen:
            if not gold.exact and region not in wanted and _within(region, gold.regions):
                continue
            values.append(value)
            right.append(region in wanted)
    return np.array(values), np.array(right)


def _within(region: Region, regions: Sequence[Region]) -> bool:
    return any(
        r[0] <= region[0]
        and region[1] <= r[1]
        and r[2] <= region[2]
        and region[3] <= r[3]
        and min(r[1] - r[0], r[3] - r[2]) > 1
        for r in regions
    )


def calibrate(values: Doubles, right: Bools) -> tuple[float, float]:
    """Scale and offset of the logistic calibration, by maximum likelihood."""
    p = np.clip(values, 1e-9, 1 - 1e-9)
    logit = np.log(p / (1 - p))

    def loss(x: Doubles) -> float:
        z = x[0] * logit + x[1]
        return float(np.logaddexp(0, np.where(right, -z, z)).sum())

    found = minimize(loss, np.array([1.0, 0.0]), method="Nelder-Mead")
    return float(found.x[0]), float(found.x[1])


def reliability(values: Doubles, right: Bools, scale: float, offset: float) -> None:
    """Prints the reliability table and the expected calibration error."""
    p = np.clip(values, 1e-9, 1 - 1e-9)
    confidence = 1 / (1 + np.exp(-(scale * np.log(p / (1 - p)) + offset)))
    error = 0.0
    for low in np.arange(0, 1, 0.1):
        inside = (confidence >= low) & (confidence < low + 0.1 + 1e-9 * (low > 0.85))
        if inside.any():
            mean, share = float(confidence[inside].mean()), float(right[inside].mean())
            error += abs(mean - share) * inside.sum() / len(p)
            print(f"  {low:.1f}-{low + 0.1:.1f}  n {inside.sum():5}  confidence {mean:.3f}  right {share:.3f}")
    print(f"  expected calibration error {error:.4f}")


def write(profile: str, weights: Doubles, constants: tuple[float, float], data: str) -> None:
    """Writes the weights file, one table a feature; its signature is the digests of the data and of the numbers."""
    value = dict(zip(feature_names(), weights.tolist(), strict=True))
    out = ["", "[calibration]", f"scale = {constants[0]:.4f}", f"offset = {constants[1]:.4f}"]
    for feature, module in FEATURES.items():
        rows = [f"{name} = {value[name]:.5f}" for name in module.COLUMNS if abs(value[name]) > 5e-6]
        if rows:
            out += ["", f"[weights.{feature}]", *rows]
    body = "\n".join(out) + "\n"
    head = "# Weights of the sentence aligner, written by scripts/fit_aligner.py; not edited by hand.\n"
    signature = f'signature = "data-{data}-weights-{hashlib.sha256(body.encode()).hexdigest()[:12]}"\n'
    WEIGHTS.mkdir(exist_ok=True)
    (WEIGHTS / f"{profile}.toml").write_text(head + signature + body, encoding="utf-8", newline="\n")


def rough_weights(golds: Sequence[Gold], given: Resources, *, embed: bool) -> Doubles:
    """Weights from a small part of the data, for pruning."""
    exact, others = [g for g in golds if g.exact], [g for g in golds if not g.exact]
    few = exact[:2] + others[::12]
    tasks = prepare(few, given, None, embed=embed, second=False)
    scale = np.concatenate([task.table for task in tasks]).std(axis=0) + 1e-2
    return fit(Objective(tasks), np.ones(len(tasks)), np.zeros(len(scale)), scale, 10.0, 40)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--profile", choices=("accurate", "fast"), default="accurate")
    parser.add_argument("--prior", type=float, default=10.0, help="precision of the prior (default 10)")
    parser.add_argument("--every", type=int, default=4, help="use every n-th news document (default 4)")
    parser.add_argument("--steps", type=int, default=400)
    parser.add_argument("--without", action="append", default=[], help="leave a feature out (ablation)")
    parser.add_argument("--one-pass", action="store_true", help="without words learnt from the document")
    parser.add_argument("--errors", action="store_true", help="show what is wrong on the novels, by kind")
    parser.add_argument("--write", action="store_true", help="write the weights file")
    options = parser.parse_args()
    if not DATA.is_dir():
        print(f"The development sets are not at {DATA}; nothing was fitted.", file=sys.stderr)
        return 2
    for name in options.without:
        del FEATURES[name]
    began = time.monotonic()
    golds = [*literary(), *news(options.every)]
    given, embed = Resources(dictionary()), options.profile == "accurate"
    rough = rough_weights(golds, given, embed=embed)
    print(f"rough weights after {time.monotonic() - began:.0f} s", flush=True)
    tasks = prepare(golds, given, rough, embed=embed, second=not options.one_pass)
    scale = np.concatenate([task.table for task in tasks]).std(axis=0) + 1e-2
    objective = Objective(tasks)
    print(f"{len(tasks)} documents after {time.monotonic() - began:.0f} s", flush=True)
    share = np.array([LITERARY if task.gold.exact else 1.0 for task in tasks])
    weights = fit(objective, share, rough, scale, options.prior, options.steps)
    print(f"fitted after {time.monotonic() - began:.0f} s; on the training data:", flush=True)
    report(tasks, objective.decode(weights))
    crossed: dict[int, list[tuple[Region, float]]] = {}
    losses = np.zeros(len(tasks))
    for fold in range(FOLDS):
        held = np.arange(len(tasks)) % FOLDS == fold
        part = fit(objective, share * ~held, weights, scale, options.prior, options.steps // 2)
        found = objective.decode(part)
        crossed |= {index: found[index] for index in np.flatnonzero(held).tolist()}
        losses[held] = objective.losses(part)[held]
    novels = losses[[task.gold.exact for task in tasks]].sum()
    print(f"in cross-validation by document ({FOLDS} folds), after {time.monotonic() - began:.0f} s;")
    print(f"loss {losses.sum():.1f} nats, of which the novels have {novels:.1f}:")
    report(tasks, crossed)
    if options.errors:
        pairs = [(tasks[index].gold, [region for region, _ in rows]) for index, rows in sorted(crossed.items())]
        table([row for gold, rows in pairs if gold.exact for row in differences(gold, rows)], print)
    values, right = judged(tasks, crossed)
    constants = calibrate(values, right)
    print(f"calibration scale {constants[0]:.3f} offset {constants[1]:.3f}")
    reliability(values, right, *constants)
    if options.write:
        write(options.profile, weights, constants, digest(golds))
    return 0


if __name__ == "__main__":
    sys.exit(main())

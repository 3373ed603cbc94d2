#!/usr/bin/env python
"""Fits the aligner's weights by maximum likelihood, calibrates its confidence and reports each set in cross-validation.

The likelihood is that of the gold beads under the log-linear model; where the gold names only regions (lines of several
sentences) it is that of all paths through their edges. Gaussian prior on the weights of standardised columns; folds are
groups of whole documents. Writes `src/bitext/align/weights/PROFILE.toml`.

    python scripts/fit_aligner.py --profile accurate --write
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from bitext.align.aligner import RISK, group_vectors
from bitext.align.dictionary import dictionary
from bitext.align.encoders.packaged import packaged_encoder
from bitext.align.features import FEATURES
from bitext.align.features.resources import Resources, Vectors
from bitext.align.grid import Grid, banded_grid
from bitext.align.kinship import kin_words
from bitext.align.learning import learn, meetings
from bitext.align.model import feature_names, feature_table
from bitext.align.search import NEVER, Lattice, best_paths, posteriors
from bitext.align.shapes import SHAPES
from bitext.align.sides import Side, Sides
from fit_data import DATA, Gold, Region, digest, literary, news

WEIGHTS = Path(__file__).resolve().parents[1] / "src" / "bitext" / "align" / "weights"
Doubles = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Path3 = list[tuple[int, int, int]]
BAND = 31
PRUNED = 1e-6
FOLDS = 6


@dataclass(slots=True)
class Task:
    """A document's beads as rows of columns: `cells` index the flattened (rows, width, shapes) of its own grid."""

    gold: Gold
    low: npt.NDArray[np.int64]
    width: int
    cells: npt.NDArray[np.int64]
    table: npt.NDArray[np.float32]
    allowed: Bools


def side(texts: Sequence[str], blocks: Sequence[int]) -> Side:
    """One document's side."""
    count = len(texts)
    block = np.array(blocks or range(count), dtype=np.int64)
    zeros = np.zeros(count, dtype=np.int64)
    return Side(tuple(texts), block, zeros, np.array([count]), zeros)


def sides_of(gold: Gold) -> Sides:
    return Sides(side(gold.source, gold.blocks[0]), side(gold.target, gold.blocks[1]))


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
        here = given
        if encoder:
            vectors = Vectors(group_vectors(sides.source, encoder), group_vectors(sides.target, encoder))
            here = replace(given, vectors=vectors, kin=kin_words(sides, encoder, given.lexicon))
        allowed = allowed_beads(gold, grid)
        valid = np.stack([grid.valid(a, b) for a, b in SHAPES], axis=2)
        table = feature_table(sides, grid, here)
        probability = None
        if rough is not None:
            probability = posterior(table, rough, valid, grid.lattice())
            if second:
                here = replace(here, learnt=learn(sides, *meetings(grid, probability), given.lexicon))
                table = feature_table(sides, grid, here)
        keep = valid.copy() if probability is None else valid & ((probability > PRUNED) | allowed)
        cells = np.flatnonzero(keep)
        flat = table.reshape(-1, table.shape[-1])[cells]
        tasks.append(Task(gold, low, width, cells, flat, allowed.reshape(-1)[cells]))
    return tasks


def posterior(table: npt.NDArray[np.float32], weights: Doubles, valid: Bools, lattice: Lattice) -> Doubles:
    """Tempered posteriors: half the score, so that nothing with a chance is lost."""
    scores = np.where(valid, table @ weights.astype(np.float32), NEVER)
    return posteriors(scores[None], lattice)[0][0]


class Objective:
    """Negative log-likelihood of many tasks and its gradient, searched in batches of like size."""

    def __init__(self, tasks: Sequence[Task]) -> None:
        self.tasks = tasks
        order = sorted(range(len(tasks)), key=lambda k: (tasks[k].width, len(tasks[k].gold.source)))
        self.batches = [Batch([tasks[k] for k in part], part) for part in _runs(order, tasks)]

    def __call__(self, weights: Doubles, share: Doubles) -> tuple[float, Doubles]:
        """The sum over tasks of share times the negative log-likelihood, and its gradient."""
        total, gradient = 0.0, np.zeros_like(weights)
        for batch in self.batches:
            if share[batch.index].any():
                losses, part = batch.loss(weights, share[batch.index])
                total += float(losses @ share[batch.index])
                gradient += part
        return total, gradient

    def losses(self, weights: Doubles) -> Doubles:
        out = np.zeros(len(self.tasks))
        for batch in self.batches:
            out[batch.index] = batch.loss(weights, np.ones(len(batch.index)))[0]
        return out

    def decode(self, weights: Doubles) -> dict[int, list[tuple[Region, float]]]:
        """The beads found for each task, with their posteriors."""
        found: dict[int, list[tuple[Region, float]]] = {}
        for batch in self.batches:
            found |= batch.decode(weights)
        return found


def _runs(order: Sequence[int], tasks: Sequence[Task]) -> Iterator[list[int]]:
    batch: list[int] = []
    for k in order:
        if batch and (tasks[k].width != tasks[batch[0]].width or len(batch) >= 48):
            yield batch
            batch = []
        batch.append(k)
    yield batch


class Batch:
    """Tasks of one width, in one lattice."""

    def __init__(self, tasks: Sequence[Task], index: Sequence[int]) -> None:
        self.tasks, self.index = tasks, np.array(index)
        sizes = [(len(task.gold.source), len(task.gold.target)) for task in tasks]
        self.grid = banded_grid(sizes, [task.low for task in tasks], tasks[0].width)
        self.lattice = self.grid.lattice()
        layer = self.lattice.rows * self.lattice.width * len(SHAPES)
        self.cells = np.concatenate([task.cells + number * layer for number, task in enumerate(tasks)])
        self.table = np.concatenate([task.table for task in tasks])
        self.allowed = np.concatenate([task.allowed for task in tasks])
        self.owner = np.repeat(np.arange(len(tasks)), [len(task.cells) for task in tasks])
        self.shape = (len(tasks), self.lattice.rows, self.lattice.width, len(SHAPES))

    def _scores(self, values: npt.NDArray[np.float32]) -> Doubles:
        out = np.full(self.shape, NEVER)
        out.reshape(-1)[self.cells] = values
        return out

    def loss(self, weights: Doubles, share: Doubles) -> tuple[Doubles, Doubles]:
        values = self.table @ weights.astype(np.float32)
        every, total = posteriors(self._scores(values), self.lattice)
        right, gold = posteriors(self._scores(np.where(self.allowed, values, np.float32(NEVER))), self.lattice)
        reachable = gold > NEVER / 2
        difference = (every - right).reshape(-1)[self.cells] * (share * reachable)[self.owner]
        gradient = self.table.T @ difference.astype(np.float32)
        return np.where(reachable, total - gold, 0.0), gradient.astype(np.float64)

    def decode(self, weights: Doubles) -> dict[int, list[tuple[Region, float]]]:
        scores = self._scores(self.table @ weights.astype(np.float32))
        probability, _ = posteriors(scores, self.lattice)
        paths = best_paths(np.where(scores > NEVER / 2, probability - RISK, NEVER), self.lattice)
        out = {}
        for number, path in enumerate(paths):
            low = self.lattice.low[number]
            out[int(self.index[number])] = [
                (_region(i, int(low[i]) + k, shape), float(probability[number, i, k, shape])) for i, k, shape in path
            ]
        return out


def _region(i: int, j: int, shape: int) -> Region:
    a, b = SHAPES[shape]
    return i, i + a, j, j + b


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
    for index, beads in found.items():
        gold = tasks[index].gold
        wanted = set(gold.regions)
        for region, value in beads:
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


def write(profile: str, weights: Doubles, constants: tuple[float, float], signature: str) -> None:
    """Writes the weights file, one table a feature."""
    names = feature_names()
    value = dict(zip(names, weights.tolist(), strict=True))
    out = [
        "# Weights of the sentence aligner, written by scripts/fit_aligner.py; not edited by hand.",
        f'signature = "{signature}"',
        "",
        "[calibration]",
        f"scale = {constants[0]:.4f}",
        f"offset = {constants[1]:.4f}",
    ]
    for feature, module in FEATURES.items():
        rows = [f"{name} = {value[name]:.5f}" for name in module.COLUMNS if abs(value[name]) > 5e-6]
        if rows:
            out += ["", f"[weights.{feature}]", *rows]
    WEIGHTS.mkdir(exist_ok=True)
    (WEIGHTS / f"{profile}.toml").write_text("\n".join(out) + "\n", encoding="utf-8", newline="\n")


def rough_weights(golds: Sequence[Gold], given: Resources, *, embed: bool) -> Doubles:
    """Weights from a small part of the data, for pruning."""
    few = [gold for gold in golds if gold.collection == "mac-dev"][:2] + [
        g for g in golds if g.collection != "mac-dev"
    ][::12]
    tasks = prepare(few, given, None, embed=embed, second=False)
    scale = np.concatenate([task.table for task in tasks]).std(axis=0) + 1e-2
    return fit(Objective(tasks), np.ones(len(tasks)), np.zeros(len(scale)), scale, 10.0, 40)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--profile", choices=("accurate", "fast"), default="accurate")
    parser.add_argument("--prior", type=float, default=20.0, help="precision of the prior (default 20)")
    parser.add_argument("--every", type=int, default=4, help="use every n-th news document (default 4)")
    parser.add_argument("--steps", type=int, default=120)
    parser.add_argument("--without", action="append", default=[], help="leave a feature out (ablation)")
    parser.add_argument("--one-pass", action="store_true", help="without words learnt from the document")
    parser.add_argument("--write", action="store_true", help="write the weights file")
    options = parser.parse_args()
    if not DATA.is_dir():
        print(f"The development sets are not at {DATA}; nothing was fitted.", file=sys.stderr)
        return 2
    for name in options.without:
        del FEATURES[name]  # type: ignore[misc]
    began = time.monotonic()
    golds = [*literary(), *news(options.every)]
    given, embed = Resources(dictionary()), options.profile == "accurate"
    rough = rough_weights(golds, given, embed=embed)
    print(f"rough weights after {time.monotonic() - began:.0f} s", flush=True)
    tasks = prepare(golds, given, rough, embed=embed, second=not options.one_pass)
    scale = np.concatenate([task.table for task in tasks]).std(axis=0) + 1e-2
    objective = Objective(tasks)
    print(
        f"{len(tasks)} documents, {len(objective.batches)} batches after {time.monotonic() - began:.0f} s", flush=True
    )
    weights = fit(objective, np.ones(len(tasks)), rough, scale, options.prior, options.steps)
    print(f"fitted after {time.monotonic() - began:.0f} s; on the training data:", flush=True)
    report(tasks, objective.decode(weights))
    crossed: dict[int, list[tuple[Region, float]]] = {}
    losses = 0.0
    for fold in range(FOLDS):
        held = np.arange(len(tasks)) % FOLDS == fold
        part = fit(objective, (~held).astype(float), weights, scale, options.prior, options.steps // 4)
        found = objective.decode(part)
        crossed |= {index: found[index] for index in np.flatnonzero(held).tolist()}
        losses += float(objective.losses(part)[held].sum())
    print(
        f"in cross-validation by document ({FOLDS} folds), after {time.monotonic() - began:.0f} s; loss {losses:.1f}:"
    )
    report(tasks, crossed)
    values, right = judged(tasks, crossed)
    constants = calibrate(values, right)
    print(f"calibration scale {constants[0]:.3f} offset {constants[1]:.3f}")
    reliability(values, right, *constants)
    if options.write:
        write(options.profile, weights, constants, f"{digest(golds)}-{options.prior:g}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

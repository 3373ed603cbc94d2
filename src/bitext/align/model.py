"""The log-linear model: a weight for each column, read from the file that `scripts/fit_aligner.py` writes."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from bitext.align.calibration import UNCALIBRATED, Calibration
from bitext.align.features import COVERAGE, FEATURES
from bitext.align.features.column import Array
from bitext.align.features.coverage import column_names, coverage_groups
from bitext.align.features.parts import add_groups
from bitext.align.features.resources import Resources
from bitext.align.grid import Grid
from bitext.align.search import NEVER
from bitext.align.shapes import LARGEST_GROUP, SHAPES
from bitext.align.sides import Sides

Profile: TypeAlias = Literal["accurate", "fast"]


@dataclass(frozen=True, slots=True)
class Model:
    """Weights by column name; a column without one is not computed into the score. `signature` names the fit."""

    profile: Profile
    weights: dict[str, float]
    signature: str
    calibration: Calibration = UNCALIBRATED


@cache
def model(profile: Profile) -> Model:
    """The fitted model of a profile."""
    text = resources.files("bitext.align").joinpath("weights", f"{profile}.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    weights = {name: float(value) for group in table["weights"].values() for name, value in group.items()}
    calibration = Calibration(float(table["calibration"]["scale"]), float(table["calibration"]["offset"]))
    return Model(profile, weights, str(table["signature"]), calibration)


def bead_scores(
    model: Model, sides: Sides, grid: Grid, given: Resources, only: Collection[str] = tuple(FEATURES)
) -> Array:
    """The score of each bead at the cell where it begins, (rows, width, shapes); `NEVER` where it does not fit.

    `only` are the features that count.
    """
    out = np.zeros((len(SHAPES), grid.rows, grid.width), dtype=np.float32)
    rowwise, scratch = np.zeros((len(SHAPES), grid.rows, 1), dtype=np.float32), np.empty_like(out[0])
    for feature in (FEATURES[name] for name in only if name not in COVERAGE and name != "parts"):
        for name, shape, values in feature.columns(sides, grid, given):
            weight = np.float32(model.weights.get(name, 0.0))
            if weight and values.shape[1] == 1:
                rowwise[shape] += weight * values
            elif weight:
                out[shape] += np.multiply(values, weight, out=scratch)
    out += rowwise
    names = [channel for feature in only for channel in COVERAGE.get(feature, ()) if channel in given.channels]
    weights = [[model.weights.get(column, 0.0) for column in column_names(name)] for name in names]
    if names or ("parts" in only and given.parts):
        channels = [given.channels[name] for name in names]
        groups = coverage_groups(list(zip(channels, weights, strict=True)), grid)
        if "parts" in only:
            add_groups(groups, model.weights, sides, grid, given)
        groups.add_to(out, grid)
    room = (grid.target_ends[grid.document] - grid.low)[:, None] - np.arange(grid.width)
    outside = [room < b for b in range(LARGEST_GROUP + 1)]
    for shape, (a, b) in enumerate(SHAPES):
        out[shape, grid.source + a > grid.source_ends[grid.document]] = NEVER
        np.putmask(out[shape], outside[b], NEVER)
    return out.transpose(1, 2, 0)


def feature_names() -> tuple[str, ...]:
    """All columns in the order of their features."""
    return tuple(name for feature in FEATURES.values() for name in feature.COLUMNS)


def feature_table(sides: Sides, grid: Grid, given: Resources) -> npt.NDArray[np.float32]:
    """All columns of all beads for the fit, (rows, width, shapes, columns)."""
    names = {name: index for index, name in enumerate(feature_names())}
    out = np.zeros((grid.rows, grid.width, len(SHAPES), len(names)), dtype=np.float32)
    for feature in FEATURES.values():
        for name, shape, values in feature.columns(sides, grid, given):
            out[:, :, shape, names[name]] = values
    return out

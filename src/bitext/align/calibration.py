"""From the model's posterior to a confidence that can be taken at its word.

The posterior p becomes the logistic of `scale * logit(p) + offset` (Platt 1999); both constants are fitted in
cross-validation by `scripts/fit_aligner.py` and stored with the weights.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bitext.align.search import Doubles


@dataclass(frozen=True, slots=True)
class Calibration:
    """The constants; 1 and 0 leave probabilities as they are."""

    scale: float = 1.0
    offset: float = 0.0


UNCALIBRATED = Calibration()
"""Leaves probabilities as they are."""


def calibrated(probability: Doubles, calibration: Calibration) -> Doubles:
    """Confidence of beads of the given posterior probability, elementwise."""
    p = np.clip(probability, 1e-9, 1 - 1e-9)
    logit = np.log(p) - np.log1p(-p)
    out: Doubles = 1.0 / (1.0 + np.exp(-(calibration.scale * logit + calibration.offset)))
    return out

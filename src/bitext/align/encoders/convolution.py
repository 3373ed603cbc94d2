"""Convolution of token vectors over time with fewer products than its definition has (Toom and Cook, Winograd).

A convolution over n tokens gives m neighbouring outputs from m + n - 1 inputs. By definition that takes m * n
products of a vector with a matrix. Read as a product of polynomials, evaluated at m + n - 1 points and interpolated,
it takes m + n - 1 of them: the inputs are combined, each combination is multiplied by one combination of the matrices,
and the results are combined again. The combinations are a few additions a token; the products are what takes time.
With m = 4 and n = 2, 3, 5 that is 1.25, 1.5 and 2 products a token in place of 2, 3 and 5. The result is the same but
for rounding, which grows with m: about four times that of the definition for m = 4, in single precision.
"""

from __future__ import annotations

from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from bitext.align.encoders.scratch import Scratch

Floats: TypeAlias = npt.NDArray[np.float32]
Doubles: TypeAlias = npt.NDArray[np.float64]

_POINTS: Final = (1.0, 0.0, -1.0, 2.0, -2.0, 0.5, -0.5, 4.0)
"""Where the polynomials are evaluated, besides infinity; small ones first, since powers of large ones cost digits."""


class Convolution:
    """Gives `outputs` neighbouring outputs at a time of a convolution over `taps` tokens."""

    def __init__(self, weights: Floats, bias: Floats, outputs: int) -> None:
        """`weights` is (taps, channels, channels), the first for the leftmost token; `bias` is (channels,)."""
        self._taps, self._outputs = len(weights), outputs
        points = _POINTS[: outputs + self._taps - 2]
        evaluate_weights = _powers(points, self._taps)
        # Interpolation and evaluation turned round: what multiplies polynomials, transposed, convolves.
        self._mix = np.linalg.inv(_powers(points, outputs + self._taps - 1)).T.astype(np.float32)
        self._unmix = _powers(points, outputs).T.astype(np.float32)
        self._weights: Floats = np.tensordot(evaluate_weights.astype(np.float32), weights, axes=1)
        self._bias = bias

    def __call__(self, inputs: Floats, out: Floats, scratch: Scratch) -> None:
        """Into `out`, (texts, tokens, channels), from `inputs`, (texts, tokens + taps - 1, channels).

        Output t is that of the window of inputs t, ... t + taps - 1. `tokens` is a multiple of `outputs`.
        """
        texts, tokens, channels = out.shape
        points, runs = len(self._mix), tokens // self._outputs
        mixed = scratch.array("mixed", texts, runs, points, channels)
        products = scratch.array("products", texts, runs, points, channels)
        windows = np.lib.stride_tricks.sliding_window_view(inputs, points, axis=1)[:, :: self._outputs]
        np.matmul(self._mix, windows.swapaxes(2, 3), out=mixed)
        by_point = [array.reshape(-1, points, channels).swapaxes(0, 1) for array in (mixed, products)]
        np.matmul(by_point[0], self._weights, out=by_point[1])
        # All powers of the first point, one, are one: what is added there is added to every output.
        products[:, :, 0] += self._bias
        blocks = (texts, runs, self._outputs, channels)
        strides = (out.strides[0], out.strides[1] * self._outputs, *out.strides[1:])
        view = np.lib.stride_tricks.as_strided(out, blocks, strides)
        np.matmul(self._unmix, products, out=view)


def _powers(points: tuple[float, ...], count: int) -> Doubles:
    """Rows 1, p, p ** 2 ... of each point, and of infinity, where only the highest power counts."""
    rows = np.array(points)[:, None] ** np.arange(count)
    return np.concatenate([rows, np.eye(count)[-1:]])

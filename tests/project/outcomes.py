"""Outcomes of any shape, from the annotations of the model."""

import sys
from dataclasses import is_dataclass
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from bitext.model import findings
from bitext.model.documents import Span
from bitext.model.findings import Outcome

PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    # Paths of files may hold bytes that are no text: Python keeps them as lone surrogates.
    str: st.text(st.sampled_from('ab\n\0"\\,中😀\udc80\ud83d\ude00'), max_size=4),
    int: st.integers(-(2**70), 2**70),
    float: st.floats(allow_nan=False, allow_infinity=False),
    bool: st.booleans(),
    NoneType: st.none(),
}
SPANS = st.tuples(st.integers(0, 99), st.integers(0, 99)).map(lambda ends: Span(min(ends), max(ends)))


def values(kind: Any) -> st.SearchStrategy[Any]:  # noqa: PLR0911
    """Values of the annotated type `kind`."""
    origin, arguments = get_origin(kind), get_args(kind)
    if kind in PLAIN:
        return PLAIN[kind]
    if origin is Literal:
        return st.sampled_from(arguments)
    if origin in (Union, UnionType):
        return st.one_of([values(argument) for argument in arguments])
    if origin is tuple and arguments[1:] == (Ellipsis,):
        return st.lists(values(arguments[0]), max_size=2).map(tuple)
    if origin is tuple:
        return st.tuples(*map(values, arguments))
    if kind is range:
        return st.builds(range, st.integers(0, 9), st.integers(0, 9))
    if kind is Span:
        return SPANS
    if isinstance(kind, type) and is_dataclass(kind):
        hints = get_type_hints(kind, localns={"Message": findings.Message})
        return st.builds(kind, **{name: values(hint) for name, hint in hints.items()})
    assert issubclass(kind, Enum), sys.modules[kind.__module__]
    return st.sampled_from(list(kind))


outcomes: st.SearchStrategy[Outcome] = values(Outcome)

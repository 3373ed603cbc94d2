"""Translation memories with inline codes as the XML formats can hold them, made at random."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from bitext.formats.bitexts.inline import is_mark
from bitext.formats.xml_write import FORBIDDEN
from bitext.model.documents import Span
from bitext.model.memory import Code, Content, Entry, Header, TranslationMemory

AWKWARD = "\"'\t\n\r ,;<>&]>{}#\u0301\u200b\u00a0\u2028\u0085\ufeff\ufffd\x7f\x9f\U00020000\U0001f600中文。“”é"
LANGUAGES = (("zh", "en"), ("zh-CN", "en-US"), ("en-GB", "zh-Hant-TW"), ("fr", "de-DE"), ("zh-CN", "zh-TW"))
STATES = (
    "",
    "new",
    "initial",
    "translated",
    "needs-review-translation",
    "reviewed",
    "signed-off",
    "final",
    "x-a",
    "待 审",
)
TYPES = ("", "bold", "x-b", "image", "fmt", "fmt xlf:b", "a b:c", "字")
MARKS = ("mark", "mark:term", "mark:comment", "mark:protected", "mark:seg", "mark:a:b", "mark:x y")


def texts(least: int = 0) -> st.SearchStrategy[str]:
    """Texts of all that XML can hold and of what writers of XML stumble over."""
    anything = st.characters(codec="utf-8", exclude_categories=["Cs"]).filter(lambda char: not FORBIDDEN.match(char))
    return st.text(anything | st.sampled_from(AWKWARD), min_size=least, max_size=10)


ATTRIBUTES = st.lists(
    st.tuples(
        st.sampled_from(["equiv-text", "disp", "canDelete", "translate", "{urn:a b}c", "{urn:a}c", "x y", "dispEnd"]),
        st.sampled_from(["", "yes", "no", 'a&"<\n', "字"]),
    ),
    max_size=2,
).map(tuple)


@st.composite
def codes(draw: st.DrawFn, length: int) -> tuple[Code, ...]:
    """Codes in a text of `length`: pairs (crossing ones too), lone ones, those that stand alone, and marks."""
    made: list[Code] = []
    for number in range(draw(st.integers(0, 4))):
        kind = draw(st.sampled_from(["pair", "open", "close", "alone", "mark"]))
        places = sorted((draw(st.integers(0, length)), draw(st.integers(0, length))))
        data, type_, name = draw(texts()), draw(st.sampled_from(TYPES)), f"{kind[0]}{number}"
        if kind == "pair":
            made.append(Code(places[0], "open", name, data, type_, attributes=draw(ATTRIBUTES)))
            made.append(Code(places[1], "close", name, draw(texts()), attributes=draw(ATTRIBUTES)))
        elif kind == "mark":
            mark = draw(st.sampled_from(MARKS))
            made.append(Code(places[0], "open", name, data, mark, attributes=draw(ATTRIBUTES)))
            made.append(Code(places[1], "close", name, "", mark))
        else:
            made.append(Code(places[0], kind, name, data, type_, attributes=draw(ATTRIBUTES)))  # type: ignore[arg-type]
    return tuple(sorted(made, key=lambda code: code.offset))


def with_subflows(code: Code) -> Code:
    """`code` with the middle of its data as a text of its own."""
    third = len(code.data) // 3
    flows = (Span(third, len(code.data) - third),) if third and not is_mark(code.type) else ()
    return replace(code, subflows=flows)


@st.composite
def contents(draw: st.DrawFn, *, subflows: bool) -> Content:
    """A text with its codes."""
    text = draw(texts())
    made = draw(codes(len(text)))
    return Content(text, tuple(map(with_subflows, made)) if subflows else made)


@st.composite
def entries(draw: st.DrawFn, number: int, prefixes: tuple[str, ...], *, subflows: bool) -> Entry:
    """An entry with at least one side; names of its properties have the `prefixes`, in this order."""
    side = contents(subflows=subflows)
    source, target = draw(st.sampled_from([(True, True), (True, False), (False, True)]))
    absent = ("" if source else "source:", "" if target else "target:")
    told = [prefix for prefix in prefixes if not prefix.startswith(tuple(filter(None, absent)))]
    names = [f"{prefix}{draw(texts(1))}" for prefix in told for _ in range(draw(st.integers(0, 1)))]
    return Entry(
        draw(texts(1)) + str(number),
        draw(side) if source else None,
        draw(side) if target else None,
        draw(st.sampled_from(STATES)),
        tuple(draw(st.lists(texts(), max_size=2))),
        tuple((name, draw(texts())) for name in names),
        draw(st.none() | st.floats(0, 1)),
    )


@st.composite
def memories(draw: st.DrawFn, prefixes: tuple[str, ...] = ("p",), *, subflows: bool = False) -> TranslationMemory:
    """A memory with everything that may be known of it."""
    source, target = draw(st.sampled_from(LANGUAGES))
    header = Header(
        source,
        target,
        draw(st.sampled_from(["sentence", "paragraph", "phrase", "block"])),
        draw(texts()),
        draw(texts()),
        tuple(draw(st.lists(texts(), max_size=2))),
        tuple(draw(st.lists(st.tuples(texts(1).map("p".__add__), texts()), max_size=2))),
    )
    count = draw(st.integers(0, 3))
    rows = tuple(draw(entries(number, prefixes, subflows=subflows)) for number in range(count))
    return TranslationMemory(header, rows)

"""Reports made of any text at all, and what the outputs of one are expected to say."""

import unicodedata
from dataclasses import dataclass, replace

from hypothesis import strategies as st
from tests.report.samples import page

from bitext.model.alignment import Bead, Bitext, Side, TranslationUnit
from bitext.model.documents import SegmentedDocument, Span
from bitext.model.findings import Acceptance, Edit, Failure, Finding, Item, Mark, Message, Report, Severity

ATTACKS = (
    "::error file=x::y",
    "%0A::set-output name=a::b",
    "##[error]x",
    "]]>",
    "<script>alert(1)</script>",
    "</details>",
    "&amp; &#65;",
    "| a | b |",
    "`code` ``more``",
    "[link](http://evil.example)",
    "![picture](http://evil.example/x.png)",
    "@somebody #12 GH-7",
    "http://evil.example www.evil.example mailto:a@b.example",
    "*b* _i_ ~~s~~ $x$",
    "{0} {{1}}",
    "\\[\\]",
    "\x1b[31mred\x1b[0m",
    "\x00\x08\x7f\x85",
    "line\r\nbreak\nand\u2028more",
    "\ufffe\uffff",
    "\U00020bb7野家",
    "a,b:c=d",
    "# heading",
    "- item",
    "--- ===",
    "\"quoted\" 'twice'",
)
TEXTS = (
    st.sampled_from(ATTACKS)
    | st.text(max_size=30)
    | st.tuples(st.sampled_from(ATTACKS), st.text(max_size=9)).map("".join)
)
"""Never lone surrogates: what is decoded has none."""
NAMES = st.text(st.characters(exclude_characters="/\\", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)


@dataclass(frozen=True)
class Case:
    """A report with one error of each state, all of whose texts are `term`, `better` and `reason`."""

    report: Report
    term: str
    better: str
    reason: str

    @property
    def message(self) -> str:
        return f"“{self.term}” is deprecated. Write “{self.better}”."


def marked(page: SegmentedDocument, side: Side, before: str, words: str) -> Mark:
    start = page.document.blocks[1].span.start + len(before)
    return Mark(side, Span(start, start + len(words)), words)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    term, better, reason, name = draw(TEXTS), draw(TEXTS), draw(TEXTS), draw(NAMES)
    words = "".join(" " if unicodedata.category(ch) == "Cc" else ch for ch in term) or "-"
    chinese = page(f"news/{name}.zh.md", "zh", [["标题"], [f"他说{words}。"]])
    english = page(f"news/{name}.en.md", "en", [["Title"], [f"He said {words} there."]])
    source, target = marked(chinese, "source", "他说", words), marked(english, "target", "He said ", words)
    finding = Finding(
        "term-deprecated",
        Message.of("rules.term-deprecated.found", term=term, preferred=better),
        Severity.ERROR,
        1,
        source,
        target,
        edit=Edit("target", target.span, better),
        suggestion=better,
        fingerprint="00000000000000ff",
    )
    waived = replace(finding, accepted=Acceptance(reason))
    units = tuple(
        TranslationUnit(
            n,
            chinese.span(range(n, n + 1)),
            english.span(range(n, n + 1)),
            Bead(range(n, n + 1), range(n, n + 1), 0.99),
        )
        for n in range(2)
    )
    failure = Failure((f"news/{name}.md",), Message.of("errors.output.unwritable", reason=reason))
    report = Report((Item(Bitext(chinese, english, units)),), (finding,), (waived,), (finding,), (failure,))
    return Case(report, term, better, reason)


def flat(text: str) -> str:
    """`text` less what one line has no room for, and less what is not seen."""
    kinds = ((unicodedata.category(ch), ch) for ch in text)
    return " ".join("".join(" " if kind in {"Cc", "Zl", "Zp"} else ch for kind, ch in kinds if kind != "Cf").split())


def in_xml(text: str) -> str:
    """`text` as XML can hold it."""
    return "".join(ch if ch in "\t\n\r" or (ch >= " " and ch not in "\ufffe\uffff") else "\ufffd" for ch in text)

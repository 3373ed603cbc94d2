"""A comment in a page waives for its block, or for the next one where it stands between two."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bitext.formats.detect import read_document
from bitext.model.documents import Document, Waiver

COMMENT = "<!-- bitext-ignore term-missing: client's wording -->"


def page(text: str, path: str) -> Document:
    return read_document(text.encode(), path, "en")


def waived(text: str, path: str) -> list[str | None]:
    document = page(text, path)
    return [None if waiver.span is None else document.slice(waiver.span) for waiver in document.waivers]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"<p>First one.</p>{COMMENT}<p>Second one.</p>", "Second one."),
        (f"<p>First one.</p><p>{COMMENT}Second one.</p>", "Second one."),
        (f"<p>First {COMMENT} one.</p><p>Second one.</p>", "First one."),
        (f"<p>First one. {COMMENT}</p><p>Second one.</p>", "First one."),
        (f"<p>First <b>one.</b> {COMMENT}</p><p>Second one.</p>", "First one."),
        (f"<p>First one.<br><br>{COMMENT}Second one.</p>", "Second one."),
        (f"{COMMENT}<p>First one.</p><p>Second one.</p>", "First one."),
        (f"<p>First one.</p><p>Second one.</p>{COMMENT}", ""),
        (f"<p>One.</p><script>var a = '{COMMENT}'; {COMMENT}</script><p>Two.</p>", None),
        (f"<p>One.</p><p title='{COMMENT}'>Two.</p>", None),
    ],
)
def test_the_block_of_a_comment_in_html(text: str, expected: str | None) -> None:
    assert waived(text, "a.html") == ([] if expected is None else [expected])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"First one.\n\n{COMMENT}\n\nSecond one.\n", "Second one."),
        (f"First one.\n\n{COMMENT}\nSecond one.\n", "Second one."),
        (f"First {COMMENT} one.\n\nSecond one.\n", "First one."),
        (f"First one. {COMMENT}\n\nSecond one.\n", "First one."),
        (f"# First one {COMMENT}\n\nSecond one.\n", "First one"),
        (f"First one.\n{COMMENT}\nSecond one.\n", "Second one."),
        (f"- First one.\n- {COMMENT} \n  Second one.\n", "Second one."),
        (f"---\ntitle: A\n---\n\n{COMMENT}\n\nFirst one.\n", "First one."),
        (f"First one.\n\n`{COMMENT}`\n\nSecond one.\n", None),
        (f"First one.\n\n```\n{COMMENT}\n```\n\nSecond one.\n", None),
    ],
)
def test_the_block_of_a_comment_in_markdown(text: str, expected: str | None) -> None:
    assert waived(f"{text}\nThird one.\n", "a.md") == ([] if expected is None else [expected])


def test_plain_text_has_no_waivers() -> None:
    assert page(f"First one.\n\n{COMMENT}\n\nSecond one.\n", "a.txt").waivers == ()


@pytest.mark.parametrize(
    ("comment", "rules", "reason"),
    [
        ("<!-- bitext-ignore term-missing: a reason -->", ("term-missing",), "a reason"),
        ("<!--bitext-ignore term-missing:a reason-->", ("term-missing",), "a reason"),
        (
            "<!-- bitext-ignore term-missing, number-mismatch: two: rules -->",
            *(("term-missing", "number-mismatch"), "two: rules"),
        ),
        ("<!-- bitext-ignore term-missing、term-case：引用原文 -->", ("term-missing", "term-case"), "引用原文"),
        ("<!--\n  bitext-ignore term-missing:\n  a long\n  reason\n-->", ("term-missing",), "a long reason"),
        ("<!-- bitext-ignore term-missing -->", ("term-missing",), ""),
        ("<!-- bitext-ignore term-missing: -->", ("term-missing",), ""),
        ("<!-- bitext-ignore: no rule -->", (), "no rule"),
        ("<!-- bitext-ignore -->", (), ""),
        ("<!-- bitext-ignore term-missing(ascend-class): a reason -->", ("term-missing(ascend-class)",), "a reason"),
        (
            "<!-- bitext-ignore term-missing (腾飞 班), term-case（sziit）：引用 -->",
            *(("term-missing(腾飞 班)", "term-case(sziit)"), "引用"),
        ),
        ("<!-- bitext-ignore term-missing(): a reason -->", ("term-missing",), "a reason"),
    ],
)
def test_what_a_comment_says(comment: str, rules: tuple[str, ...], reason: str) -> None:
    for path in ("a.html", "a.md"):
        (waiver,) = page(f"<p>One.</p>\n\n{comment}\n\n<p>Two.</p>\n\nThree.", path).waivers
        assert (waiver.rules, waiver.reason, waiver.line) == (rules, reason, 3)


@pytest.mark.parametrize("comment", ["<!-- bitext-ignored x: y -->", "<!-- see bitext-ignore x: y -->", "<!-- x -->"])
def test_other_comments_are_none_of_ours(comment: str) -> None:
    assert page(f"<p>One.</p>{comment}<p>Two.</p>", "a.html").waivers == ()


def test_a_waiver_of_the_whole_page_has_no_block() -> None:
    text = "<html><head><!-- bitext-ignore-file term-case: brand --></head><body><p>One.</p></body></html>"
    assert page(text, "a.html").waivers == (Waiver(("term-case",), "brand", None, 1),)


@given(st.lists(st.sampled_from([COMMENT, "<p>", "</p>", "Text. ", "<br>", "\n\n", "![a b](c.png)", "<!--", "- "])))
def test_comments_change_nothing_else_and_each_is_for_a_block_or_for_nothing(parts: list[str]) -> None:
    text = "Start here.\n\n" + "".join(parts)
    for path in ("a.html", "a.md"):
        document = page(text, path)
        spans = {block.span for block in document.blocks}
        for waiver in document.waivers:
            assert waiver.span is not None
            assert waiver.span in spans or len(waiver.span) == 0


MDX = "{/* bitext-ignore term-missing: client's wording */}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"First one.\n\n{MDX}\n\nSecond one.\n", "Second one."),
        ("First one.\n\n{ /* bitext-ignore term-missing:\n client's */ }\n\nSecond one.\n", "Second one."),
        (f"First {MDX} one.\n\nSecond one.\n", "First one."),
        (f"---\ntitle: A\n---\n\n<Card>\n\n{MDX}\n\nFirst one.\n\n</Card>\n", "First one."),
        (f"First one.\n\n```jsx\n{MDX}\n```\n\nSecond one.\n", None),
        (f"First one.\n\n````md\n```\n{MDX}\n````\n\nSecond one.\n", None),
        ("First one.\n\n{/* bitext-ignored: not ours */}\n\nSecond one.\n", None),
    ],
)
def test_the_block_of_a_comment_in_mdx(text: str, expected: str | None) -> None:
    assert waived(f"{text}\nThird one.\n", "a.mdx") == ([] if expected is None else [expected])


def test_a_comment_in_mdx_tells_its_line_and_reason_and_counts_for_nothing_in_markdown() -> None:
    text = f"---\ntitle: A\n---\n\nFirst one.\n\n{MDX}\nSecond one.\n"
    (found,) = page(text, "a.mdx").waivers
    assert (found.rules, found.reason, found.line) == (("term-missing",), "client's wording", 7)
    assert page(text, "a.md").waivers == ()

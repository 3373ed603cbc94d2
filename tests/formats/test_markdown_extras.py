"""What site generators add to Markdown: titles of containers keep their places, comments of MDX are no text."""

import pytest

from bitext.formats.detect import read_document
from bitext.model.documents import BlockKind, Position

TITLES = (
    (":::tip My title", 8),
    (":::note[My title]", 9),
    ("::: details My title", 13),
    ("  :::warning My title {#id}", 14),
    ("::::danger [My title]", 13),
)


@pytest.mark.parametrize(("line", "column"), TITLES)
def test_the_title_of_a_container_is_a_heading_where_it_stands(line: str, column: int) -> None:
    document = read_document(f"Before.\n{line}\nInside.\n:::\n".encode(), "a.md", "en")
    texts = [(block.kind, document.slice(block.span)) for block in document.blocks]
    assert texts == [
        (BlockKind.PARAGRAPH, "Before."),
        (BlockKind.HEADING, "My title"),
        (BlockKind.PARAGRAPH, "Inside."),
    ]
    assert document.position(document.text.index("My title")) == Position(2, column)


@pytest.mark.parametrize("line", [":::", ":::tip", "::: {.note}", ":::note{title}", ":::tip[]", "::: tip "])
def test_a_container_without_a_title_gives_no_heading(line: str) -> None:
    document = read_document(f"Before.\n\n{line}\n\nInside.\n".encode(), "a.md", "en")
    assert document.text == "Before.\nInside."


def test_comments_of_mdx_are_no_text_and_all_else_keeps_its_place() -> None:
    source = "One {/* a */}two.\n\n{/* b\n\nc */}\n\nThree.\n"
    document = read_document(source.encode(), "a.mdx", "en")
    assert document.text == "One two.\nThree."
    assert document.position(document.text.index("two")) == Position(1, 14)
    assert document.position(document.text.index("Three")) == Position(7, 1)
    assert "{/* a */}" in read_document(source.encode(), "a.md", "en").text


def test_the_summary_is_about_the_text_and_is_the_text_where_there_is_no_other() -> None:
    front = "---\ntitle: T\ndescription: What it says.\n---\n"
    kinds = [block.kind for block in read_document(f"{front}\nText.\n".encode(), "a.md", "en").blocks]
    assert kinds == [BlockKind.TITLE, BlockKind.METADATA, BlockKind.PARAGRAPH]
    kinds = [block.kind for block in read_document(front.encode(), "a.md", "en").blocks]
    assert kinds == [BlockKind.TITLE, BlockKind.PARAGRAPH]


SHOWN = """Some text.

<!-- prettier-ignore -->
<code src="./demo/basic.tsx">Basic</code>
<code src="./demo/dot.tsx" debug>Red **badge**</code>

Call <code>x()</code> and <code class="y">z</code> here, see <code src="./demo/x.tsx" /> this.

<code src="./demo/open.tsx">Not closed
"""


def test_titles_of_programs_that_a_page_shows_are_blocks_of_their_own() -> None:
    document = read_document(SHOWN.encode(), "a.md", "en")
    assert [(block.kind, document.slice(block.span)) for block in document.blocks] == [
        (BlockKind.PARAGRAPH, "Some text."),
        (BlockKind.CAPTION, "Basic"),
        (BlockKind.CAPTION, "Red badge"),
        (BlockKind.PARAGRAPH, "Call x() and z here, see this."),
        (BlockKind.CAPTION, "Not closed"),
    ]

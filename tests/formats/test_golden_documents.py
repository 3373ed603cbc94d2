"""What is read of an item in each format: `python -m tests.formats.test_golden_documents` makes the golden files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.formats.test_docx import expanded
from tests.formats.word import word

from bitext.formats.detect import read_document
from bitext.formats.documents.interleaved import part
from bitext.model.documents import Document

FOLDER = Path(__file__).parents[1] / "cases/formats/golden"
STYLES = '<w:style w:type="paragraph" w:styleId="a"><w:name w:val="Title"/></w:style>'
NOTES = '<w:footnote w:id="2">P(脚注的话。)</w:footnote>'


def documents() -> Iterator[tuple[str, Document]]:
    """The name of each golden file, and the document that it lists."""
    yield "news.zh.html.tsv", read_document((FOLDER / "news.zh.html").read_bytes(), "news.zh.html")
    scrap = (FOLDER / "news.docx.xml").read_text("utf-8").replace("\n", "")
    yield "news.docx.tsv", read_document(word(expanded(scrap), STYLES, expanded(NOTES)), "news.docx")
    # LibreOffice 7.4 made it: soffice --headless --convert-to docx libreoffice.fodt
    yield "libreoffice.docx.tsv", read_document((FOLDER / "libreoffice.docx").read_bytes(), "libreoffice.docx", "en")
    both = part(read_document((FOLDER / "both.md").read_bytes(), "both.md", "en", both=True))
    yield "both.md.zh.tsv", both.source
    yield "both.md.en.tsv", both.target


def listed(document: Document) -> str:
    """A line for each block: kind, line or paragraph, column, text."""
    rows = [f"{document.language}\t{document.date}\t{document.origins.unit}"]
    for block in document.blocks:
        place = document.position(block.span.start)
        rows.append(f"{block.kind.value}\t{place.line}\t{place.column}\t{document.slice(block.span)}")
    return "".join(f"{row}\n" for row in rows)


def test_each_format_is_read_as_the_golden_files_say() -> None:
    for name, document in documents():
        assert listed(document) == (FOLDER / name).read_text("utf-8"), name


if __name__ == "__main__":
    for name, document in documents():
        (FOLDER / name).write_text(listed(document), encoding="utf-8", newline="\n")

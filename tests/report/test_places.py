"""Places: ends just after the last character, columns in the units that an output declares."""

from hypothesis import given
from hypothesis import strategies as st
from tests.report.samples import CHINESE, ENGLISH, MARKS, file_text

from bitext.model.documents import Block, Document, OriginRun, Origins, Position, Span
from bitext.report.places import Place, Region, counted_region, region, verbatim
from bitext.report.sources import Source, Sources, unread

SOURCES = Sources(file_text)


@given(st.text(max_size=40).map(lambda text: text * 60), st.integers(0, 2400), st.sampled_from(["utf-8", "utf-16-le"]))
def test_code_units_before_a_character_are_those_of_the_text_before_it(text: str, offset: int, unit: str) -> None:
    units = len(text[:offset].encode(unit)) // (2 if unit == "utf-16-le" else 1)
    assert Source(text).before(offset, unit) == units  # type: ignore[arg-type]


def words(page: Document, text: str) -> Place:
    start = page.text.index(text)
    return Place(page, Span(start, start + len(text)))


def test_an_end_is_just_after_the_last_character() -> None:
    place = words(ENGLISH.document, "Ascend (Tengfei) class")
    assert region(place) == Region(Position(2, 154), Position(2, 176))


def test_columns_are_counted_in_the_units_asked_for() -> None:
    place = words(CHINESE.document, "腾飞班")
    line = next(line for line in (file_text(CHINESE.document.path) or "").split("\n") if "腾飞班" in line)
    before, inside = line[: line.index("腾飞班")], "腾飞班"
    for unit, width in (("utf-8", 1), ("utf-16-le", 2)):
        found = counted_region(place, SOURCES, unit)  # type: ignore[arg-type]
        assert found is not None
        assert found.start.column == len(before.encode(unit)) // width + 1
        assert found.end.column - found.start.column == len(inside.encode(unit)) // width
    assert MARKS in before


def test_without_the_file_there_are_lines_and_no_counted_columns() -> None:
    place = words(ENGLISH.document, "Tencent")
    assert counted_region(place, Sources(unread), "utf-16-le") is None
    assert region(place) is not None


def marked_up() -> tuple[Document, str]:
    """`A &amp; <b>B</b> c` as a reader of HTML sees it."""
    file = "A &amp; <b>B</b> c"
    runs = (OriginRun(0, 0, 2), OriginRun(2, 2, 5), OriginRun(3, 7, 1), OriginRun(4, 11, 1), OriginRun(5, 16, 2))
    return Document("a.html", "en", "A & B c", (Block(Span(0, 7)),), Origins(runs)), file


def test_an_end_is_before_the_markup_that_follows_and_after_a_whole_reference() -> None:
    document, file = marked_up()
    ends = {text: region(words(document, text)) for text in ("B", "&", "A & B", "c")}
    shown = {text: file[found.start.column - 1 : found.end.column - 1] for text, found in ends.items() if found}
    assert shown == {"B": "B", "&": "&amp;", "A & B": "A &amp; <b>B", "c": "c"}


def test_only_words_that_the_file_has_as_they_are_can_be_replaced() -> None:
    document, file = marked_up()
    sources = Sources(lambda _path: file)
    assert {text for text in ("B", "&", "A & B", " c", "A ") if verbatim(words(document, text), sources)} == {
        "B",
        "A ",
        " c",
    }


def test_a_file_without_lines_has_no_regions() -> None:
    document, file = marked_up()
    docx = Document("a.docx", "en", document.text, document.blocks, Origins(document.origins.runs, (0,), "paragraph"))
    assert region(words(docx, "B")) is None
    assert counted_region(words(docx, "B"), Sources(lambda _path: file), "utf-8") is None


def test_files_are_read_once_for_all_findings_of_a_page() -> None:
    asked: list[str] = []

    def read(path: str) -> str:
        asked.append(path)
        return path

    sources = Sources(read)
    for _ in range(3):
        sources.get("a")
        sources.get("b")
    assert asked == ["a", "b"]

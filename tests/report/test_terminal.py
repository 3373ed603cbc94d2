"""The terminal report: both places of every finding, carets under the words, nothing wider than the screen."""

from dataclasses import replace

import pytest
from tests.report.samples import ENGLISH, GLOSSARY, REPORTS, deprecated, mark, page_alone, pair, repeated

from bitext.model.findings import Message, Report
from bitext.report.lines import Screen, plain
from bitext.report.terminal import MOST_RELATED, lines
from bitext.report.words import Words, items_of, place
from bitext.text.display import cell_width


def rendered(report: Report, language: str = "en", width: int = 100) -> list[str]:
    return plain(lines(report, language, Screen(width))).splitlines()


def test_every_finding_shows_its_places_on_both_pages() -> None:
    text = "\n".join(rendered(pair()))
    for where in ("news/draft.en.html:2:154", "news/draft.zh.html:2:46", "news/draft.zh.html:3:8"):
        assert where in text


def test_carets_stand_under_the_words() -> None:
    shown = rendered(Report(pair().items, (deprecated(),)))
    for words in ("Ascend (Tengfei) class and", "腾飞班、"):
        index = next(index for index, line in enumerate(shown) if words in line and ":" not in line)
        start = cell_width(shown[index].split(words)[0])
        carets = cell_width(words[:-4] if words.isascii() else words[:-1])
        assert shown[index + 1] == " " * start + "^" * carets


def test_what_to_write_instead_is_said() -> None:
    assert any("Ascend Class" in line for line in rendered(pair()))
    # A suggestion that the message does not hold word for word has a line of its own.
    assert "    Write: a studio" in rendered(pair())
    assert "    应写作：a studio" in rendered(pair(), "zh")


def test_the_glossary_is_named_where_it_lists_the_term() -> None:
    shown = plain(lines(pair(), "en", Screen(), GLOSSARY))
    assert "    Glossary: glossaries/terms.csv:57\n" in shown
    assert "Glossary:" not in "\n".join(rendered(pair()))


def test_findings_that_say_the_same_are_told_once_with_all_their_places() -> None:
    report = Report(pair().items, tuple(repeated()))
    shown = rendered(report)
    assert shown.count("error  term-deprecated  5 times") == 1
    places = {place(ENGLISH.document, finding.target.span) for finding in report.findings if finding.target}
    assert len(places) == 5
    assert all(any(where in line for line in shown) for where in places)


@pytest.mark.parametrize(
    ("copies", "language", "said"),
    [
        ((1, 1), "en", "1 error in 1 of 2 items (1 pair of pages and 1 page)."),
        ((1, 1), "zh", "2 项（1 对页面和 1 个页面）中有 1 项存在问题：1 个错误。"),
        ((2, 0), "en", "1 error in 1 of 2 pairs of pages."),
        ((2, 0), "zh", "2 对页面中有 1 项存在问题：1 个错误。"),
    ],
)
def test_the_summary_says_how_many_items_have_findings(copies: tuple[int, int], language: str, said: str) -> None:
    report = Report((*pair().items * copies[0], *page_alone().items * copies[1]), (deprecated(),))
    assert "".join(said.split()) in "".join("".join(rendered(report, language)).split())


@pytest.mark.parametrize(
    ("language", "said"), [("en", "2 errors in 2 pairs of pages."), ("zh", "2 对页面中有 2 个错误。")]
)
def test_a_summary_leaves_out_that_all_items_have_findings(language: str, said: str) -> None:
    report = Report(pair().items * 2, (deprecated(), replace(deprecated(), item=1)))
    assert any(said in line for line in rendered(report, language))


@pytest.mark.parametrize(("language", "said"), [("en", "2 pairs of pages and 1 page"), ("zh", "2 对页面和 1 个页面")])
def test_pairs_and_pages_alone_are_counted_apart(language: str, said: str) -> None:
    report = Report((*pair().items, *page_alone().items, *pair().items), ())
    assert items_of(report, Words(language)) == said
    assert any(said in line for line in rendered(report, language))


@pytest.mark.parametrize("width", [60, 80, 100, 120])
@pytest.mark.parametrize("name", REPORTS)
def test_lines_fit_the_screen_and_have_no_trailing_spaces(name: str, width: int) -> None:
    for line in rendered(REPORTS[name](), "zh", width):
        assert line == line.rstrip()
        # The command to copy stays on one line.
        assert cell_width(line) <= width or line.startswith("bitext explain")


def test_the_pointer_names_the_gravest_rule() -> None:
    assert rendered(pair())[-1].startswith("bitext explain term-deprecated ")


def test_a_clean_report_points_nowhere_and_says_how_much_was_judged() -> None:
    assert rendered(REPORTS["clean"]())[-1] == "Nothing to correct in 1 pair of pages. All sentences could be judged."


def test_what_was_hardly_judged_is_not_called_clean() -> None:
    item = replace(pair().items[0], unjudged=5)
    shown = rendered(Report((item,), ()))
    assert "Nothing to correct" not in "\n".join(shown)
    assert "Most of 1 pair of pages could not be judged" in "\n".join(shown)


def test_related_places_are_listed_and_the_rest_counted() -> None:
    shown = rendered(pair())
    start = shown.index("    see also")
    assert (
        len(
            [
                line
                for line in shown[start + 1 : start + 1 + MOST_RELATED]
                if "“Tencent st" in line or "“Tencent s" in line
            ]
        )
        == 5
    )
    assert shown[start + 1 + MOST_RELATED] == "        and 2 more places"


def test_a_note_on_a_related_place_is_shown() -> None:
    note = Message.of("report.count.more.many", n=3)
    finding = replace(deprecated(), related=(mark(ENGLISH, "target", "Tencent", note),))
    shown = rendered(Report(pair().items, (finding,)))
    assert "        news/draft.en.html:1:18  “Tencent”  and 3 more places" in shown


def test_a_page_cannot_steer_the_terminal() -> None:
    finding = replace(
        deprecated(), suggestion="\x1b]0;title\x07\x1b[2J", message=Message.of("report.finding.words", words="\x9b2J")
    )
    assert not any(
        character < " " or character == "\x9b"
        for line in rendered(Report(pair().items, (finding,)))
        for character in line
    )

"""What a baseline records is known again after moves, edits and other alignments; what is new is new."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bitext.checks.baseline import Comparison, Judged, compared, recorded
from bitext.model.alignment import Bitext
from bitext.model.documents import Span
from bitext.model.findings import Finding, Item, Mark, Message, Recorded, Report, Severity
from bitext.model.glossary import Concept, Glossary, Term, TermStatus
from bitext.project.work import Job, Task, judge

GLOSSARY = Glossary(
    (
        Concept(
            "ascend-class",
            (
                Term("腾飞班", "zh"),
                Term("Ascend Class", "en"),
                Term("Tengfei Class", "en", TermStatus.DEPRECATED),
            ),
        ),
    )
)
CHINESE = """# 学校举行开学典礼

9月1日上午，学校在体育馆举行开学典礼，共有3200名新生参加。

腾飞班的学生代表在典礼上发言，介绍了去年的学习情况。

校长勉励同学们珍惜时光，努力学习，不负韶华。

典礼结束后，腾飞班的同学参观了新建的实验大楼。
"""
ENGLISH = """# The School Holds its Opening Ceremony

On the morning of September 1, the school held its opening ceremony in the gymnasium with 320 new students.

A student of the Tengfei Class spoke at the ceremony and told of the past year.

The president encouraged the students to make good use of their time.

After the ceremony, the students of the Tengfei Class visited the new laboratory building.
"""
NEITHER = ("", "")


def report(chinese: str, english: str, folder: Path) -> Report:
    paths = folder / "zh.md", folder / "en.md"
    for path, text in zip(paths, (chinese, english), strict=True):
        path.write_text(text, encoding="utf-8")
    outcome = judge(Task(*map(str, paths)), Job(GLOSSARY, profile="fast"))  # type: ignore[arg-type]
    assert outcome.item is not None
    return Report((outcome.item,), outcome.findings)


def beside(then: Report, now: Report) -> Comparison:
    """`now` beside a baseline of `then`, of the same item."""
    item = Judged(("zh.md", "en.md"))
    return compared(now, [item], [recorded(one, item.paths) for one in then.findings])


def rules(findings: tuple[Finding, ...] | tuple[Recorded, ...]) -> list[str]:
    return sorted(one.rule for one in findings)


OLD = ["number-mismatch", "term-deprecated", "term-deprecated"]
BEFORE = "## Programme\n\nThe school band played three songs before the ceremony.\n\n"
EDITS = {
    "nothing": ((), ()),
    "text before on both pages": (
        (("\n\n9月", "\n\n## 节目\n\n典礼前，校乐队演奏了三首歌曲。\n\n9月"),),
        (("\n\nOn the", f"\n\n{BEFORE}On the"),),
    ),
    "other end of the sentence": ((), ((" and told of the past year", ""), ("On the morning of ", "On "))),
    "right beside": ((), ((" spoke at", " gave a speech at"), ("with 320 new", "before 320 fresh"))),
    "right beside in Chinese": ((("共有3200名新生参加", "3200名同学到场"), ("腾飞班的同学", "腾飞班同学")), ()),
    "other alignment": ((), (("ceremony and told", "ceremony. He told"), ("with 320", "with about 320"))),
    "two sentences made one": ((("学习情况。\n\n校长", "学习情况。校长"),), (("past year.\n\nThe", "past year. The"),)),
    "other line breaks": ((), ((" the Tengfei", "\nthe Tengfei"), (" in the gym", "\nin the gym"))),
    "other order of paragraphs": (
        (("\n\n校长勉励同学们珍惜时光，努力学习，不负韶华。", ""), ("\n\n9月", "\n\n校长勉励同学们珍惜时光。\n\n9月")),
        (
            ("\n\nThe president encouraged the students to make good use of their time.", ""),
            ("\n\nOn the", "\n\nThe president encouraged the students to use their time.\n\nOn the"),
        ),
    ),
}


def edited(text: str, edits: tuple[tuple[str, str], ...]) -> str:
    for old, new in edits:
        assert old in text
        text = text.replace(old, new, 1)
    return text


@pytest.mark.parametrize("name", EDITS)
def test_edits_that_mend_nothing_leave_all_known(tmp_path: Path, name: str) -> None:
    then = report(CHINESE, ENGLISH, tmp_path)
    assert rules(then.findings) == OLD
    chinese, english = EDITS[name]
    done = beside(then, report(edited(CHINESE, chinese), edited(ENGLISH, english), tmp_path))
    assert (rules(done.report.known), rules(done.report.findings), done.fixed) == (OLD, [], ())


def test_one_more_of_the_same_kind_is_new(tmp_path: Path) -> None:
    then = report(CHINESE, ENGLISH, tmp_path)
    more = CHINESE + "\n腾飞班将在下月举行班会。\n", ENGLISH + "\nThe Tengfei Class will hold a meeting next month.\n"
    done = beside(then, report(*more, tmp_path))
    assert (rules(done.report.known), rules(done.report.findings)) == (OLD, ["term-deprecated"])
    (new,) = done.report.findings
    assert new.target is not None
    assert new.target.span.start > len(ENGLISH) - 20


def test_what_is_mended_is_fixed_and_nothing_else(tmp_path: Path) -> None:
    then = report(CHINESE, ENGLISH, tmp_path)
    done = beside(then, report(CHINESE, ENGLISH.replace("Tengfei", "Ascend"), tmp_path))
    assert (rules(done.fixed), rules(done.kept), done.report.findings) == (OLD[1:], OLD[:1], ())


def test_what_a_half_mended_page_shows_for_the_first_time_is_new(tmp_path: Path) -> None:
    then = report(CHINESE, ENGLISH, tmp_path)
    done = beside(then, report(CHINESE, ENGLISH.replace("Tengfei", "Ascend", 1), tmp_path))
    assert (rules(done.fixed), rules(done.kept)) == (["term-deprecated"], OLD[:2])
    assert rules(done.report.findings) == ["term-inconsistent"]


def test_another_wrong_number_is_new(tmp_path: Path) -> None:
    then = report(CHINESE, ENGLISH, tmp_path)
    now = report(CHINESE.replace("3200", "4100"), ENGLISH.replace("320", "410"), tmp_path)
    done = beside(then, now)
    assert (rules(done.report.findings), rules(done.fixed)) == (["number-mismatch"], ["number-mismatch"])


# From here on values alone.

EMPTY = Item(Bitext(None, None, ()))
words = st.sampled_from(["", "a", "b"])


def mark(side: str, text: str) -> Mark | None:
    return Mark(side, Span(0, len(text)), text) if text else None  # type: ignore[arg-type]


def finding(rule: str, source: str, target: str, number: int, item: int) -> Finding:
    print_ = f"{rule}{source}{target}{number}"
    marks = (mark("source", source), mark("target", target))
    return Finding(rule, Message.of("key"), Severity.ERROR, None, *marks, fingerprint=print_, item=item)


found = st.builds(finding, st.sampled_from(["x", "y"]), words, words, st.integers(0, 2), st.integers(0, 1))
reports = st.lists(found, max_size=8, unique=True).map(
    lambda rows: Report((EMPTY, EMPTY), tuple(sorted(rows, key=lambda one: one.item)))
)
PAGES = [Judged(("1.zh", "1.en")), Judged(("2.zh", "2.en"))]


def baseline(of: Report) -> list[Recorded]:
    return [recorded(one, PAGES[one.item].paths) for one in of.findings]


@given(reports)
def test_the_same_findings_are_all_known(now: Report) -> None:
    done = compared(now, PAGES, baseline(now))
    assert (done.report.known, done.report.findings, done.fixed) == (now.findings, (), ())
    assert done.kept == done.today == tuple(sorted(baseline(now)))


@given(reports, reports)
def test_each_recorded_finding_accounts_for_one_of_today_at_most(then: Report, now: Report) -> None:
    rows = baseline(then)
    done = compared(now, PAGES, rows)
    assert len(done.report.known) == len(rows) - len(done.fixed)
    assert sorted(map(repr, (*done.report.known, *done.report.findings))) == sorted(map(repr, now.findings))
    assert not done.unseen
    for one in done.report.known:
        assert one.rule in {row.rule for row in rows if row.paths == PAGES[one.item].paths}


@given(reports, reports)
def test_what_was_pruned_is_not_fixed_again_and_what_was_recorded_is_known(then: Report, now: Report) -> None:
    done = compared(now, PAGES, baseline(then))
    again = compared(now, PAGES, done.kept)
    assert (again.fixed, again.report.known) == ((), done.report.known)
    assert compared(now, PAGES, done.today).report.findings == ()


@given(reports, st.permutations(range(8)))
def test_the_order_of_a_baseline_does_not_matter(now: Report, order: list[int]) -> None:
    rows = baseline(now)
    shuffled = [rows[index] for index in order if index < len(rows)]
    assert compared(now, PAGES, shuffled) == compared(now, PAGES, rows)


def known(now: Report, judged: list[Judged], rows: list[Recorded], elsewhere: tuple[tuple[str, ...], ...] = ()) -> str:
    """How many findings are known, new, fixed and not seen."""
    done = compared(now, judged, rows, elsewhere)
    return f"{len(done.report.known)} {len(done.report.findings)} {len(done.fixed)} {len(done.unseen)}"


ONE = Report((EMPTY,), (finding("x", "a", "", 1, 0),))
ROW = recorded(ONE.findings[0], ("old.zh", "old.en"))


def test_findings_of_renamed_pages_are_known_by_their_fingerprints() -> None:
    assert known(ONE, [Judged(("new.zh", "new.en"))], [ROW]) == "1 0 0 0"
    assert known(ONE, [Judged(("new.zh", "new.en"))], [replace(ROW, fingerprint="other")]) == "0 1 1 0"


def test_pages_that_are_still_there_were_not_renamed() -> None:
    assert known(ONE, [Judged(("new.zh", "new.en"))], [ROW], (ROW.paths,)) == "0 1 0 1"


def test_what_was_not_judged_is_neither_known_nor_fixed() -> None:
    judged = Judged(ROW.paths, {"y"})
    assert known(Report((EMPTY,), ()), [judged], [ROW]) == "0 0 0 1"
    assert compared(Report((EMPTY,), ()), [judged], [ROW]).kept == (ROW,)
    assert known(Report((EMPTY,), ()), [replace(judged, rules={"x"})], [ROW]) == "0 0 1 0"


def test_findings_without_words_are_known_by_their_fingerprint_alone() -> None:
    bare = Report((EMPTY,), (finding("x", "", "", 1, 0),))
    row = recorded(bare.findings[0], ROW.paths)
    assert row.words == NEITHER
    assert known(bare, [Judged(ROW.paths)], [row]) == "1 0 0 0"
    assert known(bare, [Judged(ROW.paths)], [replace(row, fingerprint="other")]) == "0 1 1 0"

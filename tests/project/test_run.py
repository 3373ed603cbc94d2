"""A project's plan and its report: rules and severities by path, items in order, nothing dropped unseen."""

from dataclasses import replace
from pathlib import Path

import pytest
from tests.project.pages import pair

from bitext.checks.registry import DEFAULT, RULES
from bitext.errors import ConfigError, InputError
from bitext.model.findings import Finding, ListedWaiver, Message, Report, Severity
from bitext.project.run import Plan, Wish, plan, report
from bitext.project.select import Selection, names
from bitext.project.work import Job, judge
from bitext.report.many import limited
from bitext.report.words import barely_judged
from bitext.settings.model import Override, Settings

JOB = Job(profile="fast")


@pytest.fixture(autouse=True)
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for n in (1, 2, 3):
        pair(Path("news"), n, right=n != 2)
    return tmp_path


def planned(settings: Settings = Settings(), **wish: object) -> Plan:  # noqa: B008
    return plan(replace(Wish(Selection(settings)), **wish))  # type: ignore[arg-type]


def whole(done: Plan) -> Report:
    return report(done, [judge(task, JOB) for task in done.tasks], JOB)


def test_a_project_is_judged_item_by_item_in_the_order_of_paths() -> None:
    done = planned()
    assert [task.source for task in done.tasks] == [f"news/{n}.zh.md" for n in (1, 2, 3)]
    found = whole(done)
    assert [item.bitext.source.document.path for item in found.items if item.bitext.source] == [
        task.source for task in done.tasks
    ]
    assert {(one.rule, one.item) for one in found.findings} == {("number-mismatch", 1)}


def test_a_page_that_cannot_be_read_is_a_failure_and_the_others_are_judged() -> None:
    Path("news/1.en.md").write_bytes(b"\0\1\2" * 50)
    found = whole(planned())
    assert [failure.paths for failure in found.failures] == [("news/1.zh.md", "news/1.en.md")]
    assert len(found.items) == 2
    assert {(one.rule, one.item) for one in found.findings} == {("number-mismatch", 0)}


def test_two_pages_without_text_are_nothing_to_do_and_one_alone_is_a_failure() -> None:
    for language in ("zh", "en"):
        Path(f"news/1.{language}.md").write_text("---\nweight: 3\n---\n", encoding="utf-8")
    Path("news/3.en.md").write_bytes(b"")
    found = whole(planned())
    assert [failure.paths for failure in found.failures] == [("news/3.zh.md", "news/3.en.md")]
    assert [note.key for note in found.items[0].notes] == ["project.notes.empty"]
    assert {one.item for one in found.findings} == {1}
    assert not barely_judged(found.items[0])


def test_a_page_without_a_partner_is_found_and_so_is_one_in_the_wrong_language() -> None:
    Path("news/4.zh.md").write_text("# 新闻\n\n学校举行开学典礼。\n", encoding="utf-8")
    Path("news/1.en.md").write_text(Path("news/1.zh.md").read_text(encoding="utf-8"), encoding="utf-8")
    found = whole(planned())
    assert [(one.rule, one.item) for one in found.findings] == [
        ("page-untranslated", 0),
        ("number-mismatch", 1),
        ("page-unpaired", 3),
    ]


def test_a_page_in_the_wrong_language_is_never_clean_with_its_rule_switched_off() -> None:
    Path("news/1.en.md").write_text(Path("news/1.zh.md").read_text(encoding="utf-8"), encoding="utf-8")
    found = whole(planned(Settings(ignore=("page",))))
    assert found.items[0].unjudged > 0
    assert [note.key for note in found.items[0].notes] == ["project.notes.untranslated"]


def test_overrides_are_for_the_items_with_a_page_that_they_name() -> None:
    quiet = Override(("2.en.md",), ignore=("number",))
    assert whole(planned(Settings(overrides=(quiet,)))).findings == ()
    other = Override(("3.*",), ignore=("number",))
    assert len(whole(planned(Settings(overrides=(other,)))).findings) == 1


def test_severities_are_those_of_the_settings_and_the_last_override_wins() -> None:
    base = Settings(severity=(("number", Severity.INFO),))
    assert [one.severity for one in whole(planned(base)).findings] == [Severity.INFO]
    louder = replace(base, overrides=(Override(("news/**",), severity=(("number-mismatch", Severity.WARNING),)),))
    assert [one.severity for one in whole(planned(louder)).findings] == [Severity.WARNING]


def test_an_unsure_pairing_lowers_the_severity_of_the_settings_too() -> None:
    selection = Selection(Settings(severity=(("all", Severity.ERROR),)))
    unsure = Finding("number-mismatch", Message("x"), Severity.WARNING, unit=1, confidence=0.7)
    assert selection.weighed(unsure, ("a.md",)).severity is Severity.WARNING
    assert selection.weighed(replace(unsure, confidence=0.3), ("a.md",)).severity is Severity.INFO
    assert selection.weighed(replace(unsure, unit=None), ("a.md",)).severity is Severity.ERROR


def test_a_row_of_a_waiver_file_is_idle_only_if_no_item_has_use_for_it() -> None:
    rows = (
        ListedWaiver("number-mismatch", text="200", reason="as published", path="w.csv", line=2),
        ListedWaiver("number-mismatch", text="the", reason="nothing", path="w.csv", line=3),
    )
    job = replace(JOB, waivers=rows)
    done = planned()
    found = report(done, [judge(task, job) for task in done.tasks], job)
    assert [dict(one.message.fields)["place"] for one in found.findings] == ["w.csv:3"]
    assert [(one.rule, one.item) for one in found.waived] == [("number-mismatch", 1)]


IDS = tuple(rule.id for rule in DEFAULT)
CHOSEN = [
    (Selection(Settings()), IDS),
    (Selection(Settings(select=("number",))), ("number-mismatch",)),
    (Selection(Settings(select=("all",), ignore=("term", "page", "plain"))), None),
    (Selection(Settings(select=("term",), ignore=("term-case",)), ignore=("term-first-mention",)), None),
    (Selection(Settings(select=("term-case",), ignore=("term",))), ("term-case",)),
    (Selection(Settings(select=("number",)), select=("date",)), ("date-mismatch",)),
    (Selection(Settings(ignore=("date-mismatch",)), select=("date",)), ("date-mismatch",)),
    (Selection(Settings(select=("date",), ignore=("date",))), ()),
    (Selection(Settings(select=("default", "page-stale"))), None),
]


@pytest.mark.parametrize(("selection", "expected"), CHOSEN)
def test_the_name_that_says_most_decides_and_ignore_wins_a_tie(
    selection: Selection, expected: tuple[str, ...] | None
) -> None:
    rules = selection.rules(("a.md",))
    assert list(rules) == [rule for rule in RULES if rule in rules]
    if expected is not None:
        assert rules == expected


def test_default_and_one_more_rule_is_the_default_set_and_that_rule() -> None:
    rules = Selection(Settings(select=("default", "page-stale"))).rules(("a.md",))
    assert set(rules) == {*IDS, "page-stale"}


def test_names_of_rules_are_parted_by_commas_and_an_unknown_one_is_an_error() -> None:
    assert names(["term, number", "page-stale"], "--select") == ("term", "number", "page-stale")
    with pytest.raises(ConfigError, match="Did you mean page-stale"):
        names(["page-stal"], "--select")


def test_paths_limit_the_plan_to_the_items_with_a_page_there() -> None:
    pair(Path("other"), 9)
    assert [task.source for task in planned(paths=("news/2.en.md", "other")).tasks] == ["news/2.zh.md", "other/9.zh.md"]
    with pytest.raises(InputError, match="no such file"):
        planned(paths=("nowhere",))
    Path("empty").mkdir()
    with pytest.raises(ConfigError, match="No page of the project's pairs"):
        planned(paths=("empty",))


def test_a_project_without_a_pair_is_an_error() -> None:
    for english in Path("news").glob("*.en.md"):
        english.unlink()
    with pytest.raises(ConfigError, match="no Chinese page and English page that belong together"):
        planned()
    with pytest.raises(ConfigError, match="There is no page"):
        planned(Settings(exclude=("*.md",)))


def test_at_most_so_many_findings_are_the_gravest_and_a_note_counts_the_others() -> None:
    levels = (Severity.INFO, Severity.ERROR, Severity.WARNING, Severity.ERROR)
    rows = tuple(Finding("r", Message("x"), level, fingerprint=str(n)) for n, level in enumerate(levels))
    cut = limited(Report((), rows), 3)
    assert [one.fingerprint for one in cut.findings] == ["1", "2", "3"]
    assert dict(cut.notes[-1].fields) == {"n": 1, "most": 3}
    assert limited(Report((), rows), 0) == limited(Report((), rows), 4) == Report((), rows)

"""A key changes with all that can change an outcome, and with nothing else."""

from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path

import pytest
from tests.project.pages import pair

from bitext.checks.facts import Facts, Stale
from bitext.model.findings import ListedWaiver
from bitext.model.glossary import Concept, Glossary, Term
from bitext.project import keys
from bitext.project.keys import Keys, program
from bitext.project.work import Job, Task

Change = Callable[[Task, Job], tuple[Task, Job]]

HERE = ListedWaiver("number-mismatch", page="1.zh.md", reason="a quotation")
ELSEWHERE = replace(HERE, page="2.zh.md")
EXPIRES = replace(HERE, expires="2026-06-30")


def listed(*rows: ListedWaiver) -> Change:
    return lambda task, job: (task, replace(job, waivers=rows))


def concept(text: str) -> Concept:
    return Concept("x", (Term(text, "en"),))


MATTERS: dict[str, Change] = {
    "glossary": lambda task, job: (task, replace(job, glossary=Glossary((concept("a"),)))),
    "line of a term": lambda task, job: (
        task,
        replace(job, glossary=Glossary((Concept("x", (replace(concept("a").terms[0], line=3),)),))),
    ),
    "profile": lambda task, job: (task, replace(job, profile="accurate")),
    "scope": lambda task, job: (replace(task, scope="news"), job),
    "rules": lambda task, job: (replace(task, rules=("term-missing",)), job),
    "site": lambda task, job: (replace(task, sites=((("body", "#content"),),)), job),
    "alignment": lambda task, job: (replace(task, alignment=task.source), job),
    "partner": lambda task, job: (replace(task, facts=Facts("x.md")), job),
    "stale": lambda task, job: (replace(task, facts=Facts(stale=Stale("source", "2026-01-01", "", 1))), job),
    "page alone": lambda task, job: (replace(task, target=None), job),
    "language": lambda task, job: (replace(task, target=None, language="en"), job),
    "waiver for these pages": listed(HERE),
    "waiver for all pages": listed(replace(HERE, page="")),
    "waiver by folder": listed(replace(HERE, page="*.md")),
    "waiver of a rule that is none": listed(replace(ELSEWHERE, rule="number-mismatchs")),
    "waiver without a reason": listed(replace(ELSEWHERE, reason="")),
}
"""What makes a key another one."""
IGNORED: dict[str, Change] = {
    "today": lambda task, job: (task, replace(job, today="2026-01-01")),
    "waiver for other pages": listed(ELSEWHERE),
}


@pytest.fixture
def task(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Task:
    monkeypatch.chdir(tmp_path)
    return pair(Path("news"), 1)


JOB = Job(profile="fast", today="2026-11-20")


def key(task: Task, job: Job = JOB) -> str | None:
    return Keys(job).key(task)


def differing(old: Task | Job, new: Task | Job) -> set[str]:
    return {field.name for field in fields(old) if getattr(old, field.name) != getattr(new, field.name)}


def test_every_field_of_a_task_and_of_a_job_is_tried() -> None:
    start = Task("1.zh.md", "1.en.md"), JOB
    tried = {"source"}  # in a test of its own, below
    for change in MATTERS.values():
        task, job = change(*start)
        tried |= differing(start[0], task) | differing(start[1], job)
    named = {field.name for field in (*fields(Task), *fields(Job))}
    assert named - tried == {"today"}


@pytest.mark.parametrize("name", MATTERS)
def test_what_can_change_an_outcome_changes_its_key(task: Task, name: str) -> None:
    assert key(*MATTERS[name](task, JOB)) != key(task)


@pytest.mark.parametrize("name", IGNORED)
def test_what_cannot_change_an_outcome_leaves_its_key(task: Task, name: str) -> None:
    assert key(*IGNORED[name](task, JOB)) == key(task)


def test_all_changes_together_have_keys_of_their_own(task: Task) -> None:
    found = [key(*change(task, JOB)) for change in MATTERS.values()]
    assert len(set(found)) == len(found)


def test_today_counts_only_as_far_as_a_waiver_expires(task: Task) -> None:
    found = [key(task, replace(JOB, waivers=(EXPIRES,), today=f"2026-{day}")) for day in ("06-29", "06-30", "07-01")]
    assert found[0] == found[1] != found[2]


def test_one_byte_of_either_page_counts(task: Task) -> None:
    seen = {key(task)}
    for path in task.paths:
        with Path(path).open("ab") as file:
            file.write(b" ")
        seen.add(key(task))
    assert len(seen) == 3


def test_the_same_pages_elsewhere_have_another_key(task: Task) -> None:
    other = pair(Path("archive"), 1)
    assert [Path(path).read_bytes() for path in other.paths] == [Path(path).read_bytes() for path in task.paths]
    assert key(other) != key(task)


def test_pages_that_cannot_be_read_have_no_key(task: Task) -> None:
    Path(task.paths[1]).unlink()
    assert key(task) is None


def test_another_version_another_package_and_another_line_of_code_count(
    task: Task, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "package"
    package.mkdir()
    code = package / "code.py"
    seen: set[str | None] = set()

    def note() -> None:
        program.cache_clear()
        seen.add(key(task))

    monkeypatch.setattr(keys, "__file__", str(package / "project" / "keys.py"))
    for text in ("x = 1\n", "x = 2\n"):
        code.write_text(text)
        note()
    code.rename(package / "other.py")
    note()
    with monkeypatch.context() as patch:
        patch.setattr(keys, "__version__", "99")
        note()
    with monkeypatch.context() as patch:
        (tmp_path / "somelib-9.9.dist-info").mkdir()
        patch.syspath_prepend(str(tmp_path))
        note()
    assert len(seen) == 5
    note()
    assert len(seen) == 5
    program.cache_clear()

"""What is kept comes back as it was or not at all, whatever happens to the files; what cannot be kept is no error."""

import errno
import os
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.project.outcomes import outcomes
from tests.project.pages import pair

from bitext.align.batch import FALLBACK
from bitext.model.findings import Finding, Message, Outcome, Severity
from bitext.model.glossary import Concept, Glossary, Term
from bitext.project import pool, results, store, worker
from bitext.project.store import NAME, Store, folder
from bitext.project.work import Job, Task

KEY = "ab" + "0" * 62
FOUND = Outcome(None, (Finding("x", Message.of("key", n=1), Severity.ERROR),))
JOB = Job(Glossary((Concept("contest", (Term("技能大赛", "zh"), Term("Skills Competition", "en"))),)), profile="fast")


@pytest.fixture
def kept(tmp_path: Path) -> Store:
    return Store(tmp_path / NAME)


def entry(kept: Store, key: str = KEY) -> Path:
    return kept.where / key[:2] / key


@settings(max_examples=20, deadline=None)
@given(outcomes)
def test_what_is_kept_comes_back(tmp_path_factory: pytest.TempPathFactory, outcome: Outcome) -> None:
    kept = Store(tmp_path_factory.mktemp("cache"))
    kept.put(KEY, outcome)
    assert (kept.get(KEY), kept.notes) == (outcome, ())


@settings(max_examples=60)
@given(st.data())
def test_a_broken_entry_is_none(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    kept = Store(tmp_path_factory.mktemp("cache"))
    kept.put(KEY, FOUND)
    whole = entry(kept).read_bytes()
    cut = data.draw(st.integers(0, len(whole) - 1))
    broken = whole[:cut] + data.draw(st.binary(max_size=3)) + whole[cut + data.draw(st.integers(0, 5)) :]
    entry(kept).write_bytes(broken)
    assert kept.get(KEY) == (FOUND if broken == whole else None)
    kept.put(KEY, FOUND)
    assert kept.get(KEY) == FOUND


@pytest.mark.parametrize("kind", ["folder", "link to nothing", "empty", "pipe"])
def test_what_is_no_entry_is_none(kept: Store, kind: str) -> None:
    place = entry(kept)
    place.parent.mkdir(parents=True)
    if kind == "folder":
        place.mkdir()
    elif kind == "link to nothing":
        place.symlink_to("nothing")
    elif kind == "empty":
        place.touch()
    elif hasattr(os, "mkfifo"):
        os.mkfifo(place)
    assert kept.get(KEY) is None


def test_the_folder_keeps_itself_out_of_git(kept: Store) -> None:
    kept.put(KEY, FOUND)
    assert (kept.where / ".gitignore").read_text() == "*\n"
    assert sorted(path.name for path in kept.where.iterdir()) == [".gitignore", "ab"]


def test_many_writers_and_readers_never_see_half_an_entry(kept: Store) -> None:
    seen: list[Outcome | None] = []

    def write() -> None:
        own = Store(kept.where)
        for _ in range(60):
            own.put(KEY, FOUND)
            seen.append(own.get(KEY))
        assert own.notes == ()

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [FOUND] * 240
    assert [path.name for path in entry(kept).parent.iterdir()] == [KEY]


def test_an_entry_that_another_run_is_reading_need_not_be_written(kept: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    kept.put(KEY, FOUND)

    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, "in use")

    monkeypatch.setattr(Path, "replace", refuse)
    kept.put(KEY, FOUND)
    assert (kept.get(KEY), kept.notes) == (FOUND, ())
    assert [path.name for path in entry(kept).parent.iterdir()] == [KEY]
    kept.put("ab" + "1" * 62, FOUND)
    assert [note.key for note in kept.notes] == ["store.notes.unwritable"]


def keys(count: int) -> list[str]:
    return [f"{n:02x}" + "0" * 62 for n in range(count)]


def test_what_was_not_used_for_longest_goes_first(kept: Store) -> None:
    names = keys(10)
    for age, key in enumerate(names):
        kept.put(key, FOUND)
        then = time.time() - 7200 - age * 10
        os.utime(entry(kept, key), (then, then))
    kept.limit = 6 * entry(kept).stat().st_size if entry(kept).exists() else 6 * entry(kept, names[0]).stat().st_size
    assert kept.get(names[9]) == FOUND
    kept.prune()
    left = [key for key in names if entry(kept, key).exists()]
    assert left == [*names[:3], names[9]]


def test_below_the_limit_all_stays_but_old_halves(kept: Store) -> None:
    kept.put(KEY, FOUND)
    halves = [entry(kept).with_name(f"{KEY}.{n}.1.part") for n in (1, 2)]
    stranger = entry(kept).with_name("notes.txt")
    for path in (*halves, stranger):
        path.write_bytes(b"x")
    os.utime(halves[0], (1, 1))
    os.utime(stranger, (1, 1))
    kept.limit = 1
    kept.prune()
    assert sorted(path.name for path in entry(kept).parent.iterdir()) == sorted([halves[1].name, stranger.name])


def test_where_nothing_can_be_written_one_note_says_so(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text("in the way")
    kept = Store(tmp_path / NAME)
    kept.put(KEY, FOUND)
    kept.put(KEY, FOUND)
    kept.prune()
    assert [note.key for note in kept.notes] == ["store.notes.unwritable"]
    assert kept.get(KEY) is None


def test_a_full_disk_leaves_no_half_entry(kept: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    kept.put(KEY, FOUND)
    opened = Path.open

    class Full:
        def __init__(self, file: Any) -> None:
            self.file = file

        def __enter__(self) -> "Full":
            return self

        def __exit__(self, *_: object) -> None:
            self.file.close()

        def write(self, data: bytes) -> None:
            self.file.write(data[: len(data) // 2])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "open", lambda path, *given, **more: Full(opened(path, *given, **more)))
    kept.put("ab" + "1" * 62, FOUND)
    monkeypatch.undo()
    assert [dict(note.fields)["reason"] for note in kept.notes] == [os.strerror(errno.ENOSPC)]
    assert [path.name for path in entry(kept).parent.iterdir()] == [KEY]
    assert kept.get(KEY) == FOUND


def test_the_environment_says_where_outcomes_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BITEXT_CACHE", raising=False)
    assert folder(tmp_path) == tmp_path / NAME
    monkeypatch.setenv("BITEXT_CACHE", str(tmp_path / "x"))
    assert folder(tmp_path) == tmp_path / "x" / "results"
    monkeypatch.setenv("BITEXT_CACHE", "off")
    assert folder(tmp_path) is None


def test_a_link_in_the_project_is_not_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BITEXT_CACHE", raising=False)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / NAME).symlink_to(tmp_path / "elsewhere")
    assert folder(tmp_path) is None


@pytest.fixture
def tasks(tmp_path: Path) -> list[Task]:
    return [pair(tmp_path / "pages", n, right=n != 2) for n in (1, 2, 3)]


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[Task]:
    """The tasks that were judged and not taken from the store."""
    seen: list[Task] = []
    ordinary = worker.outcome

    def watched(task: Task, job: Job) -> Outcome:
        seen.append(task)
        return ordinary(task, job)

    monkeypatch.setattr(worker, "outcome", watched)
    return seen


def test_a_second_run_judges_only_what_changed(kept: Store, tasks: list[Task], judged: list[Task]) -> None:
    first = list(results.outcomes(tasks, JOB, 1, kept))
    assert judged == tasks
    again = Store(kept.where)
    assert list(results.outcomes(tasks, JOB, 1, again)) == first == list(pool.outcomes(tasks, JOB, 1))
    assert again.hits == 3
    judged.clear()
    Path(tasks[1].source).write_text("# 新的标题\n\n全文不同。\n", encoding="utf-8")
    changed = list(results.outcomes(tasks, JOB, 1, Store(kept.where)))
    assert judged == [tasks[1]]
    assert (changed[0], changed[2]) == (first[0], first[2])
    assert changed[1] != first[1]


def test_entries_that_break_are_made_again(kept: Store, tasks: list[Task], judged: list[Task]) -> None:
    first = list(results.outcomes(tasks, JOB, 1, kept))
    places = [place for place in kept.where.glob("??/*") if place.is_file()]
    places[0].write_bytes(places[0].read_bytes()[:-1])
    judged.clear()
    assert list(results.outcomes(tasks, JOB, 1, Store(kept.where))) == first
    assert len(judged) == 1
    judged.clear()
    assert list(results.outcomes(tasks, JOB, 1, Store(kept.where))) == first
    assert not judged


def test_failures_are_not_kept(kept: Store, tasks: list[Task], judged: list[Task]) -> None:
    Path(tasks[0].source).write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 64)
    for _ in range(2):
        found = list(results.outcomes(tasks[:1], JOB, 1, kept))
        assert found[0].failure is not None
    assert len(judged) == 2


def test_pages_that_change_while_they_are_judged_are_not_kept(
    kept: Store, tasks: list[Task], monkeypatch: pytest.MonkeyPatch
) -> None:
    ordinary = worker.outcome

    def meanwhile(task: Task, job: Job) -> Outcome:
        found = ordinary(task, job)
        Path(task.source).write_text("# 改了\n", encoding="utf-8")
        return found

    monkeypatch.setattr(worker, "outcome", meanwhile)
    list(results.outcomes(tasks[:1], JOB, 1, kept))
    assert not list(kept.where.glob("??/*"))


def test_items_judged_in_a_lesser_way_are_not_kept(
    kept: Store, tasks: list[Task], monkeypatch: pytest.MonkeyPatch
) -> None:
    ordinary = worker.outcome

    def without_weights(task: Task, job: Job) -> Outcome:
        found = ordinary(task, job)
        assert found.item is not None
        return replace(found, item=replace(found.item, notes=(Message.of(FALLBACK),)))

    monkeypatch.setattr(worker, "outcome", without_weights)
    list(results.outcomes(tasks[:1], JOB, 1, kept))
    assert not kept.where.exists()


def test_it_makes_no_difference_that_nothing_is_kept(tasks: list[Task]) -> None:
    assert list(results.outcomes(tasks, JOB, 1, None)) == list(pool.outcomes(tasks, JOB, 1))


def test_only_so_much_is_used_for_each_run(kept: Store, tasks: list[Task]) -> None:
    kept.limit = 1
    list(results.outcomes(tasks, JOB, 1, kept))
    assert not [place for place in kept.where.glob("??/*") if place.is_file()]
    assert store.LIMIT > 1


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege")
def test_nothing_is_written_through_a_link_in_the_cache(kept: Store, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    kept.where.mkdir()
    (kept.where / KEY[:2]).symlink_to(tmp_path / "elsewhere")
    kept.put(KEY, FOUND)
    assert list((tmp_path / "elsewhere").iterdir()) == []
    assert (kept.get(KEY), kept.notes) == (None, ())

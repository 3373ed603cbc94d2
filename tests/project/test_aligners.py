"""Pairs aligned by several processes: the same alignments in the same order, whatever becomes of a worker."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from threading import get_ident
from typing import Any

import pytest

import bitext
from bitext.project import aligners
from bitext.project.pool import Member

PAIRS: list[Any] = [
    ([f"第{n}天有{n + 3}人来访。", "双方签约。"], [f"On day {n}, {n + 3} people came.", "Both sides signed."])
    for n in range(14)
]


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_module("bitext.align"), "BATCH", 3)


@pytest.fixture
def crews(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """All crews that were made."""
    made: list[Any] = []
    crew = aligners._Crew

    def noted(*given: Any) -> Any:
        made.append(crew(*given))
        return made[-1]

    monkeypatch.setattr(aligners, "_Crew", noted)
    return made


def assert_ended(crews: list[Any]) -> None:
    assert crews
    for crew in crews:
        assert crew.members
        assert all(member.process.poll() is not None for member in crew.members)


def test_alignments_do_not_depend_on_the_number_of_workers(crews: list[Any]) -> None:
    alone = list(bitext.align_many(PAIRS, profile="fast", evidence=True))
    for workers in (2, 3):
        assert list(bitext.align_many(iter(PAIRS), profile="fast", evidence=True, workers=workers)) == alone
    assert [len(crew.members) for crew in crews] == [2, 3]
    assert_ended(crews)


def test_a_glossary_and_the_accurate_profile_reach_the_workers() -> None:
    glossary = bitext.Glossary()
    alone = list(bitext.align_many(PAIRS, glossary=glossary))
    assert list(bitext.align_many(PAIRS, glossary=glossary, workers=2)) == alone
    assert "profile:accurate" in alone[0].signature


def test_bad_pairs_stay_in_their_places() -> None:
    pairs = [*PAIRS[:4], ("", "x"), *PAIRS[4:9], (None, "x"), *PAIRS[9:]]
    found = list(bitext.align_many(pairs, profile="fast", workers=2, errors="yield"))
    assert [index for index, one in enumerate(found) if isinstance(one, bitext.InputError)] == [4, 10]
    raising = bitext.align_many(pairs, profile="fast", workers=2)
    assert [next(raising).source.segments[0].text for _ in range(4)] == [pair[0][0] for pair in PAIRS[:4]]
    with pytest.raises(bitext.InputError, match="No text"):
        next(raising)


def test_a_single_batch_needs_no_worker(crews: list[Any]) -> None:
    assert len(list(bitext.align_many(PAIRS[:3], profile="fast", workers=4))) == 3
    assert list(bitext.align_many([], profile="fast", workers=4)) == []
    assert crews == []


def test_pairs_are_taken_up_by_the_caller_as_they_are_needed() -> None:
    taken: list[int] = []

    def pairs() -> Iterator[Any]:
        for n in range(600):
            taken.append(get_ident())
            yield PAIRS[n % len(PAIRS)]

    found = bitext.align_many(pairs(), profile="fast", workers=2)
    assert taken == []
    for _ in range(10):
        next(found)
    assert set(taken) == {get_ident()}
    assert len(taken) < 60


def test_workers_end_when_nobody_waits_for_more(crews: list[Any]) -> None:
    found: Any = bitext.align_many((PAIRS[n % 14] for n in range(3_000)), profile="fast", workers=2)
    next(found)
    found.close()
    assert_ended(crews)


def dies_over_the_second(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    answer = Member.answer

    def dying(self: Member, task: object) -> bytes | None:
        asked.append(task)
        if len(asked) == 2:
            self.process.kill()
        return answer(self, task)

    monkeypatch.setattr(Member, "answer", dying)


def cannot_start(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise OSError("no more processes")

    monkeypatch.setattr(subprocess, "Popen", refused)


def talks_nonsense(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Member, "answer", lambda *_: b"nonsense")


@pytest.mark.parametrize("mishap", [dies_over_the_second, cannot_start, talks_nonsense])
def test_what_a_worker_does_not_do_is_done_here(
    mishap: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = list(bitext.align_many(PAIRS, profile="fast"))
    mishap(monkeypatch)
    assert list(bitext.align_many(PAIRS, profile="fast", workers=2)) == alone


def test_what_goes_wrong_in_a_worker_is_told_by_the_caller() -> None:
    found = bitext.align_many(PAIRS, workers=2, encoder="no-such-folder")
    with pytest.raises(bitext.BitextError) as caught:
        next(found)
    assert "no such folder" in str(caught.value) or "bitext[encoders]" in str(caught.value)


PROGRAM = """
import bitext
pairs = [(["你好。"], [f"Hello, {n}."]) for n in range(130)]
print(sum(len(one.beads) for one in bitext.align_many(pairs, profile="fast", workers=2)))
"""


def test_a_program_needs_no_guard_around_its_main_part() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False, timeout=100)
    assert (done.stdout.strip(), done.stderr) == ("130", "")


@pytest.mark.parametrize("workers", [0, -1, "2", 1.5])
def test_a_number_of_workers_that_is_none_is_an_input_error(workers: Any) -> None:
    with pytest.raises(bitext.InputError, match="whole number from 1 on"):
        bitext.align_many(PAIRS, workers=workers)


def test_an_encoder_that_is_an_object_stays_in_its_process() -> None:
    class Own:
        name = "own"
        encode = None

    own: Any = Own()
    with pytest.raises(bitext.InputError, match="cannot be handed to other processes"):
        bitext.align_many(PAIRS, workers=2, encoder=own)
    with pytest.raises(bitext.InputError, match="fast has no encoder"):
        bitext.align_many(PAIRS, workers=2, encoder="folder", profile="fast")

"""Kills, full disks and folders that cannot be written leave whole files, and a run after them is as any other."""

import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from tests.project.sites import site

from bitext.project.store import NAME as CACHE

PROGRAM = Path(__file__).with_name("killing.py")
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="runs are forked to be quick")


def environment() -> dict[str, str]:
    cleared = ("BITEXT_CACHE", "BITEXT_DEBUG", "COLUMNS")
    kept = {name: value for name, value in os.environ.items() if name not in cleared}
    return kept | {"BITEXT_LANG": "en", "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


HINDERED = [("full", "check"), ("full", "baseline"), ("full", "fix"), ("full", "show")]
HINDERED += [("read-only", "baseline"), ("read-only", "show")]
"""What keeps a run from writing, and the scenario."""


@pytest.fixture(scope="module")
def tried() -> dict[str, dict[str, Any]]:
    """What all scenarios came to, one process for all of them: what they load is most of their time."""
    names = ["check", "baseline", "prune", "fix"]
    names += [f"{how}:{name}" for how, name in HINDERED]
    # Not pytest's folder, which nobody else may look into: a superuser's rights are laid down for some of the runs.
    with tempfile.TemporaryDirectory(prefix="bitext-kill-") as folder:
        Path(folder).chmod(0o755)
        command = [sys.executable, str(PROGRAM), folder, "2", "1", *names]
        done = subprocess.run(command, env=environment(), capture_output=True, check=True, timeout=300)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    return {row["name"]: row for row in rows}


CHANGED = {
    "check": ["report.json", "report.sarif"],
    "baseline": ["bitext-baseline.jsonl"],
    "prune": ["bitext-baseline.jsonl"],
    "fix": ["news/1.en.md", "news/2.en.md"],
}


@pytest.mark.parametrize("name", CHANGED)
def test_a_kill_at_any_step_leaves_whole_files(tried: dict[str, dict[str, Any]], name: str) -> None:
    found = tried[name]
    assert found["changed"] == CHANGED[name]
    assert (found["kills"], found["wrong"]) == (2, [])
    assert found["steps"] > 10


@pytest.mark.parametrize(("how", "name"), [row for row in HINDERED if row[1] != "show"])
def test_what_cannot_be_written_is_one_error_and_stays_as_it_was(
    tried: dict[str, dict[str, Any]], how: str, name: str
) -> None:
    found = tried[f"{how}:{name}"]
    assert (found["code"], found["out"], found["wrong"]) == (2, "", [])
    assert found["err"].startswith(f"error: {CHANGED[name][0]}: ")
    assert found["err"].count("\n") == 1
    if how == "full":
        assert "File too large" in found["err"]


@pytest.mark.parametrize("how", ["full", "read-only"])
def test_results_that_cannot_be_kept_are_a_note_and_no_error(tried: dict[str, dict[str, Any]], how: str) -> None:
    found = tried[f"{how}:show"]
    assert (found["code"], found["err"], found["wrong"]) == (1, "", [])
    note = " ".join(found["out"].split())
    assert note.count(f"note: Results could not be kept in {CACHE} for the next run:") == 1
    assert "news/3.en.md" in note


def test_two_runs_at_once_share_a_cache(tmp_path: Path) -> None:
    project = site(tmp_path / "site", count=3)
    command = [sys.executable, "-m", "bitext", "check", "--format", "json"]

    def run(_: int) -> tuple[int, bytes, bytes]:
        done = subprocess.run(command, cwd=project, env=environment(), capture_output=True, timeout=120, check=False)
        return done.returncode, done.stdout, done.stderr

    with ThreadPoolExecutor(2) as pool:
        one, other = pool.map(run, range(2))
    assert one == other
    assert (one[0], one[2]) == (1, b"")
    assert len([path for path in (project / CACHE).glob("??/*") if path.is_file()]) == 3

"""What git tells of a project's pages."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bitext.checks.facts import Stale
from bitext.errors import ConfigError
from bitext.project import changes, git
from bitext.project.pairs import Pair

PAIR = Pair("a.zh.md", "a.en.md")
IDENTITY = {
    f"GIT_{role}_{what}": value
    for role in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "T"), ("EMAIL", "t@example.org"))
}


class Repository:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.days = 0
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str) -> None:
        day = f"2023-05-{self.days:02d}T12:00:00Z"
        dates = {"GIT_AUTHOR_DATE": day, "GIT_COMMITTER_DATE": day, "GIT_CONFIG_GLOBAL": os.devnull}
        environment = os.environ | IDENTITY | dates
        subprocess.run(["git", *arguments], cwd=self.folder, env=environment, check=True, capture_output=True)

    def write(self, **pages: str) -> None:
        for name, text in pages.items():
            (self.folder / f"{name.replace('_', '.')}.md").write_text(text, encoding="utf-8")

    def commit(self, **pages: str) -> None:
        self.days += 1
        self.write(**pages)
        self.git("add", "-A")
        self.git("commit", "-q", "-m", f"day {self.days}")

    def stale(self) -> Stale | None:
        return changes.stale(str(self.folder), [PAIR]).get(PAIR)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    git.prefix.cache_clear()
    made = Repository(tmp_path)
    made.commit(a_zh="甲", a_en="A")
    return made


def test_lines_broken_anew_are_no_change(repository: Repository) -> None:
    repository.commit(a_zh="甲乙，丙丁。", a_en="One two three.")
    repository.commit(a_en="One two\nthree.\n")
    repository.commit(a_zh="甲乙，\n丙丁。")
    assert repository.stale() is None
    repository.write(a_en="One\ntwo three.")
    assert repository.stale() is None
    repository.commit(a_en="One\ntwo three four.")
    assert repository.stale() == Stale("source", "2023-05-04", "2023-05-05", 1)


def test_lines_broken_anew_hide_no_older_change(repository: Repository) -> None:
    repository.commit(a_en="One two three.")
    repository.write(a_zh="\n甲\n")
    repository.write(a_en="One\ntwo three.")
    assert repository.stale() is None
    repository.write(a_zh="甲")
    assert repository.stale() == Stale("source", "2023-05-01", "2023-05-02", 1)


def test_a_word_among_lines_broken_anew_is_a_change(repository: Repository) -> None:
    repository.commit(a_en="One two three.")
    repository.commit(a_en="One two\nfour.")
    assert repository.stale() == Stale("source", "2023-05-01", "2023-05-03", 2)


def test_pages_that_change_together_are_in_step(repository: Repository) -> None:
    repository.commit(a_zh="乙", a_en="B")
    assert repository.stale() is None


def test_a_page_that_was_left_behind_is_told_with_the_days(repository: Repository) -> None:
    repository.commit(a_zh="乙")
    repository.commit(a_zh="丙")
    assert repository.stale() == Stale("target", "2023-05-01", "2023-05-03", 2)
    repository.commit(a_en="C")
    assert repository.stale() is None


def test_that_a_page_was_written_later_is_no_change(tmp_path: Path) -> None:
    git.prefix.cache_clear()
    made = Repository(tmp_path)
    made.commit(a_zh="甲")
    made.commit(a_en="A")
    assert made.stale() is None
    made.commit(a_en="B")
    assert made.stale() == Stale("source", "2023-05-01", "2023-05-03", 1)


def test_a_page_with_changes_not_committed_leaves_the_other_behind(repository: Repository) -> None:
    repository.write(a_en="B")
    assert repository.stale() == Stale("source", "2023-05-01", "", 0)
    repository.write(a_zh="乙")
    assert repository.stale() is None


def test_what_a_merge_brought_in_changed_at_one_time(repository: Repository) -> None:
    repository.git("checkout", "-q", "-b", "work")
    repository.commit(a_zh="乙")
    repository.commit(a_en="B")
    repository.git("checkout", "-q", "main")
    repository.git("merge", "-q", "--no-ff", "-m", "merge", "work")
    assert repository.stale() is None


def test_without_a_repository_nothing_is_behind_and_changes_are_an_error(tmp_path: Path) -> None:
    git.prefix.cache_clear()
    assert changes.stale(str(tmp_path), [PAIR]) == {}
    with pytest.raises(ConfigError, match="in no git repository"):
        changes.changed(str(tmp_path), "")


def test_changes_since_a_revision_are_those_of_the_working_tree_too(repository: Repository) -> None:
    repository.commit(b_zh="甲")
    repository.write(c_zh="甲")
    folder = str(repository.folder)
    assert changes.changed(folder, "HEAD~1") == {"b.zh.md", "c.zh.md"}
    assert changes.changed(folder, "HEAD") == {"c.zh.md"}
    repository.git("checkout", "-q", "-b", "work")
    repository.commit(d_zh="甲")
    assert changes.changed(folder, "") == {"c.zh.md", "d.zh.md"}


def test_changes_are_relative_to_the_projects_folder(repository: Repository) -> None:
    inner = repository.folder / "site 中"
    inner.mkdir()
    (inner / "x\ny.md").write_text("x", encoding="utf-8") if sys.platform != "win32" else None
    (inner / "z.md").write_text("z", encoding="utf-8")
    assert "z.md" in changes.changed(str(inner), "HEAD")
    assert "a.zh.md" not in changes.changed(str(inner), "HEAD")


@pytest.mark.parametrize("ref", ["nope", "--output=x", "HEAD:a.zh.md", "-"])
def test_what_is_no_revision_is_an_error_and_no_option(repository: Repository, ref: str) -> None:
    with pytest.raises(ConfigError, match="There is no revision"):
        changes.changed(str(repository.folder), ref)
    assert not (repository.folder / "x").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="the program to be run is a shell script")
def test_a_repository_cannot_have_programs_of_its_own_run(repository: Repository) -> None:
    script, trace = repository.folder / "run.sh", repository.folder / "ran"
    script.write_text(f"#!/bin/sh\ntouch '{trace}'\n", encoding="utf-8")
    script.chmod(0o755)
    for key in ("core.fsmonitor", "diff.external", "core.pager", "core.sshCommand", "diff.md.textconv"):
        repository.git("config", key, str(script))
    (repository.folder / ".gitattributes").write_text("*.md diff=md\n", encoding="utf-8")
    repository.write(a_zh="乙")
    trace.unlink(missing_ok=True)  # git itself ran it while the commits were made
    changes.changed(str(repository.folder), "HEAD")
    changes.stale(str(repository.folder), [PAIR])
    assert not trace.exists()

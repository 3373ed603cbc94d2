"""The hooks of pre-commit, run by pre-commit itself from a local repository; the program is the one under test."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.cli.program import environment
from tests.integrations.site import ROOT, git, make_site

pytest.importorskip("pre_commit", reason="the development tools are not installed")
HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site whose configuration names the hooks of a repository that holds this project's list of them."""
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    (hooks / ".pre-commit-hooks.yaml").write_bytes((ROOT / ".pre-commit-hooks.yaml").read_bytes())
    git(hooks, "init", "-q")
    git(hooks, "add", ".")
    git(hooks, "commit", "-q", "-m", "Hooks")
    site = make_site(tmp_path / "site")
    # The program is not built anew for each test: the hook calls the one of this environment.
    entries = [{"id": hook["id"], "language": "system"} for hook in HOOKS]
    repository = {"repo": str(hooks), "rev": git(hooks, "rev-parse", "HEAD").strip(), "hooks": entries}
    (site / ".pre-commit-config.yaml").write_text(yaml.safe_dump({"repos": [repository]}), encoding="utf-8")
    return site


def run(site: Path, hook: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    variables = environment(PATH=path, PRE_COMMIT_HOME=str(site.parent / "home"), PRE_COMMIT_COLOR="never")
    command = [sys.executable, "-m", "pre_commit", "run", hook, *arguments]
    return subprocess.run(command, cwd=site, env=variables, capture_output=True, text=True, timeout=120, check=False)


def test_the_list_of_hooks_is_as_pre_commit_wants_it() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml")], check=False
    )
    assert done.returncode == 0
    assert [hook["id"] for hook in HOOKS] == ["bitext-check", "bitext-check-changed"]
    # A hook that got file names would take them for pairs of pages.
    assert all(hook["pass_filenames"] is False and hook["require_serial"] for hook in HOOKS)


def test_the_whole_project_is_checked(site: Path) -> None:
    done = run(site, "bitext-check", "--all-files")
    assert done.returncode == 1
    assert "term-deprecated" in done.stdout
    assert "news/a.en.md:3:21" in done.stdout


def test_only_what_the_commit_changes_is_checked(site: Path) -> None:
    (site / "notes.txt").write_text("A note.\n", encoding="utf-8")
    git(site, "add", "notes.txt")
    assert run(site, "bitext-check-changed").returncode == 0
    page = site / "news" / "a.en.md"
    page.write_text(page.read_text("utf-8").replace("forty students", "all forty students"), encoding="utf-8")
    git(site, "add", "news")
    done = run(site, "bitext-check-changed")
    assert done.returncode == 1
    assert "term-deprecated" in done.stdout


def test_a_commit_without_pages_does_not_start_the_program(site: Path) -> None:
    (site / "code.py").write_text("pass\n", encoding="utf-8")
    git(site, "add", "code.py")
    done = run(site, "bitext-check")
    assert done.returncode == 0
    assert "Skipped" in done.stdout

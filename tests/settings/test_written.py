"""The files that settings have a run write: relative to the settings, and never outside of the project."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from bitext.errors import ConfigError
from bitext.settings import written
from bitext.settings.model import Settings

OUTSIDE = (
    "../out.json",
    "/etc/out.json",
    "a/../../out.json",
    ".git/hooks/pre-commit",
    "sub/.git/config",
    ".GIT/config",
)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    (tmp_path / "site" / "sub").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    return Settings(root="site", path="site/bitext.toml")


def test_files_are_relative_to_the_settings(project: Settings) -> None:
    given = replace(project, format=("github", "sarif=sub/out.sarif", "terminal"))
    assert written.outputs(given) == ("github", "sarif=site/sub/out.sarif", "terminal")
    assert written.outputs(replace(given, root="")) == given.format


@pytest.mark.parametrize("path", OUTSIDE)
def test_no_file_outside_of_the_project_is_written(path: str, project: Settings) -> None:
    with pytest.raises(ConfigError, match="outside of the project") as caught:
        written.outputs(replace(project, format=(f"json={path}",)))
    assert caught.value.path == "site/bitext.toml"


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege")
def test_a_link_leads_nowhere_else(project: Settings, tmp_path: Path) -> None:
    (tmp_path / "site" / "link").symlink_to(tmp_path)
    with pytest.raises(ConfigError, match="outside of the project"):
        written.require_within(project, "site/link/out.json")


def test_names_that_only_look_like_it_are_files_as_others(project: Settings) -> None:
    for name in ("..out.json", ".github/out.json", "sub/git", "a..b"):
        written.require_within(project, f"site/{name}")

"""The GitHub Action: its steps are run as the runner would run them, with inputs of friends and strangers."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.cli.program import environment
from tests.integrations.site import ROOT, make_site

from bitext.align.cache import folder

ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS: list[dict[str, Any]] = ACTION["runs"]["steps"]
BASH = shutil.which("bash")

pytestmark = pytest.mark.skipif(BASH is None or os.name == "nt", reason="needs bash on a system like the runner's")


def step(name: str) -> dict[str, Any]:
    return next(one for one in STEPS if one.get("name") == name)


class Runner:
    """As much of a runner as the steps see: inputs, folders, and the files that they write to."""

    def __init__(self, home: Path, workspace: Path, **inputs: str) -> None:
        self.temp = home / "temp"
        self.temp.mkdir()
        self.workspace = workspace
        self.inputs = {name: row["default"] for name, row in ACTION["inputs"].items()}
        self.inputs |= {name.replace("_", "-"): value for name, value in inputs.items()}
        self.files = {name: home / name for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}

    def expression(self, match: re.Match[str]) -> str:
        known: dict[str, str] = {f"inputs.{name}": value for name, value in self.inputs.items()}
        known |= {"runner.temp": str(self.temp), "github.action_path": str(ROOT)}
        return known[match[1]]

    def run(self, name: str, **env: str) -> subprocess.CompletedProcess[str]:
        wanted = step(name)
        given = {
            key: re.sub(r"\$\{\{ (.*?) \}\}", self.expression, str(value))
            for key, value in wanted.get("env", {}).items()
        }
        variables = environment() | {key: str(path) for key, path in self.files.items()} | given | env
        command = [str(BASH), "--noprofile", "--norc", "-eo", "pipefail", "-c", wanted["run"]]
        return subprocess.run(
            command, cwd=self.workspace, env=variables, capture_output=True, text=True, timeout=120, check=False
        )

    def outputs(self) -> dict[str, str]:
        return dict(line.split("=", 1) for line in self.files["GITHUB_OUTPUT"].read_text().splitlines())

    def install(self) -> None:
        """The environment as the installing step leaves it, and the cache as an earlier run does."""
        cache = self.temp / "bitext-cache"
        cache.mkdir()
        kept = folder()
        for entry in kept.iterdir() if kept is not None and kept.is_dir() else ():
            if entry.name != "results":
                (cache / entry.name).symlink_to(entry)
        bin_folder = self.temp / "bitext-venv" / "bin"
        bin_folder.mkdir(parents=True)
        program = bin_folder / "bitext"
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m bitext "$@"\n')
        program.chmod(0o755)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return make_site(tmp_path / "site")


def test_the_action_has_what_github_requires() -> None:
    assert ACTION.keys() == {"name", "description", "inputs", "outputs", "runs"}
    assert ACTION["runs"]["using"] == "composite"
    for row in ACTION["inputs"].values():
        assert row.keys() == {"description", "required", "default"}
        assert isinstance(row["default"], str)
    for one in STEPS:
        assert ("uses" in one) != ("run" in one)
        assert "uses" in one or one["shell"] == "bash"


def test_no_input_is_pasted_into_a_script() -> None:
    assert not [one["name"] for one in STEPS if "${{" in one.get("run", "")]


def test_what_is_restored_is_saved_under_the_same_key_also_after_findings() -> None:
    restore, save = (one for one in STEPS if one.get("uses", "").startswith("actions/cache/"))
    assert save["with"] == {name: restore["with"][name] for name in ("path", "key")}
    assert save["if"].startswith("always() &&")
    assert restore["with"]["restore-keys"].strip() == restore["with"]["key"].removesuffix("${{ github.sha }}")
    cache = step("Check the pages")["env"]["BITEXT_CACHE"]
    assert cache in restore["with"]["path"].split("\n")


def test_expressions_name_inputs_and_steps_that_there_are() -> None:
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    known = {one["id"] for one in STEPS if "id" in one}
    assert set(re.findall(r"steps\.([a-z]+)\.", text)) <= known
    assert set(re.findall(r"inputs\.([a-z-]+)", text)) == set(ACTION["inputs"])


def test_every_output_is_written() -> None:
    for name in ACTION["outputs"]:
        assert f'"{name}=$' in step("Check the pages")["run"]


def test_a_faulty_site_fails_with_annotations_a_summary_and_a_sarif_file(tmp_path: Path, site: Path) -> None:
    runner = Runner(tmp_path, site)
    runner.install()
    done = runner.run("Check the pages")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("::error file=news/a.en.md,line=3,")
    outputs = runner.outputs()
    assert outputs["exit-code"] == "1"
    assert Path(outputs["sarif"]).is_file()
    assert runner.files["GITHUB_STEP_SUMMARY"].read_text("utf-8") == Path(outputs["summary"]).read_text("utf-8")
    assert (runner.temp / "bitext-cache" / "results").is_dir()


def test_inputs_reach_the_program(tmp_path: Path) -> None:
    nested = make_site(tmp_path / "whole" / "site")
    shutil.rmtree(nested / ".git")
    subprocess.run(["git", "init", "-q", str(nested.parent)], check=True)
    runner = Runner(tmp_path, nested.parent, path="site", fail_on="never", language="zh", summary="false")
    runner.install()
    done = runner.run("Check the pages")
    assert done.returncode == 0
    assert done.stdout.startswith("::error file=site/news/a.en.md,line=3,")
    assert "已弃用" in done.stdout
    assert not runner.files["GITHUB_STEP_SUMMARY"].exists()


def test_with_a_ref_only_what_changed_since_is_checked(tmp_path: Path, site: Path) -> None:
    runner = Runner(tmp_path, site, ref="HEAD")
    runner.install()
    done = runner.run("Check the pages")
    assert done.returncode == 0
    assert "::error" not in done.stdout


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("path", "$(touch caught)"),
        ("path", "-P"),
        ("path", "; touch caught"),
        ("ref", "--upload-pack=touch caught"),
        ("ref", "`touch caught`"),
        ("fail_on", "error; touch caught"),
        ("fail_on", "--format=json=caught"),
    ],
)
def test_an_input_of_a_stranger_is_a_value_and_no_command(name: str, value: str, tmp_path: Path, site: Path) -> None:
    runner = Runner(tmp_path, site, **{name: value})
    runner.install()
    done = runner.run("Check the pages")
    assert done.returncode == 2
    assert runner.outputs()["exit-code"] == "2"
    assert "::error title=bitext::" in done.stdout
    assert not list(tmp_path.rglob("caught"))


@pytest.fixture
def pip(tmp_path: Path) -> dict[str, str]:
    """A `python` that makes environments whose python writes down what it is asked for."""
    tools = tmp_path / "tools"
    tools.mkdir()
    script = tools / "python"
    script.write_text(
        '#!/bin/sh\necho "$*" >> "$LOG"\n'
        'if [ "$2" = venv ]; then mkdir -p "$3/bin" && cp "$0" "$3/bin/python"; fi\n'
        'if [ "$3" = cache ]; then echo /pip/cache; fi\n'
    )
    script.chmod(0o755)
    return {"PATH": f"{tools}{os.pathsep}{os.environ['PATH']}", "LOG": str(tmp_path / "log")}


def test_the_version_asked_for_is_installed_and_else_that_of_the_action(
    tmp_path: Path, site: Path, pip: dict[str, str]
) -> None:
    for name, inputs, wanted in (("a", {"version": "0.1.0"}, "bitext==0.1.0"), ("b", {}, str(ROOT))):
        (tmp_path / name).mkdir()
        runner = Runner(tmp_path / name, site, **inputs)
        assert runner.run("Install bitext", **pip).returncode == 0
        made, installed = Path(pip["LOG"]).read_text().splitlines()[-2:]
        assert made == f"-m venv {runner.temp}/bitext-venv"
        assert installed == f"-m pip install --quiet --disable-pip-version-check {wanted}"


@pytest.mark.parametrize(
    "version", ["--index-url=http://evil.example x", "1.0; touch caught", "-r x", "git+https://x", "1.0 x"]
)
def test_what_is_no_version_is_not_installed(version: str, tmp_path: Path, site: Path, pip: dict[str, str]) -> None:
    done = Runner(tmp_path, site, version=version).run("Install bitext", **pip)
    assert done.returncode == 2
    assert not Path(pip["LOG"]).exists()


def test_the_folder_of_pip_is_named_for_the_cache(tmp_path: Path, site: Path, pip: dict[str, str]) -> None:
    runner = Runner(tmp_path, site)
    assert runner.run("Name the folders that are kept", **pip).returncode == 0
    assert runner.outputs() == {"pip": "/pip/cache"}

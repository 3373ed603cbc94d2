"""The snippets for workflows: they are what the platforms accept, and the commands in them are commands of bitext."""

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from tests.cli.program import environment
from tests.integrations.site import ROOT, make_site
from tests.report.schemas import published

GITLAB: dict[str, Any] = yaml.safe_load((ROOT / "integrations" / "gitlab-ci.yml").read_text(encoding="utf-8"))
WORKFLOW: dict[Any, Any] = yaml.safe_load((ROOT / "integrations" / "github-workflow.yml").read_text(encoding="utf-8"))
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))


SCHEMAS = {
    "action.yml": "https://json.schemastore.org/github-action.json",
    "integrations/github-workflow.yml": "https://json.schemastore.org/github-workflow.json",
    "integrations/gitlab-ci.yml": (
        "https://gitlab.com/gitlab-org/gitlab/-/raw/master/app/assets/javascripts/editor/schema/ci.json"
    ),
}


class Loader(yaml.SafeLoader):  # type: ignore[misc]
    """Reads `on` as a word, as GitHub does."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in rows if tag != "tag:yaml.org,2002:bool"]
    for first, rows in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), list("tf"))


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_file_for_a_platform_is_valid_by_its_published_schema(name: str) -> None:
    schema = published(SCHEMAS[name])
    value = yaml.load((ROOT / name).read_text(encoding="utf-8"), Loader)  # noqa: S506  # a SafeLoader
    validator = jsonschema.validators.validator_for(schema)(schema)
    assert list(validator.iter_errors(value)) == []
    spoilt = {"bitext": {"script": 1}} if "gitlab" in name else value | {"runs": {"using": "magic"}, "jobs": {"a": {}}}
    assert list(validator.iter_errors(spoilt))


def test_the_gitlab_job_makes_the_files_that_it_hands_over(tmp_path: Path) -> None:
    site, job = make_site(tmp_path / "site"), GITLAB["bitext"]
    (command,) = job["script"]
    program, *arguments = shlex.split(command)
    assert program == "bitext"
    done = subprocess.run(
        [sys.executable, "-m", "bitext", *arguments],
        cwd=site,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "term-deprecated" in done.stdout
    reports = job["artifacts"]["reports"]
    issues = json.loads((site / reports["codequality"]).read_text("utf-8"))
    assert (issues[0]["check_name"], issues[0]["location"]["path"]) == ("term-deprecated", "news/a.en.md")
    assert "<failure " in (site / reports["junit"]).read_text("utf-8")
    assert job["artifacts"]["when"] == "always"


def test_what_the_gitlab_job_keeps_is_what_it_tells_the_tools_to_use() -> None:
    job = GITLAB["bitext"]
    used = {job["variables"][name].removeprefix("$CI_PROJECT_DIR/") for name in ("BITEXT_CACHE", "PIP_CACHE_DIR")}
    assert set(job["cache"]["paths"]) == used


def test_the_workflow_uses_inputs_and_outputs_that_the_action_has() -> None:
    steps = WORKFLOW["jobs"]["bitext"]["steps"]
    used = next(step for step in steps if step.get("id") == "bitext")
    assert set(used["with"]) <= set(ACTION["inputs"])
    text = (ROOT / "integrations" / "github-workflow.yml").read_text(encoding="utf-8")
    named = {part.split("}")[0].split()[0] for part in text.split("steps.bitext.outputs.")[1:]}
    assert named
    assert named <= set(ACTION["outputs"])


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash to read the scripts with")
def test_every_script_is_sound_shell() -> None:
    scripts = [step["run"] for step in ACTION["runs"]["steps"] if "run" in step]
    for script in (*scripts, "\n".join([*GITLAB["bitext"]["before_script"], *GITLAB["bitext"]["script"]])):
        assert subprocess.run(["bash", "-n"], input=script, text=True, check=False).returncode == 0

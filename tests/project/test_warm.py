"""A run that finds all its results kept loads nothing that judging needs."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.project.sites import site

HEAVY = ["ahocorasick_rs", "bitext.align", "bitext.segment", "lxml", "markdown_it", "numpy", "opencc", "pypinyin"]
HEAVY += ["rich", "rjieba", "sentencepiece"]
PROGRAM = f"""
import os, sys
from bitext.cli.app import main
child = os.fork()
if not child:
    code = 70
    try:
        code = main(["check", "--format", "json=cold.json"])
    finally:
        os._exit(code)
cold = os.waitstatus_to_exitcode(os.wait()[1])
warm = main(["check", "--format", "json=warm.json"])
print(cold, warm, *(name for name in {HEAVY!r} if name in sys.modules), file=sys.stderr)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a fork, so that what the first run loads stays with it")
def test_a_warm_run_loads_nothing_that_judging_needs(tmp_path: Path) -> None:
    project = site(tmp_path / "site", wrong=(1,), count=1)
    environment = {name: value for name, value in os.environ.items() if name != "BITEXT_CACHE"}
    path = os.pathsep.join(filter(None, sys.path))
    command = [sys.executable, "-P", "-c", PROGRAM]
    environment |= {"PYTHONPATH": path, "BITEXT_LANG": "en"}
    done = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=True)
    assert done.stderr.split() == ["1", "1"]
    assert (project / "warm.json").read_bytes() == (project / "cold.json").read_bytes()
    assert "number-mismatch" in (project / "warm.json").read_text(encoding="utf-8")

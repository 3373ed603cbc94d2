"""`bitext score alignment`: how good an alignment is, measured by a gold one."""

from __future__ import annotations

import sys
from pathlib import PurePath

from bitext import pipeline
from bitext.cli import console
from bitext.cli.command import Verb, option, paths, verb
from bitext.cli.exits import Exit
from bitext.errors import ConfigError
from bitext.model.findings import Message

SUBJECTS = ("alignment",)
"""What can be scored."""


def command(language: str) -> Verb:
    """The verb."""
    return verb(
        "score", language, run, [paths("given"), option("--format", "kind", choices=("text", "json"), default="text")]
    )


def run(language: str, given: tuple[str, ...], kind: str) -> Exit:
    """Scores and shows the figures."""
    from bitext.report.scores import score_json, score_lines

    if given and given[0] not in SUBJECTS:
        raise ConfigError(Message.of("cli.usage.score-subject", value=given[0], accepted=", ".join(SUBJECTS)))
    files = given[1:]
    if len(files) != 2:
        raise ConfigError(Message.of("cli.usage.two-alignments", given=len(files)))
    score = pipeline.score_alignment(*files)
    if kind == "json":
        gold, auto = (PurePath(path).as_posix() for path in files)
        console.write([score_json(score, gold, auto, ascii_only=not console.is_utf8(sys.stdout))], sys.stdout)
    else:
        lines = score_lines(score, language, console.screen(sys.stdout))
        console.write((f"{line.rstrip()}\n" for line in lines), sys.stdout)
    return Exit.CLEAN

"""Consoles of every kind: any character set, colour only where it is wanted, readers that go away."""

import io
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.program import bitext, environment

from bitext.cli import console
from bitext.report.lines import Line

LINES: list[Line] = [(("错误", "error"), ("  plain  ", "")), ()]


class Stream(io.StringIO):
    """A stream of which the test says whether it is a terminal and what it can show."""

    def __init__(self, terminal: bool, charset: str = "utf-8") -> None:
        super().__init__()
        self.terminal, self.charset = terminal, charset

    def isatty(self) -> bool:
        return self.terminal

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return self.charset


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "COLORTERM", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")


def shown(stream: Stream) -> str:
    console.show(LINES, stream)
    return stream.getvalue()


def test_a_terminal_gets_colour_and_a_pipe_does_not() -> None:
    assert "\x1b[1;31m错误\x1b[0m" in shown(Stream(terminal=True))
    assert shown(Stream(terminal=False)) == "错误  plain\n\n"


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_a_user_who_wants_no_colour_gets_none(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    assert "\x1b" not in shown(Stream(terminal=True))


def test_the_width_of_a_pipe_is_fixed_and_columns_changes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert console.screen(Stream(terminal=False)).width == console.PIPED_WIDTH
    monkeypatch.setenv("COLUMNS", "72")
    assert console.screen(Stream(terminal=False)).width == 72
    monkeypatch.setenv("COLUMNS", "wide")
    assert console.screen(Stream(terminal=False)).width == console.PIPED_WIDTH


@pytest.mark.parametrize(("name", "utf8"), [("utf-8", True), ("UTF8", True), ("cp936", False), ("", False)])
def test_utf8_is_known_by_any_of_its_names(name: str, utf8: bool) -> None:
    assert console.is_utf8(Stream(terminal=False, charset=name)) is utf8


@pytest.mark.parametrize("charset", ["cp936", "cp1252", "ascii", "big5", "utf-8"])
@pytest.mark.parametrize(
    "arguments", [("--help",), ("check", "--help"), ("explain",), ("check", "没有.html", "né.html")]
)
def test_no_character_set_makes_the_program_fail(charset: str, arguments: tuple[str, ...], tmp_path: Path) -> None:
    run = bitext(*arguments, cwd=tmp_path, env={"PYTHONIOENCODING": charset, "BITEXT_LANG": "zh", "PYTHONUTF8": "0"})
    assert run.code == (2 if arguments[-1].endswith(".html") else 0)
    (run.out + run.err).decode(charset)
    assert b"Traceback" not in run.err


def test_a_console_without_chinese_characters_is_spoken_to_in_english() -> None:
    chinese = bitext("--help", env={"PYTHONIOENCODING": "cp936", "BITEXT_LANG": "zh"})
    english = bitext("--help", env={"PYTHONIOENCODING": "cp1252", "BITEXT_LANG": "zh"})
    assert chinese.out.decode("cp936").startswith("用法：")
    assert english.text.startswith("Usage:")


def test_a_reader_that_goes_away_is_no_error() -> None:
    script = (
        "import sys; from bitext.cli import console; console.prepare();"
        "console.write(('x' * 99 + '\\n' for _ in range(100000)), sys.stdout); sys.exit(7)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        program.stdout.readline()
        program.stdout.close()
        complaint = program.stderr.read()
    assert (program.returncode, complaint) == (7, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_told() -> None:
    command = [sys.executable, "-m", "bitext", "explain"]
    with Path("/dev/full").open("wb") as full:
        run = subprocess.run(command, env=environment(), stdout=full, stderr=subprocess.PIPE, check=False)
    assert run.returncode == 2
    assert run.stderr.startswith(b"error: The output cannot be written: No space left on device.")
    assert run.stderr.count(b"\n") == 1


COMMANDS = (
    "::set-output name=a::b",
    "  ::stop-commands::x",
    "words ##[add-mask]e",
    "##vso[task.setvariable variable=a]b",
    "##teamcity[buildStop]",
)


@pytest.mark.parametrize("service", ["GITHUB_ACTIONS", "TF_BUILD", "TEAMCITY_VERSION"])
@pytest.mark.parametrize("command", COMMANDS)
def test_words_of_a_page_are_no_commands_to_the_service_that_logs_them(
    command: str, service: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(service, "true")
    stream = Stream(terminal=False)
    console.show([((command, ""),), ((f"    {command}", "strong"),)], stream)
    lines = stream.getvalue().splitlines()
    assert len(lines) == 2
    for line in lines:
        assert not line.strip().startswith("::")
        assert "##" not in line
        assert line.replace(" ", "") == command.replace(" ", "")


@pytest.mark.parametrize("text", ["## 3 errors", "a::b", "see [1]", "#[x]", "第1项：: 字"])
def test_other_words_are_logged_as_they_are(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    stream = Stream(terminal=False)
    console.show([((text, ""),)], stream)
    assert stream.getvalue() == f"{text}\n"


def test_what_no_service_logs_is_written_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    for service in ("GITHUB_ACTIONS", "GITEA_ACTIONS", "TF_BUILD", "TEAMCITY_VERSION"):
        monkeypatch.delenv(service, raising=False)
    stream = Stream(terminal=False)
    console.show([((command, ""),) for command in COMMANDS], stream)
    assert stream.getvalue().splitlines() == list(COMMANDS)

"""What the command line accepts, and what it says to the rest; every verb, in both languages."""

import re
from pathlib import Path

import pytest

from bitext.cli.app import VERBS, main
from bitext.messages import catalogue
from bitext.version import __version__

LANGUAGES = ("en", "zh")
Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BITEXT_LANG", "en")
    monkeypatch.delenv("COLUMNS", raising=False)


REFUSED = [
    ("chek a b", f"There is no verb chek. Accepted: {', '.join(VERBS)}."),
    ("--foo", "There is no option --foo."),
    ("check --formt json a b", "There is no option --formt. Did you mean --format?"),
    ("check a b --glossary", "The option --glossary needs a value after it."),
    ("check a b --format xml", "xml is not accepted for --format. Accepted: terminal, json, jsonl, sarif, "),
    ("check a b --fail-on nothing", "nothing is not accepted for --fail-on. Accepted: error, warning, never."),
    ("check --language fr a", "fr is not accepted for --language. Accepted: zh, en."),
    ("check", 'There is no page in the folder ".".'),
    ("check a b --select term,numbr", "There is no rule or family numbr for --select. Did you mean number?"),
    ("check --max-findings few", "few is not accepted for --max-findings. Accepted: a whole number"),
    ("check --max-findings -1", "-1 is not accepted for --max-findings."),
    ("check --changed", 'There is no page in the folder ".".'),
    ("check --language en a b", "One page is needed here, 2 given."),
    ("align a", "`bitext align` needs two pages, 1 given."),
    ("segment", "One page is needed here, 0 given."),
    ("explain term-missing term-deprecated", "At most one rule is explained at a time, 2 given."),
    ("explain alignment-unsur", "Did you mean alignment-unsure?"),
    ("explain xyz", "`bitext explain` lists them."),
    ("score", "`bitext score alignment` needs two files, 0 given."),
    ("score alignment a", "`bitext score alignment` needs two files, 1 given."),
    ("glossary", '`bitext glossary` does not know what to do: "". Accepted: check'),
    ("glossary chek a.csv", '`bitext glossary` does not know what to do: "chek". Accepted: check'),
    ("glossary check", "There is no glossary to check."),
    ("score terms a b", '`bitext score` does not know what to score: "terms". Accepted: alignment'),
]


@pytest.mark.parametrize(("command", "said"), REFUSED)
def test_wrong_use_is_told_on_the_error_stream_only(command: str, said: str, capsys: Captured) -> None:
    assert main(command.split()) == 2
    captured = capsys.readouterr()
    assert said in captured.err
    assert captured.out == ""
    assert "--help" in captured.err


@pytest.mark.parametrize("command", [command for command, _ in REFUSED])
def test_wrong_use_is_told_in_chinese_too(command: str, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BITEXT_LANG", "zh")
    assert main(command.split()) == 2
    first = capsys.readouterr().err.splitlines()[0]
    assert first.startswith("错误：")
    assert not re.search(r"\b(is|the|needs|no|given)\b", first)


def test_without_a_verb_the_help_goes_to_the_error_stream(capsys: Captured) -> None:
    assert main([]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert all(verb in captured.err for verb in VERBS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help_with_examples(
    verb: str, language: str, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BITEXT_LANG", language)
    assert main([verb, "--help"]) == 0
    shown = capsys.readouterr().out
    assert catalogue.text("cli.help.examples", language) in shown
    assert shown.count(f"bitext {verb} ") >= 2
    assert not any(line.endswith(" ") for line in shown.splitlines())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_program_lists_its_verbs(language: str, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BITEXT_LANG", language)
    assert main(["--help"]) == 0
    shown = capsys.readouterr().out
    assert all(catalogue.text(f"cli.{verb}.summary", language) in shown for verb in VERBS)


def test_the_version_is_that_of_the_package(capsys: Captured) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"bitext {__version__}\n"


@pytest.mark.parametrize("language", LANGUAGES)
def test_explain_lists_every_rule_with_a_sentence(
    language: str, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bitext.checks.registry import RULES

    monkeypatch.setenv("BITEXT_LANG", language)
    assert main(["explain"]) == 0
    rows = dict(re.findall(r"^  (\S+) +(\S.*)$", capsys.readouterr().out, re.MULTILINE))
    assert set(RULES) <= set(rows)


@pytest.mark.parametrize("language", LANGUAGES)
def test_explain_prints_the_manual(language: str, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    from bitext.checks.registry import RULES
    from bitext.checks.rule import manual

    monkeypatch.setenv("BITEXT_LANG", language)
    for name, rule in RULES.items():
        assert main(["explain", name]) == 0
        shown = capsys.readouterr().out.split()
        assert shown == [name, *manual(rule, language).split()]


def test_an_unforeseen_error_is_told_without_a_traceback(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_name: str) -> None:
        raise ValueError("out of\nthe blue")

    monkeypatch.setattr("bitext.cli.app.import_module", fail)
    monkeypatch.delenv("BITEXT_DEBUG", raising=False)
    assert main(["check", "a b", "c"]) == 3
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "ValueError: out of the blue" in captured.err
    assert "BITEXT_DEBUG=1 bitext check 'a b' c" in captured.err
    assert "Traceback" not in captured.err


def test_debugging_shows_the_traceback(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_name: str) -> None:
        raise ValueError("out of the blue")

    monkeypatch.setattr("bitext.cli.app.import_module", fail)
    monkeypatch.setenv("BITEXT_DEBUG", "1")
    assert main(["check", "a", "b"]) == 3
    assert "Traceback" in capsys.readouterr().err


def test_an_interrupted_run_says_so(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_name: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("bitext.cli.app.import_module", interrupt)
    assert main(["check", "a", "b"]) == 130
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "Interrupted" in captured.err

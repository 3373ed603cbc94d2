"""Whatever text pages, glossaries, waivers and file names hold, every output says it and nothing else."""

import json
import re
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

from hypothesis import given, settings
from tests.report.hostile import Case, cases, flat, in_xml

from bitext.report.formats import NAMES, output
from bitext.report.setting import Setting


def made(name: str, case: Case) -> str:
    return output(name)(case.report, Setting())


def unescaped(text: str, *, inside: bool = False) -> str:
    """A command of a workflow as GitHub's runner reads it."""
    pairs = [("%3A", ":"), ("%2C", ",")] if inside else []
    for escape, character in [*pairs, ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")]:
        text = text.replace(escape, character)
    return text


def commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    rows = []
    for line in re.split(r"\r\n|\r|\n", text)[:-1]:
        match = re.fullmatch(r"::(error|warning|notice) (.*?)::(.*)", line, re.DOTALL)
        assert match, line
        pairs = dict(pair.split("=", 1) for pair in match[2].split(","))
        rows.append(
            (match[1], {key: unescaped(value, inside=True) for key, value in pairs.items()}, unescaped(match[3]))
        )
    return rows


def calm(text: str) -> str:
    return re.sub(r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f]", " ", text)


@settings(deadline=None)
@given(cases())
def test_github_reads_the_commands_as_they_are_meant(case: Case) -> None:
    rows = commands(made("github", case))
    document = case.report.items[0].bitext.target
    assert document is not None
    found = [message for _, place, message in rows if place["file"] == document.document.path]
    assert found[0].startswith(calm(case.message))
    assert {place["title"] for _, place, _ in rows} == {"bitext", "bitext term-deprecated"}


@settings(deadline=None)
@given(cases())
def test_xml_is_well_formed_and_says_the_message(case: Case) -> None:
    junit = ElementTree.fromstring(made("junit", case))  # noqa: S314
    (failure,) = junit.iter("failure")
    assert failure.get("message") == in_xml(case.message)
    assert (failure.text or "").startswith(in_xml(case.message))
    skipped = [row.get("message") for row in junit.iter("skipped")]
    assert skipped[0] == in_xml(case.reason) or not case.reason
    checkstyle = ElementTree.fromstring(made("checkstyle", case))  # noqa: S314
    messages = [row.get("message") or "" for row in checkstyle.iter("error")]
    assert any(message.startswith(in_xml(case.message)) for message in messages)


@settings(deadline=None)
@given(cases())
def test_json_outputs_say_the_message(case: Case) -> None:
    gitlab = json.loads(made("gitlab", case))
    assert flat(gitlab[0]["description"]).startswith(flat(case.message))
    assert json.loads(made("rdjson", case))["diagnostics"][0]["message"].startswith(case.message)
    rows = [json.loads(line) for line in made("jsonl", case).split("\n")[:-1]]
    assert [row["state"] for row in rows[:3]] == ["new", "waived", "known"]
    assert all(row["message"] == case.message for row in rows[:3])
    assert rows[1]["accepted"]["reason"] == case.reason


@settings(deadline=None)
@given(cases())
def test_sarif_shows_the_message_as_text(case: Case) -> None:
    (run,) = json.loads(made("sarif", case))["runs"]
    for result in run["results"]:
        text, _, link = result["message"]["text"].rpartition("\n")
        assert shown(text).startswith(case.message.replace("](", "] ("))
        assert re.fullmatch(r"\[(?:[^][\\]|\\[][\\])*\]\(1\)", link, re.DOTALL)
    uris = {place["physicalLocation"]["artifactLocation"]["uri"] for place in locations(run)}
    paths = {
        page.document.path for page in (case.report.items[0].bitext.source, case.report.items[0].bitext.target) if page
    }
    assert {unquote(uri) for uri in uris} == paths
    assert all(re.fullmatch(r"[A-Za-z0-9%/._~-]+", uri) for uri in uris)


def shown(text: str) -> str:
    """A plain message as a viewer shows it: no placeholder may be left, no link may be there."""
    assert not re.search(r"\]\(", text)
    assert not re.search(r"(?<!\{)(?:\{\{)*\{(?!\{)", text)
    return text.replace("{{", "{").replace("}}", "}")


def locations(run: dict[str, Any]) -> list[dict[str, Any]]:
    return [place for result in run["results"] for place in (*result["locations"], *result.get("relatedLocations", ()))]


@settings(deadline=None)
@given(cases())
def test_markdown_shows_the_text_and_nothing_of_it_is_markup(case: Case) -> None:
    markdown = made("summary", case)
    html = rendered(markdown)
    assert flat(case.message) in flat(html_text(html))
    tags = set(re.findall(r"</?([a-zA-Z][a-zA-Z0-9]*)", html))
    assert tags <= {
        "h2",
        "h3",
        "p",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "ul",
        "li",
        "strong",
        "code",
        "b",
        "details",
        "summary",
    }
    assert html.count("<details") == html.count("</details>") == 1
    # Neither a mention, nor an address, nor the number of an issue is left in one piece.
    prose = re.sub(r"<code>.*?</code>", "", html, flags=re.DOTALL)
    pieces = html_pieces(prose)
    assert not any(re.search(r"@\w|://|www\.\w|#\d|\bGH-\d", piece, re.IGNORECASE) for piece in pieces)


def rendered(markdown: str) -> str:
    from markdown_it import MarkdownIt

    return str(MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(markdown))


def html_pieces(html: str) -> list[str]:
    from html import unescape

    return [unescape(piece) for piece in re.split(r"<!--.*?-->|<[^>]*>", html)]


def html_text(html: str) -> str:
    return "".join(html_pieces(html))


@settings(max_examples=20, deadline=None)
@given(cases())
def test_every_output_is_the_same_twice_and_can_be_written(case: Case) -> None:
    for name in NAMES:
        text = made(name, case)
        assert text == made(name, case)
        assert text.encode("utf-8").endswith(b"\n")

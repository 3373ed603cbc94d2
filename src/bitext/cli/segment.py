"""`bitext segment`: a page cut into sentences."""

from __future__ import annotations

from bitext import pipeline
from bitext.cli import console
from bitext.cli.command import LANGUAGES, Verb, option, paths, verb
from bitext.cli.exits import Exit
from bitext.cli.output import ascii_only, deliver
from bitext.errors import ConfigError
from bitext.model.documents import Language
from bitext.model.findings import Message
from bitext.report.words import Words, document_notes


def command(language: str) -> Verb:
    """The verb."""
    params = [
        paths(),
        option("--language", "page_language", choices=LANGUAGES),
        option("--format", "kind", choices=("tsv", "jsonl"), default="tsv"),
        option("-o", "--output", metavar="FILE"),
    ]
    return verb("segment", language, run, params)


def run(
    language: str,
    paths: tuple[str, ...],
    page_language: Language | None,
    kind: str,
    output: str | None,
) -> Exit:
    """Segments and writes the segments; notes on how the page was read go to the error stream."""
    from bitext.report.rows import segments_jsonl, segments_tsv

    if len(paths) != 1:
        raise ConfigError(Message.of("cli.usage.one-page", given=len(paths)))
    page = pipeline.segmented(pipeline.read(paths[0], page_language))
    words = Words(language)
    for note in document_notes(page.document, words):
        console.complain(words.say("notes.label", note=note))
    deliver(segments_tsv(page) if kind == "tsv" else segments_jsonl(page, ascii_only=ascii_only(output)), output)
    return Exit.CLEAN

"""`bitext align`: the sentences of two pages, paired."""

from __future__ import annotations

from bitext import pipeline
from bitext.cli import console, glossaries
from bitext.cli.command import Verb, option, paths, verb
from bitext.cli.convert import target_kind, tell_losses
from bitext.cli.exits import Exit
from bitext.cli.output import ascii_only, deliver, deliver_files
from bitext.cli.progress import waiting
from bitext.errors import ConfigError
from bitext.formats.bitexts.registry import kind_of_path
from bitext.messages import catalogue
from bitext.model.alignment import Alignment
from bitext.model.findings import Message
from bitext.pipeline import PROFILES, Profile
from bitext.report.words import Words, document_notes

FORMATS = ("tsv", "jsonl")
"""What may be shown on the screen, and may hold evidence; files may have other formats too."""


def command(language: str) -> Verb:
    """The verb."""
    params = [
        paths(),
        option("--glossary", "glossary_paths", metavar="FILE", multiple=True),
        option("--format", "kind", choices=FORMATS),
        option("-o", "--output", metavar="FILE"),
        option("--profile", choices=PROFILES, default="accurate"),
        option("--encoder", metavar="FOLDER"),
        option("--evidence", is_flag=True),
    ]
    return verb("align", language, run, params)


def run(
    language: str,
    paths: tuple[str, ...],
    glossary_paths: tuple[str, ...],
    kind: str | None,
    output: str | None,
    profile: Profile,
    encoder: str | None,
    evidence: bool,
) -> Exit:
    """Aligns and writes the beads; notes on how it was done go to the error stream."""
    from bitext.report.rows import beads_jsonl, beads_tsv

    if len(paths) != 2:
        raise ConfigError(Message.of("cli.usage.two-pages", verb="align", given=len(paths)))
    if output is not None and kind is None and kind_of_path(output) is not None:
        kind = target_kind(output).name
    if evidence and kind is not None and kind not in FORMATS:
        raise ConfigError(Message.of("cli.usage.evidence-format", kind=kind, accepted=", ".join(FORMATS)))
    if encoder is not None and profile == "fast":
        raise ConfigError(Message.of("cli.usage.encoder-fast"))
    with waiting(catalogue.text("cli.progress.align", language)):
        glossary, _ = glossaries.chosen(glossary_paths)
        source, target, notes = pipeline.read_pair(*paths)
        alignment = pipeline.aligned(source, target, glossary, profile, encoder, evidence=evidence)
    words = Words(language)
    told = [words.message(note) for note in (*notes, *map(Message.of, alignment.notes))]
    for note in (*told, *document_notes(source, words), *document_notes(target, words)):
        console.complain(words.say("notes.label", note=note))
    if kind in (None, "tsv"):
        deliver(beads_tsv(alignment, evidence=evidence), output)
    elif kind == "jsonl":
        deliver(beads_jsonl(alignment, ascii_only=ascii_only(output), evidence=evidence), output)
    elif output is not None:
        _write(alignment, output, language)
    return Exit.CLEAN


def _write(alignment: Alignment, output: str, language: str) -> None:
    """Writes the alignment as a bitext in the format that the suffix of `output` names."""
    from bitext.formats.bitexts.aligned import memory_of
    from bitext.formats.bitexts.conversion import written_as
    from bitext.formats.bitexts.losses import Losses

    losses = Losses(target_kind(output))
    deliver_files(written_as(losses.kind, memory_of(alignment), losses), (output,))
    tell_losses(losses, language)

"""The functions of the package for Python programs.

A text or path that cannot be used raises `InputError`; an argument of the wrong type raises `TypeError`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from os import PathLike, fspath
from pathlib import PurePath
from typing import TYPE_CHECKING, Literal, TypeAlias, cast, overload

from bitext.errors import InputError
from bitext.messages import catalogue
from bitext.model.alignment import Alignment
from bitext.model.documents import Document, Language, Segment, SegmentedDocument
from bitext.model.findings import Message, Report
from bitext.model.glossary import Glossary

if TYPE_CHECKING:
    from bitext.align import Encoder
    from bitext.pipeline import Criteria, Profile

Path: TypeAlias = str | PathLike[str]
Side: TypeAlias = str | Document | SegmentedDocument | Sequence[str]
"""One side of a pair: a text, a document, a segmented document, or its sentences in order."""
Glossaries: TypeAlias = Glossary | Path | Iterable[Path] | None
"""A glossary, the path of its file, several such paths, or none."""


def segment(text: str, language: Language) -> tuple[Segment, ...]:
    """The segments of `text` in order, each with its `.text` and its `.span` (code points of `text`).

    A blank line ends a paragraph, and no segment goes past one. Raises InputError for a language other than "zh"
    and "en", TypeError if `text` is not a string. A text of nothing but white space has no segments.
    """
    if not isinstance(text, str):
        raise TypeError(catalogue.text("errors.api.text", name="text", type=type(text).__name__))
    _known(language)
    return _segmented(text, language).segments if text.strip() else ()


def align(
    source: Side,
    target: Side,
    source_language: Language = "zh",
    target_language: Language = "en",
    *,
    glossary: Glossaries = None,
    profile: Profile = "accurate",
    encoder: Encoder | Path | None = None,
    evidence: bool = False,
) -> Alignment:
    """Aligns two sides; `.beads` of the result hold index ranges into `.source.segments` and `.target.segments`.

    Sides given as sentences are not cut up again. `profile` "fast" does without the sentence encoder. With `evidence`
    each bead has an `.evidence`: the features that speak for or against it and their weights, in nats. The languages
    are those of texts and sentences; a document brings its own. `encoder` takes the place of the packaged sentence
    encoder: the folder of a sentence-transformers model, which is loaded at each call, or an object with a `name` and a
    method `encode` (`from bitext.align import Encoder`).

    Raises InputError for unknown or equal languages, for a text without words and for a folder without a model,
    AlignmentImpossible for texts that cannot be aligned, MissingExtra without the package that reads models, TypeError
    for other sides.

        alignment = bitext.align("深信院与腾讯签约。", "SZIIT signed with Tencent.")
        for bead in alignment.beads:
            print(bead.confidence, alignment.source_text(bead), alignment.target_text(bead))
    """
    pair = _pair(source, target, source_language, target_language)
    known, profile = _glossary(glossary), _profile(profile)

    from bitext.align import align as stage

    return stage(*pair, known, profile=profile, encoder=_encoder(encoder, profile), evidence=evidence)


@overload
def align_many(
    pairs: Iterable[tuple[Side, Side]],
    source_language: Language = "zh",
    target_language: Language = "en",
    *,
    glossary: Glossaries = None,
    profile: Profile = "accurate",
    encoder: Encoder | Path | None = None,
    evidence: bool = False,
    workers: int = 1,
    errors: Literal["raise"] = "raise",
) -> Iterator[Alignment]: ...


@overload
def align_many(
    pairs: Iterable[tuple[Side, Side]],
    source_language: Language = "zh",
    target_language: Language = "en",
    *,
    glossary: Glossaries = None,
    profile: Profile = "accurate",
    encoder: Encoder | Path | None = None,
    evidence: bool = False,
    workers: int = 1,
    errors: Literal["yield"],
) -> Iterator[Alignment | InputError]: ...


def align_many(  # noqa: PLR0913 - options that belong together, each with a default
    pairs: Iterable[tuple[Side, Side]],
    source_language: Language = "zh",
    target_language: Language = "en",
    *,
    glossary: Glossaries = None,
    profile: Profile = "accurate",
    encoder: Encoder | Path | None = None,
    evidence: bool = False,
    workers: int = 1,
    errors: Literal["raise", "yield"] = "raise",
) -> Iterator[Alignment | InputError]:
    """Aligns many pairs, yielding the alignments in order; pairs are taken up as they are needed.

    Cheaper than one `align` after another, because pairs share the work of the encoder; a few dozen are held at a time,
    fewer of long ones. Arguments and errors are those of `align`. The error of a pair is raised after the alignments of
    those before it; with `errors` "yield" it is yielded in the place of its alignment, that of a side of the wrong type
    too, and the next pairs are aligned. With `workers` so many processes share the work, which pays for some hundred
    pairs or more; the alignments do not depend on it. An `encoder` must be a folder then.

        for result in bitext.align_many(pairs, errors="yield"):
            if isinstance(result, bitext.InputError):
                print(result)
    """
    if isinstance(pairs, str):
        raise TypeError(catalogue.text("errors.api.bare-text", name="pairs"))
    if errors not in ("raise", "yield"):
        raise InputError(Message.of("errors.api.errors", value=str(errors)))
    failed: deque[tuple[int, InputError]] = deque()
    documents = _documents(pairs, (source_language, target_language), failed, go_on=errors == "yield")
    known, profile = _glossary(glossary), _profile(profile)
    if workers == 1:
        from bitext.align import align_many as stage

        found = stage(documents, known, profile=profile, encoder=_encoder(encoder, profile), evidence=evidence)
    else:
        found = _by_workers(documents, workers, known, profile, encoder, evidence)
    return _in_order(found, failed, go_on=errors == "yield")


def _by_workers(
    documents: Iterator[tuple[SegmentedDocument, SegmentedDocument]],
    workers: int,
    glossary: Glossary,
    profile: Profile,
    encoder: Encoder | Path | None,
    evidence: bool,
) -> Iterator[Alignment]:
    from bitext.align import batches
    from bitext.project.aligners import aligned
    from bitext.project.aligning import AlignJob

    if not isinstance(workers, int) or workers < 1:
        raise InputError(Message.of("errors.api.workers", value=str(workers)))
    if encoder is not None and not isinstance(encoder, (str, PathLike)):
        raise InputError(Message.of("errors.api.workers-encoder"))
    if encoder is not None and profile == "fast":
        raise InputError(Message.of("errors.api.encoder-fast"))
    folder = "" if encoder is None else fspath(encoder)
    return aligned(batches(documents), AlignJob(glossary, profile, folder, evidence), workers)


def _documents(
    pairs: Iterable[tuple[Side, Side]],
    languages: tuple[Language, Language],
    failed: deque[tuple[int, InputError]],
    *,
    go_on: bool,
) -> Iterator[tuple[SegmentedDocument, SegmentedDocument]]:
    """The pairs that can be aligned. The others are put into `failed` with their indices; the first ends it all."""
    for index, pair in enumerate(pairs):
        try:
            yield _pair(*_two(pair), *languages)
        except InputError as error:
            failed.append((index, error))
            if not go_on:
                return


def _in_order(
    alignments: Iterator[Alignment], failed: deque[tuple[int, InputError]], *, go_on: bool
) -> Iterator[Alignment | InputError]:
    index = 0
    for alignment in alignments:
        while failed and failed[0][0] == index:
            yield failed.popleft()[1]
            index += 1
        yield alignment
        index += 1
    for index, error in failed:
        if not go_on:
            error.add_note(catalogue.text("errors.api.pair-number", n=index))
            raise error
        yield error


def check(
    source_path: Path,
    target_path: Path | None = None,
    glossary: Glossaries = None,
    *,
    language: Language | None = None,
    profile: Profile = "accurate",
    waivers: Path | Iterable[Path] = (),
    today: str = "",
    archive: Path | None = None,
) -> Report:
    """Checks a Chinese page against its English page; `.findings` of the report are sorted by place.

    Paths given the other way round are set right, and a note of the item says so. Without `target_path` the one file
    holds both languages: a translation memory or CAT file, or a page with each paragraph in Chinese and English. With
    `language` ("zh" or "en") it is one page in that language alone, checked for terms.

    `waivers` are the paths of waiver files, `today` the date (ISO 8601) by which some of their rows have expired, none
    where it is empty; what was waived is in `.waived`. `archive` is a folder of pairs published earlier, which the
    item's names and terms are compared with; those pairs are read at each call, and aligned where no alignment lies
    beside them. Raises InputError if a file cannot be read, has no words, or is in another language than it should be,
    and ConfigError, which is one, for an archive without pairs.

        report = bitext.check("news.zh.html", "news.en.html", "glossary.csv")
        for finding in report.findings:
            print(finding.severity, finding.rule, finding.suggestion)
    """
    from bitext import pipeline

    if isinstance(waivers, (str, PathLike)):
        waivers = [waivers]
    listed = pipeline.read_waivers([fspath(path) for path in waivers])
    observe = archive is not None
    criteria = pipeline.Criteria(_glossary(glossary), _profile(profile), waivers=listed, today=today, observe=observe)
    if language is not None:
        _known(language)
        if target_path is not None:
            raise TypeError(catalogue.text("errors.api.one-page"))
    paths = [fspath(path) for path in (source_path, target_path) if path is not None]
    report = pipeline.check(paths, criteria, language)
    return report if archive is None else _beside(report, paths, fspath(archive), criteria)


def _beside(report: Report, paths: Sequence[str], folder: str, criteria: Criteria) -> Report:
    """The report with what sets its item apart from the pairs in `folder`, less that of the pages themselves."""
    from bitext.checks.registry import DEFAULT
    from bitext.project import archive
    from bitext.project.pool import outcomes
    from bitext.project.work import Job

    job = Job(criteria.glossary, criteria.waivers, criteria.today, criteria.profile)
    folder = PurePath(folder).as_posix()
    earlier = tuple(outcomes(archive.tasks(folder, checked=paths), job, 1))
    compared = archive.beside(report, earlier, job, {rule.id for rule in DEFAULT})
    item = compared.items[0]
    noted = replace(item, notes=(*item.notes, *archive.told(folder, earlier)))
    return replace(compared, items=(noted,))


def load_glossary(path: Path) -> Glossary:
    """The glossary in the file `path`: CSV, TSV, XLSX, TBX or UTX. Raises InputError with its place."""
    return _glossary(path)


def _glossary(glossary: Glossaries) -> Glossary:
    from bitext.glossaries import read_glossary

    if glossary is None:
        return Glossary()
    if isinstance(glossary, Glossary):
        return glossary
    paths = [glossary] if isinstance(glossary, (str, PathLike)) else glossary
    return read_glossary([fspath(path) for path in paths])


def _pair(
    source: Side, target: Side, source_language: Language, target_language: Language
) -> tuple[SegmentedDocument, SegmentedDocument]:
    pair = _segmented(source, source_language), _segmented(target, target_language)
    if pair[0].document.language == pair[1].document.language:
        raise InputError(Message.of("errors.language.same", language=pair[0].document.language))
    return pair


class _WrongType(InputError, TypeError):
    """A side of the wrong type: in a program a mistake, among the pairs of a table one bad row."""


def _two(pair: tuple[Side, Side]) -> tuple[Side, Side]:
    if isinstance(pair, str) or not isinstance(pair, Sequence) or len(pair) != 2:
        raise _WrongType(Message.of("errors.api.pair", name="pairs", type=type(pair).__name__))
    return pair


def _segmented(side: Side, language: Language) -> SegmentedDocument:
    from bitext.formats.documents.plain import document_from_segments, document_from_text
    from bitext.segment import segment as stage

    if isinstance(side, SegmentedDocument):
        return side
    if isinstance(side, Document):
        return stage(side)
    _known(language)
    if isinstance(side, str):
        if not side.strip():
            raise InputError(Message.of("errors.api.no-text", language=language))
        return stage(document_from_text(side, language))
    _, segmented = document_from_segments(_sentences(side), language)
    return segmented


def _known(language: Language) -> None:
    if language not in ("zh", "en"):
        raise InputError(Message.of("errors.language.unknown", language=str(language)))


def _sentences(side: object) -> tuple[str, ...]:
    if isinstance(side, Iterable) and not isinstance(side, (bytes, bytearray)):
        sentences = tuple(side)
        if all(isinstance(sentence, str) for sentence in sentences):
            return cast("tuple[str, ...]", sentences)
    raise _WrongType(Message.of("errors.api.side", type=type(side).__name__))


def _profile(profile: Profile) -> Profile:
    from bitext.pipeline import PROFILES

    if profile not in PROFILES:
        raise InputError(Message.of("errors.api.profile", profile=str(profile)))
    return profile


def _encoder(encoder: Encoder | Path | None, profile: Profile) -> Encoder | None:
    from bitext.pipeline import encoder_of

    if encoder is not None and profile == "fast":
        raise InputError(Message.of("errors.api.encoder-fast"))
    if isinstance(encoder, (str, PathLike)):
        return encoder_of(fspath(encoder))
    serves = hasattr(encoder, "name") and hasattr(encoder, "encode") and not isinstance(encoder, type)
    if encoder is not None and not serves:
        raise TypeError(catalogue.text("errors.api.encoder", type=type(encoder).__name__))
    return encoder

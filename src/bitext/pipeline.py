"""The one file that knows the order of the stages: read, tell the languages, segment, align, make units, check.

Each function returns a value; nothing is printed. Notes on how an item was judged are messages on the item.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from bitext.checks.facts import Facts, Style
from bitext.checks.weight import DOUBTFUL
from bitext.errors import InputError
from bitext.model.alignment import Alignment, Bitext, TranslationUnit
from bitext.model.documents import Document, Language, SegmentedDocument
from bitext.model.findings import Finding, Item, ListedWaiver, Message, Outcome, Report
from bitext.model.glossary import Glossary
from bitext.text.languages import han_share

if TYPE_CHECKING:
    from bitext.align import Encoder
    from bitext.align.scoring import Score
    from bitext.checks.rule import Rule
    from bitext.formats.documents.html.profile import SiteProfile

Profile: TypeAlias = Literal["accurate", "fast"]
PROFILES: tuple[Profile, ...] = ("accurate", "fast")
Sites: TypeAlias = "tuple[SiteProfile | None, SiteProfile | None]"
"""What is known of the sites of two pages."""


def read(path: str, language: Language | None = None, site: SiteProfile | None = None) -> Document:
    """The page in the file `path`; its language is told by its letters if it is not given. Raises InputError.

    `site` tells what is known of the HTML pages of its site.
    """
    from bitext.formats.detect import read_document
    from bitext.formats.files import read_bytes

    return read_document(read_bytes(path), path, language, site)


def read_waivers(paths: Sequence[str]) -> tuple[ListedWaiver, ...]:
    """The waivers in the files `paths`, in order. Raises InputError with the place of what is wrong."""
    from bitext.formats import waiver_files
    from bitext.formats.files import read_bytes

    return tuple(row for path in paths for row in waiver_files.parse(read_bytes(path), path))


def read_pair(
    source_path: str, target_path: str, sites: Sites = (None, None)
) -> tuple[Document, Document, tuple[Message, ...]]:
    """The Chinese page, the English page, and a note if the paths were given the other way round.

    `sites` tell what is known of the sites of the two pages. Raises InputError if both paths are of one file or both
    pages in one language, or one has no words.
    """
    from bitext.formats.files import is_one_file

    if is_one_file(source_path, target_path):
        raise InputError(Message.of("errors.language.one-file", path=target_path), target_path)
    source, target = _told_apart(read(source_path, None, sites[0]), read(target_path, None, sites[1]), sites)
    if source.language == target.language:
        raise _same_language(source, target)
    if source.language == "zh":
        return source, target, ()
    return target, source, (Message.of("report.notes.swapped", chinese=target_path, english=source_path),)


def _told_apart(source: Document, target: Document, sites: Sites) -> tuple[Document, Document]:
    """The pair with the languages that each page has beside the other.

    A Chinese page full of English titles and names can pass for English by itself, but not beside a page without any
    Han characters.
    """
    if source.language == target.language == "en":
        shares = han_share(source.text), han_share(target.text)
        if max(shares) >= _MIXED and min(shares) < _MIXED / 5:
            chinese, other = (source, target) if shares[0] > shares[1] else (target, source)
            read_again = read(chinese.path, "zh", sites[0] if chinese is source else sites[1])
            return (read_again, other) if chinese is source else (other, read_again)
    return source, target


_MIXED = 0.15
"""Share of Han letters from which a page beside one that has hardly any is the Chinese one."""


def _same_language(source: Document, target: Document) -> InputError:
    # Each side is named for what it is not: two Chinese pages lack the English one, which the second path names.
    key, odd = ("chinese", target) if source.language == "zh" else ("english", source)
    return InputError(Message.of(f"errors.language.{key}", share=_percent(odd), path=odd.path), odd.path)


def _percent(document: Document) -> int:
    return round(100 * han_share(document.text))


def segmented(document: Document) -> SegmentedDocument:
    """The document cut into segments."""
    from bitext.segment import segment

    return segment(document)


def aligned(
    source: Document,
    target: Document,
    glossary: Glossary,
    profile: Profile = "accurate",
    encoder_path: str | None = None,
    *,
    evidence: bool = False,
) -> Alignment:
    """The alignment of two documents of different languages, with `evidence` with what speaks for each bead.

    `encoder_path` is the folder of a sentence-transformers model. Raises as `encoder_of` does.
    """
    from bitext.align import align

    encoder = None if encoder_path is None else encoder_of(encoder_path)
    pages = segmented(source), segmented(target)
    return align(*pages, glossary, profile=profile, encoder=encoder, evidence=evidence)


def encoder_of(path: str) -> Encoder:
    """The encoder in the folder `path`, a sentence-transformers model.

    Raises MissingExtra without that package, InputError without a model that serves.
    """
    from bitext.align.encoders.sentence_transformers import SentenceTransformersEncoder

    return SentenceTransformersEncoder(path)


def score_alignment(gold_path: str, auto_path: str) -> Score:
    """The score of the alignment in one file against the gold one in another. Raises InputError."""
    from bitext.align.scoring import score
    from bitext.formats import alignments
    from bitext.formats.files import read_bytes

    gold, auto = (alignments.parse(read_bytes(path), path) for path in (gold_path, auto_path))
    alignments.require_same_segments(gold, auto, auto_path)
    return score(gold.beads, auto.beads)


def units(alignment: Alignment) -> tuple[TranslationUnit, ...]:
    """One translation unit for each bead, in order."""
    return tuple(
        TranslationUnit(index, alignment.source.span(bead.source), alignment.target.span(bead.target), bead)
        for index, bead in enumerate(alignment.beads)
    )


@dataclass(frozen=True, slots=True)
class Criteria:
    """What an item is judged by, of whatever kind it is.

    `rules` are those of the default set where it is None, `scope` is what the pages belong to, as the glossary names
    it. `waivers` are those of files, of which on the date `today` (ISO 8601) some may have expired. `notes` are put on
    the item before those of the run itself. With `observe` the report has what an archive compares. `style`
    is how the house writes.
    """

    glossary: Glossary = field(default_factory=Glossary)
    profile: Profile = "accurate"
    rules: tuple[Rule, ...] | None = None
    scope: str = ""
    waivers: tuple[ListedWaiver, ...] = ()
    today: str = ""
    notes: tuple[Message, ...] = ()
    observe: bool = False
    style: Style = field(default_factory=Style)


def check(
    paths: Sequence[str],
    criteria: Criteria,
    language: Language | None = None,
    sites: Sequence[SiteProfile | None] = (),
) -> Report:
    """Checks two pages, one page alone in `language`, or one file that holds translation units or both languages.

    `sites` tell what is known of the sites of the pages. Raises InputError and AlignmentImpossible as the functions
    for each kind of item do.
    """
    from bitext.formats.bitexts.registry import is_bitext

    first, second = (*sites, None, None)[:2]
    if language is not None:
        return check_page(paths[0], language, criteria, first)
    if len(paths) == 2:
        return check_pair(paths[0], paths[1], criteria, (first, second))
    return check_memory(paths[0], criteria) if is_bitext(paths[0]) else check_interleaved(paths[0], criteria)


def check_pair(source_path: str, target_path: str, criteria: Criteria, sites: Sites = (None, None)) -> Report:
    """Checks a Chinese page and its English page. `sites` tell what is known of the sites of the two.

    Raises InputError if a file cannot be read or both pages are in one language, AlignmentImpossible if the two
    texts cannot be aligned.
    """
    source, target, swapped = read_pair(source_path, target_path, sites)
    before, after = (*criteria.notes, *swapped), _glossary_note(criteria, source_path, target_path)
    return _report(_judged(pair_item(source, target, criteria.glossary, criteria.profile, before, after), criteria))


def check_interleaved(path: str, criteria: Criteria) -> Report:
    """Checks one file that says everything in Chinese and in English; both documents of its item have the path.

    Raises InputError if it cannot be read or is not in two languages that say the same, AlignmentImpossible if the
    texts cannot be aligned.
    """
    source, target = read_interleaved(path)
    before, after = criteria.notes, _glossary_note(criteria, path)
    return _report(_judged(pair_item(source, target, criteria.glossary, criteria.profile, before, after), criteria))


def read_interleaved(path: str) -> tuple[Document, Document]:
    """The Chinese and the English document of a file in both languages. Raises InputError."""
    from bitext.formats.detect import read_document
    from bitext.formats.documents.interleaved import part
    from bitext.formats.files import read_bytes

    parted = part(read_document(read_bytes(path), path, "en", both=True))
    return parted.source, parted.target


def pair_item(
    source: Document,
    target: Document,
    glossary: Glossary,
    profile: Profile,
    before: tuple[Message, ...] = (),
    after: tuple[Message, ...] = (),
) -> Item:
    """Two documents of different languages, aligned; notes stand `before` and `after` those of the alignment."""
    from bitext.align.batch import FALLBACK
    from bitext.align.moved import moved
    from bitext.align.uncovered import uncovered

    alignment = aligned(source, target, glossary, profile)
    if FALLBACK in alignment.notes:
        profile = "fast"  # in which it was made, and by whose scores nothing more is to be said
    elsewhere = moved(alignment, glossary, profile)
    lacking = tuple((row.side, row.segment) for row in uncovered(alignment, glossary, profile))
    bitext = Bitext(alignment.source, alignment.target, units(alignment), elsewhere, lacking)
    made = tuple(Message.of(key) for key in alignment.notes)
    return Item(bitext, alignment.signature, (*before, *made, *after), unjudged(alignment))


def reviewed_item(source: Document, target: Document, path: str) -> Item | None:
    """Two documents in the units of the alignment file `path`; None if it is not of these texts as they are now.

    Raises InputError if the file cannot be read.
    """
    from bitext.formats import alignments, placed
    from bitext.formats.files import read_bytes

    found = placed.units(alignments.parse(read_bytes(path), path), source, target)
    return None if found is None else Item(Bitext(segmented(source), segmented(target), found))


def page_item(document: Document, notes: tuple[Message, ...] = ()) -> Item:
    """One document alone."""
    page = segmented(document)
    return Item(Bitext(page, None, ()) if document.language == "zh" else Bitext(None, page, ()), "", notes)


def unjudged(alignment: Alignment) -> int:
    """The number of segments, of both sides, in beads that are more likely wrong than right: too unsure to judge by."""
    doubtful = (bead for bead in alignment.beads if bead.confidence < DOUBTFUL)
    return sum(len(bead.source) + len(bead.target) for bead in doubtful)


def check_page(path: str, language: Language, criteria: Criteria, site: SiteProfile | None = None) -> Report:
    """Checks one page alone. Raises InputError if it is not in `language` or cannot be read."""
    document = read(path, None, site)
    if document.language != language:
        key = "not-chinese" if language == "zh" else "not-english"
        raise InputError(Message.of(f"errors.language.{key}", share=_percent(document)), path)
    item = page_item(document, (*criteria.notes, *_glossary_note(criteria, path)))
    return _report(_judged(item, criteria))


def check_memory(path: str, criteria: Criteria) -> Report:
    """Checks the units of a translation memory or of a CAT tool's file; both documents of its item have the path.

    Raises InputError if it cannot be read, has no translation at all, or does not pair Chinese with English.
    """
    from bitext.formats.bitexts.units import read_units
    from bitext.formats.files import read_bytes

    units = read_units(read_bytes(path), path)
    told = (*criteria.notes, *units.notes, *_glossary_note(criteria, path))
    outcome = _judged(Item(units.bitext, "", told, units.untranslated), criteria)
    findings = tuple(_target_only(finding, units.fixed) for finding in outcome.findings)
    return _report(replace(outcome, findings=findings))


def _target_only(finding: Finding, fixed: frozenset[int]) -> Finding:
    """`finding` without a safe edit where that would change a source, or a translation that must stay."""
    edit = finding.edit
    if edit is None or not edit.safe or (edit.side == "target" and finding.unit not in fixed):
        return finding
    return replace(finding, edit=replace(edit, safe=False))


def _glossary_note(criteria: Criteria, *paths: str) -> tuple[Message, ...]:
    """Says that there is no glossary, or that concepts of it wait for a scope that nobody told."""
    from bitext.terms.effective import waiting

    if not criteria.glossary.concepts:
        return (Message.of("report.notes.no-glossary"),)
    left = 0 if criteria.scope else waiting(criteria.glossary, paths)
    return (Message.of("glossaries.scope.unknown", n=left),) if left else ()


def _judged(item: Item, criteria: Criteria) -> Outcome:
    facts, waivers = Facts(scope=criteria.scope, style=criteria.style), criteria.waivers
    observe, today = criteria.observe, criteria.today
    return judge(item, criteria.glossary, criteria.rules, waivers=waivers, today=today, facts=facts, observe=observe)


def judge(
    item: Item,
    glossary: Glossary,
    rules: Sequence[Rule] | None = None,
    *,
    waivers: Sequence[ListedWaiver] = (),
    today: str = "",
    facts: Facts = Facts(),  # noqa: B008
    observe: bool = False,
) -> Outcome:
    """What `rules`, those of the default set where none are named, find in an item.

    With `observe` the outcome has what `archive_findings` compares over all items.
    """
    from bitext.checks.registry import DEFAULT
    from bitext.checks.run import judged

    chosen = DEFAULT if rules is None else rules
    judgement = judged(item.bitext, glossary, chosen, waivers, today, facts, observe)
    return Outcome(item, judgement.findings, judgement.waived, judgement.observations)


def _report(outcome: Outcome) -> Report:
    items = () if outcome.item is None else (outcome.item,)
    return Report(items, outcome.findings, outcome.waived, observations=outcome.observations)

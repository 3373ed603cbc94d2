"""What the report for people says of a run over many items: what failed, and how much was checked and how surely."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePath

from bitext.checks.weight import SURE
from bitext.model.findings import Failure, Message, Report, Severity
from bitext.report.lines import Line, Screen
from bitext.report.words import Words, barely_judged, fixable, items_of
from bitext.text.display import cell_width, pad


def is_many(report: Report) -> bool:
    """Whether the report is that of a project: of more than one item, or with something to tell of the run."""
    return len(report.items) != 1 or bool(report.failures or report.notes)


def limited(whole: Report, most: int) -> Report:
    """`whole` with at most `most` of its findings, the gravest ones, in their order; 0 keeps all."""
    if not most or len(whole.findings) <= most:
        return whole
    ranks = sorted(range(len(whole.findings)), key=lambda n: (whole.findings[n].severity.rank, n))
    kept = sorted(ranks[:most])
    note = Message.of("project.run.limited", n=len(whole.findings) - most, most=most)
    return replace(whole, findings=tuple(whole.findings[n] for n in kept), notes=(*whole.notes, note))


def failures(report: Report, words: Words, screen: Screen) -> Iterator[Line]:
    """Each page or pair that could not be checked, and why."""
    label = screen.shown(words.say("severity.error"))
    for failure in report.failures:
        for line in screen.wrapped(f"{label}: {_told(failure, words)}"):
            yield ((line, "error"),)
        yield from (((screen.shown(row), ""),) for row in failure.frame)
        yield ()


def _told(failure: Failure, words: Words) -> str:
    path = failure.path or next(iter(failure.paths), "")
    place = ":".join(str(part) for part in (PurePath(path).as_posix(), failure.line, failure.column) if part)
    return f"{place}: {words.message(failure.message)}"


def notes(report: Report, words: Words, screen: Screen) -> Iterator[Line]:
    """What is to be told of the run as a whole."""
    for note in report.notes:
        for line in screen.wrapped(words.say("notes.label", note=words.message(note))):
            yield ((line, "info"),)


def summary(report: Report, words: Words, screen: Screen) -> Iterator[Line]:
    """What was found in how many of the items, how much that was, and what was left aside."""
    sentences = [_found(report, words), *_extent(report, words)]
    counts = (
        ("barely", sum(map(barely_judged, report.items))),
        ("failed", len(report.failures)),
        ("fixable", fixable(report)),
        ("waived", len(report.waived)),
        ("known", len(report.known)),
    )
    sentences += [words.counted(what, n) for what, n in counts if n]
    for line in screen.wrapped(words.say("summary.space").join(sentences)):
        yield ((line, "strong"),)


def _found(report: Report, words: Words) -> str:
    items, join = items_of(report, words), words.say("summary.join")
    counts = [words.counted(severity.value, report.count(severity)) for severity in Severity if report.count(severity)]
    if not counts:
        return words.say("summary.clean", items=items)
    told, some, n = join.join(counts), len({finding.item for finding in report.findings}), len(report.items)
    if some == n:
        return words.say("summary.found", counts=told, items=items)
    if len({item.bitext.source is None or item.bitext.target is None for item in report.items}) > 1:
        # "2 of 2 pairs of pages and 1 page" would seem to leave nothing out.
        return words.say("summary.found-in-mixed", counts=told, some=some, n=n, items=items)
    return words.say("summary.found-in-some", counts=told, some=some, items=items)


def _extent(report: Report, words: Words) -> Iterator[str]:
    sides = [side for item in report.items for side in (item.bitext.source, item.bitext.target) if side is not None]
    confidences = [unit.confidence for item in report.items for unit in item.bitext.units]
    if not sides:
        return
    yield words.say(
        "summary.extent",
        segments=words.counted("segments", sum(len(side.segments) for side in sides)),
        beads=words.counted("beads", len(confidences)),
        unsure=sum(confidence < SURE for confidence in confidences),
    )
    unjudged = sum(item.unjudged for item in report.items)
    yield words.counted("unjudged", unjudged) if unjudged else words.say("summary.judged")


def statistics(report: Report, words: Words, screen: Screen) -> Iterator[Line]:
    """A line for each rule that found something, the most frequent first: how often, of what severity, where."""
    counts, join = Counter(finding.rule for finding in report.findings), words.say("summary.join")
    rows = [[words.say(f"statistics.{name}") for name in ("count", "rule", "severity", "items")]]
    for rule, n in sorted(counts.items(), key=lambda row: (-row[1], row[0])):
        levels = Counter(finding.severity for finding in report.findings if finding.rule == rule)
        told = join.join(words.counted(level.value, levels[level]) for level in Severity if levels[level])
        items = len({finding.item for finding in report.findings if finding.rule == rule})
        rows.append([str(n), rule, told, str(items)])
    yield from _columns(rows, screen)


def _columns(rows: list[list[str]], screen: Screen) -> Iterator[Line]:
    shown = [[screen.shown(cell) for cell in row] for row in rows]
    widths = [max(map(cell_width, column)) for column in zip(*shown, strict=True)]
    for index, row in enumerate(shown):
        text = "  ".join(pad(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip()
        yield ((text, "" if index else "dim"),)

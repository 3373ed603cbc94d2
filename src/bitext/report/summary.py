"""A summary in GitHub's Markdown, for the page of a run or a comment on a pull request.

What comes from pages or glossaries is shown as text whatever it holds: nothing of it is markup, a link, or a mention of
a person. A comment may have 65,536 characters, so findings beyond `LONGEST` are counted and not shown.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from bitext.messages import catalogue
from bitext.model.documents import Document, Span
from bitext.model.findings import Item, Report, Severity
from bitext.report.lines import from_word, harmless, to_word
from bitext.report.places import Place
from bitext.report.setting import Setting
from bitext.report.told import Told, told
from bitext.report.words import barely_judged, document_of, items_of, place, shown_path
from bitext.text.display import shorten

LONGEST = 50_000
"""Characters of details."""
OPEN = 3
"""Items with errors whose details are unfolded."""
_QUOTE = 100
"""Terminal cells of a quoted sentence."""
_AROUND = 200
"""Characters on either side of a mark that are looked at for its sentence."""

_MARKUP = re.compile(r"[\\`*_\[\]<>|~&$]")
_BREAK = "<!-- -->"
"""Ends what GitHub would link by itself, and is not shown."""
_LINKING = re.compile(r"@|:(?=//|[\w+-]+:)|#(?=\d)|\bGH-(?=\d)|\bwww(?=\.)|\b(?:mailto|xmpp)(?=:)", re.IGNORECASE)
"""What is followed by something that GitHub makes a link, a mention or a picture of, outside of code."""


def text(report: Report, setting: Setting) -> str:
    """The report as Markdown."""
    findings = list(told(report, setting.words))
    lines = [f"## {_say('summary.title', setting)}", "", _verdict(report, setting), ""]
    lines += _table(findings, setting)
    lines += _failures(report, setting)
    lines += _details(report, findings, setting)
    lines += _rest(report, setting)
    return "\n".join(lines).rstrip() + "\n"


def _say(key: str, setting: Setting, **fields: str | int) -> str:
    return catalogue.text(f"outputs.{key}", setting.language, **fields)


def escaped(text: str) -> str:
    """`text` on one line, shown as it is wherever it stands within a line of Markdown."""
    return _referenced(_LINKING.sub(lambda match: match[0] + "\n", _one_line(text))).replace("\n", _BREAK)


def _one_line(text: str) -> str:
    return " ".join("".join(map(harmless, text)).split())


def _referenced(text: str) -> str:
    return _MARKUP.sub(lambda match: f"&#{ord(match[0])};", text)


def _verdict(report: Report, setting: Setting) -> str:
    words = setting.words
    items = items_of(report, words)
    counts = [words.counted(level.value, n) for level in Severity if (n := report.count(level))]
    failed = len(report.failures)
    if counts:
        text = words.say("summary.found", counts=words.say("summary.join").join(counts), items=items)
    else:
        unseen = failed or any(map(barely_judged, report.items))
        text = _say("summary.unseen" if unseen else "summary.clean", setting, items=items)
    if failed:
        text += words.say("summary.space")
        text += _say(f"summary.failed.{'one' if failed == 1 else 'many'}", setting, n=failed)
    return text


def _table(findings: Sequence[Told], setting: Setting) -> Iterator[str]:
    """Findings by rule and level."""
    if not findings:
        return
    counts = Counter((one.finding.rule, one.severity) for one in findings)
    heads = [setting.words.say(f"severity.{level}") for level in Severity]
    yield f"| {_say('summary.rule', setting)} | {' | '.join(heads)} |"
    yield "|---|" + "--:|" * len(heads)
    rules = sorted({rule for rule, _ in counts}, key=lambda rule: ([-counts[rule, level] for level in Severity], rule))
    for rule in rules:
        cells = [str(counts[rule, level] or "") for level in Severity]
        yield f"| {_code(rule)} | {' | '.join(cells)} |"
    yield ""


def _code(text: str) -> str:
    # Within code nothing is linked.
    return f"<code>{_referenced(_one_line(text))}</code>"


def _failures(report: Report, setting: Setting) -> Iterator[str]:
    # What went wrong for the same reason is told once.
    reasons: dict[str, list[str]] = {}
    for failure in report.failures:
        pages = " · ".join(_code(PurePath(path).as_posix()) for path in failure.paths)
        reasons.setdefault(escaped(setting.words.message(failure.message)), []).append(pages)
    rows = [row for reason, pages in reasons.items() for row in (f"- {reason}", *(f"  - {page}" for page in pages))]
    rows += [
        f"- {_name(item)}: {escaped(_say('barely-judged', setting))}" for item in report.items if barely_judged(item)
    ]
    if rows:
        yield from (f"### {_say('summary.unjudged', setting)}", "", *_bounded(rows, setting), "")


def _bounded(rows: Sequence[str], setting: Setting, room: int = LONGEST // 10) -> Iterator[str]:
    """As many of `rows` as `room` characters hold, and how many are left out."""
    for index, row in enumerate(rows):
        room -= len(row) + 1
        if room < 0:
            yield f"- {_say('summary.more', setting, n=len(rows) - index)}"
            return
        yield row


def _name(item: Item) -> str:
    pages = [document_of(item, side) for side in ("source", "target")]
    return " · ".join(_code(shown_path(page)) for page in pages if page is not None)


def _details(report: Report, findings: Sequence[Told], setting: Setting) -> Iterator[str]:
    """The findings of each item, folded; items with graver findings first, as not all may be shown."""
    by_item: dict[int, list[Told]] = {}
    for one in findings:
        by_item.setdefault(one.finding.item, []).append(one)
    gravest = {index: min(one.severity.rank for one in group) for index, group in by_item.items()}
    room, left, opened = LONGEST, len(findings), 0
    for index, group in sorted(by_item.items(), key=lambda row: gravest[row[0]]):
        unfold = gravest[index] == Severity.ERROR.rank and opened < OPEN
        name = _name(report.items[index]) if 0 <= index < len(report.items) else "bitext"
        head = [f"<details{' open' if unfold else ''}>", f"<summary>{name}: {_counts(group, setting)}</summary>", ""]
        foot = ["", "</details>", ""]
        room -= sum(len(row) + 1 for row in (*head, *foot))
        rows = list(_fitting(group, room, setting))
        room -= sum(len(row) + 1 for row in rows)
        left, opened = left - len(rows), opened + unfold
        if rows:
            yield from (*head, *rows, *foot)
        if len(rows) < len(group):
            break
    if left:
        yield from (_say("summary.more", setting, n=left), "")


def _counts(group: Sequence[Told], setting: Setting) -> str:
    counts = Counter(one.severity for one in group)
    named = [setting.words.counted(level.value, counts[level]) for level in Severity if counts[level]]
    return setting.words.say("summary.join").join(named)


def _fitting(group: Sequence[Told], room: int, setting: Setting) -> Iterator[str]:
    """As many findings as `room` characters hold."""
    for one in group:
        row = _bullet(one, setting)
        room -= len(row) + 1
        if room < 0:
            return
        yield row


def _bullet(one: Told, setting: Setting) -> str:
    level = setting.words.say(f"severity.{one.severity}")
    rows = [f"- **{level}** {_code(one.finding.rule)}: {escaped(one.message)}"]
    for where in (one.main, one.counterpart):
        if where is not None and where.span is not None:
            label = setting.words.say(f"language.{where.document.language}")
            rows.append(f"  - {label} {_code(place(where.document, where.span, setting.words))}: {_quote(where)}")
    return "\n".join(rows)


def _quote(where: Place) -> str:
    """The words of a place in bold, with what stands around them in their block; a whole block is not bold."""
    span = where.span or Span(0, 0)
    block = _block(where.document, span)
    low, high = max(block.start, span.start - _AROUND), min(block.end, span.end + _AROUND)
    whole = where.document.text[low:high]
    short, marked = shorten(whole, Span(span.start - low, span.end - low), _QUOTE)
    words = short[marked.start : marked.end]
    before, after = from_word(short[: marked.start]), to_word(short[marked.end :])
    if not words.strip() or not (before + after).strip():
        return escaped(before + words + after)
    return f"{_spaced(before)}<b>{escaped(words)}</b>{_spaced(after)}"


def _spaced(text: str) -> str:
    """`text` escaped, with a space where it begins or ends with one."""
    return f"{' ' if text[:1].isspace() else ''}{escaped(text)}{' ' if text[-1:].isspace() and text.strip() else ''}"


def _block(document: Document, span: Span) -> Span:
    """The block that holds the start of `span`, widened to hold all of it."""
    index = bisect_right(document.blocks, span.start, key=lambda block: block.span.start) - 1
    held = document.blocks[index].span if index >= 0 else span
    return Span(min(held.start, span.start), max(held.end, span.end)) if held.overlaps(span) else span


def _rest(report: Report, setting: Setting) -> Iterator[str]:
    """What is to be known of the run besides its findings."""
    words = setting.words
    notes = [words.message(note) for note in report.notes]
    unjudged = sum(item.unjudged for item in report.items)
    for what, n in (("unjudged", unjudged), ("waived", len(report.waived))):
        if n:
            notes.append(words.counted(what, n))
    if report.known:
        notes.append(_say(f"summary.known.{'one' if len(report.known) == 1 else 'many'}", setting, n=len(report.known)))
    yield from _bounded([f"- {escaped(note)}" for note in notes], setting)

"""A web or e-mail address of one page is missing on the other, or an address cannot work as it is written.

Why: readers cannot use an address with a full-width dot or a space in it, and one that was mistyped in translation
leads nowhere. The rule reads the addresses that can be seen on the pages. Those of one web site count as the same
where they differ by the language alone (/zh/ and /en/), and a page of the same site is good enough: sites have other
pages for other languages. Without a second page only what is malformed is reported.

How to mend: copy the address from the other page, or write it as proposed.

How to waive: `<!-- bitext-ignore plain-links: reason -->` before the paragraph.

Fires:

    zh: 报名邮箱：office@sziit.edu.cn。
    en: Register by e-mail: ofice@sziit.edu.cn.
    marks: office@sziit.edu.cn
    marks: ofice@sziit.edu.cn

    zh: 详情请见 https://www.sziit.edu.cn/info/1024.htm。
    en: Details can be found on the web site.
    marks: https://www.sziit.edu.cn/info/1024.htm

    zh: 学校网址：www。sziit。edu。cn
    marks: www。sziit。edu。cn

    en: Write to office @ sziit.edu.cn or see http//www.sziit.edu.cn today.
    marks: office @ sziit.edu.cn
    marks: http//www.sziit.edu.cn

Silent:

    zh: 详情请见 https://www.openlookeng.io/zh/docs.html（官网），邮箱 office@sziit.edu.cn。
    en: See openlookeng.io/en/docs.html or write to Office@sziit.edu.cn.

    en: See https://example.com/a.b?c=d, or www.sziit.edu.cn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bitext.checks.context import Context
from bitext.checks.plain import Slip, blocks, finding, moved
from bitext.checks.rule import Rule
from bitext.model.alignment import Side
from bitext.model.documents import Span
from bitext.model.findings import Finding, Mark, Message, Severity
from bitext.text.names import near

_ADDRESS = re.compile(
    r"(?P<mail>(?<![\w.+-])[A-Za-z0-9][\w.+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5})"
    r"|(?P<web>(?:https?://|www\.)[A-Za-z0-9-]{1,63}[A-Za-z0-9_./?=&#%~:+,;@!()-]{0,500})"
    r"|(?P<bare>(?<![\w.@/-])(?:[A-Za-z0-9-]{1,63}\.){1,4}(?:com|cn|org|net|edu|gov|io|hk|tw)(?:\.(?:cn|hk|tw))?(?![\w-])"
    r"(?:/[A-Za-z0-9_./?=&#%~:+-]{0,300})?)",
    re.ASCII,
)
_NAME = r"[A-Za-z0-9-]{1,63}"
_SUFFIX = r"(?:com|cn|org|net|edu|gov|io|hk|tw)"
_MALFORMED = re.compile(
    rf"(?P<dots>(?:https?[:：]//)?(?:{_NAME}[.。．｡]){{0,5}}{_NAME}[。．｡](?:{_NAME}[.。．｡]){{0,5}}{_SUFFIX}(?![A-Za-z]))"
    rf"|(?P<at>[\w.+-]{{1,64}}\s?＠\s?{_NAME}(?:\.{_NAME}){{1,5}}|(?<![\w.+-])[\w.+-]{{1,64}}(?:\s@\s?|@\s)(?:{_NAME}\.){{1,5}}{_SUFFIX}(?![A-Za-z]))"
    rf"|(?P<scheme>(?<![A-Za-z])(?:https?(?:：//|//|:/(?!/)|:\s//|://\s)|htt?t?ps?://(?<!http://)(?<!https://))(?:{_NAME}\.){{1,5}}{_NAME})"
    rf"|(?P<space>(?<![\w.])www\.\s(?:{_NAME}\.){{1,4}}{_SUFFIX}(?![A-Za-z])|(?<![\w.])www,(?:{_NAME}\.){{1,4}}{_SUFFIX})",
    re.ASCII,
)
_LANGUAGE = re.compile(
    r"/(?:zh|cn|en|zh-cn|zh-hans|zh-hant|zh_cn|en-us|en_us|hk|us|chi|eng)(?=/|$)|(?<=[./-])(?:zh-cn|en-us|zh|cn|en)\."
)
_MOST = 100
"""On a page with more addresses slips are not sought: that cost grows by the square."""


@dataclass(frozen=True, slots=True)
class _Address:
    """An address on a page: its `key` is the same for all that lead to one place, `site` is its host."""

    span: Span
    text: str
    key: str
    site: str
    mail: bool
    asks: bool


def check(context: Context) -> Iterator[Finding]:
    """What is malformed on either page, then the addresses of one page that the other lacks."""
    found: dict[Side, list[_Address]] = {}
    for side, document in context.documents:
        found[side] = []
        for block in blocks(document):
            text = document.slice(block.span)
            if "." in text or "。" in text:
                found[side] += _addresses(text, block.span.start)
                for slip in _malformed(text):
                    yield finding(context, RULE.id, RULE.severity, side, moved(slip, block.span.start))
    if len(found) == 2:
        yield from _missing(context, found["source"], found["target"])


def _addresses(text: str, start: int) -> Iterator[_Address]:
    for match in _ADDRESS.finditer(text):
        surface = match[0].rstrip(".,;:!?)(-")
        key = re.sub(r"^https?://", "", surface.lower()).removeprefix("www.")
        site = key.partition("@")[2] if match["mail"] else re.split("[/?#:]", key, maxsplit=1)[0]
        key = key if match["mail"] else _LANGUAGE.sub("/", f"/{key}/").strip("/")
        span = Span(start + match.start(), start + match.start() + len(surface))
        yield _Address(span, surface, key, site, match["mail"] is not None, match["bare"] is None)


def _malformed(text: str) -> Iterator[Slip]:
    for match in _MALFORMED.finditer(text):
        wanted = re.sub(r"\s", "", match[0]).translate(str.maketrans("。．｡＠：", "...@:")).replace("www,", "www.")
        wanted = re.sub(r"^h(?:tt?t?)?p(s?):?/{1,2}", r"http\1://", wanted)
        yield Slip(Span(*match.span()), Message.of("plain.links.malformed", found=match[0], wanted=wanted), wanted)


def _missing(context: Context, source: list[_Address], target: list[_Address]) -> Iterator[Finding]:
    sides: tuple[tuple[Side, list[_Address], list[_Address]], ...]
    sides = (("source", source, target), ("target", target, source))
    for side, ours, theirs in sides:
        keys = {one.key for one in theirs}
        sites = {one.site for one in theirs if not one.mail}
        own = {one.key for one in ours}
        told: set[str] = set()
        for one in ours:
            if not one.asks or one.key in told or one.key in keys or (not one.mail and one.site in sites):
                continue
            told.add(one.key)
            rivals = theirs if len(theirs) <= _MOST else ()
            slip = next((other for other in rivals if other.key not in own and near(one.key, other.key)), None)
            # A slip is told once, and a web site alone may stand for the name that the source has.
            if side == "source" or (slip is None and one.key != one.site):
                yield _finding(context, side, one, slip)


def _finding(context: Context, side: Side, one: _Address, slip: _Address | None) -> Finding:
    other: Side = "target" if side == "source" else "source"
    marks: dict[Side, Mark] = {side: context.mark(side, one.span)}
    if slip is not None:
        marks[other] = context.mark(other, slip.span)
        message = Message.of("plain.links.differs", source=one.text, target=slip.text)
    else:
        message = Message.of(f"plain.links.{'missing' if side == 'source' else 'added'}", address=one.text)
    unit = context.unit_at(side, one.span.start)
    return Finding(
        rule=RULE.id,
        message=message,
        severity=RULE.severity if side == "source" else Severity.INFO,
        unit=None if unit is None else unit.id,
        source=marks.get("source"),
        target=marks.get("target"),
        suggestion="" if slip is None else one.text,
    )


RULE = Rule("plain-links", "page", Severity.WARNING, check, default=False)

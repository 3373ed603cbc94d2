"""A page whose other page is not there.

Why: whoever follows the link to the other language finds nothing, or a page of the wrong language. In a project the
pages of most items come in pairs; one without a partner was forgotten, or its partner was moved or named otherwise.

How to mend: write the other page at the path that the finding names, or move it there. If the other page is
elsewhere, give both the same translation key in their front matter, or let one link to the other with
`<link rel="alternate" hreflang="en" href="...">`.

How to waive: `<!-- bitext-ignore-file page-unpaired: reason -->` in the page; for whole folders `ignore` under
`[[overrides]]` in bitext.toml.

Fires:

    partner: content/en/news.md
    zh: 学校举行开学典礼。
    marks: 学校举行开学典礼。

    partner: content/zh/news.md
    en: The new school year was opened with a ceremony.

Silent:

    zh: 学校举行开学典礼。

    zh: 学校举行开学典礼。
    en: The new school year was opened with a ceremony.
"""

from __future__ import annotations

from collections.abc import Iterator

from bitext.checks.context import Context
from bitext.checks.rule import Rule
from bitext.model.alignment import Side
from bitext.model.findings import Finding, Mark, Message, Severity


def check(context: Context) -> Iterator[Finding]:
    """One finding for a page alone of which the project expects a partner."""
    partner = context.facts.partner
    if partner and len(context.documents) == 1:
        side, document = context.documents[0]
        missing = "english" if document.language == "zh" else "chinese"
        message = Message.of(f"pages.unpaired.{missing}", partner=partner)
        source, target = marks(context, side)
        yield Finding(RULE.id, message, RULE.severity, source=source, target=target)


def marks(context: Context, side: Side) -> tuple[Mark | None, Mark | None]:
    """A mark on the first sentence of the page of `side`, as the source or the target of a finding."""
    page = context.bitext.side(side)
    if page is None or not page.segments:
        return None, None
    mark = context.mark(side, page.segments[0].span)
    return (mark, None) if side == "source" else (None, mark)


RULE = Rule("page-unpaired", "page", Severity.WARNING, check)

"""A waiver that waives nothing: no finding needs it any more, its rule does not exist, or it has no reason or expired.

Why: a waiver is meant for one place and one reason. Left behind when the text was mended, it hides the next real fault
there. A finding is waived in three ways. A comment in the HTML or Markdown page,
`<!-- bitext-ignore RULE: reason -->`, is for the block (paragraph, headline, list item) in which it stands or, between
two blocks, for the one after it; several rules are parted by commas, and `RULE(CONCEPT)` limits one to a concept of
the glossary. MDX pages have `{/* bitext-ignore RULE: reason */}`. `<!-- bitext-ignore-file RULE: reason -->` is for
the whole page. A row of the file `bitext-waivers.csv` beside the pages, or given with --waivers, has the columns rule,
concept, text, page, reason, author, expires, and is for the findings that meet all it asks for: that concept, that
marked text, a page whose path fits a pattern such as `news/2022/*.html`. A row holds up to and including the day in
`expires`. A row without `page` is reported only where its text or concept is on the page. A waiver without a reason
does not count.

How to mend: remove the waiver, or correct its rule, reason or date.

How to waive: it cannot be waived; the waiver can be removed.

Fires:

    glossary: 腾飞班 = Ascend Class
    waiver: term-missing: the client asked for it
    zh: 腾飞班今天开班。
    en: The Ascend Class opens today.

    waiver: term-mising: the client asked for it
    zh: 今天开班。
    en: It opens today.

    glossary: 腾飞班 = Ascend Class
    waiver: term-missing(工作站): the client asked for it
    zh: 腾飞班今天开班。
    en: The new programme opens today.

    glossary: 腾飞班 = Ascend Class
    waiver: term-missing
    zh: 腾飞班今天开班。
    en: It opens today.

Silent:

    glossary: 腾飞班 = Ascend Class
    waiver: term-missing(腾飞班): the client asked for it
    zh: 腾飞班今天开班。
    en: The new programme opens today.

    glossary: 腾飞班 = Ascend Class
    waiver: term-missing: the client asked for it
    zh: 腾飞班今天开班。
    en: The new programme opens today.

    zh: 今天开班。
    en: It opens today.
"""

from __future__ import annotations

from collections.abc import Iterator

from bitext.checks.context import Context
from bitext.checks.rule import Rule
from bitext.model.findings import Finding, Severity


def check(context: Context) -> Iterator[Finding]:
    """One finding for each rule of a waiver that waived nothing; the engine calls this after all other rules."""
    for idle in context.idle:
        mark = None if idle.side is None or idle.span is None else context.mark(idle.side, idle.span)
        yield Finding(
            rule=RULE.id,
            message=idle.message,
            severity=RULE.severity,
            source=mark if idle.side == "source" else None,
            target=mark if idle.side == "target" else None,
        )


RULE = Rule("waiver-unused", "page", Severity.INFO, check)

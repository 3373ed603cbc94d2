"""A sentence of the translation has no counterpart in the source.

Why: what the source does not say, the institution has not said. An added sentence may be an explanation for foreign
readers, or a leftover of an older page. Only a confident one is a warning; bylines, dates and menus are only noted,
and so are a heading whose text is there and a sentence beside another one whose counterpart does not answer it.

How to mend: take the sentence out, or add what it says to the source.

How to waive: `<!-- bitext-ignore segment-added: reason -->` before the sentence of the translation.

Fires:

    zh: 双方举行了会谈。
    en: The two sides held talks.
    zh:
    en: Lunch was served in the new canteen.
    marks: Lunch was served in the new canteen.

Silent:

    zh: 双方举行了会谈。
    en: The two sides held talks.

    zh: 双方举行了会谈。
    en: The two sides held talks.
    zh:
    en: * * *
"""

from __future__ import annotations

from collections.abc import Iterator

from bitext.checks.context import Context
from bitext.checks.rule import Rule
from bitext.checks.unpaired import inside, unpaired
from bitext.model.findings import Finding, Severity


def check(context: Context) -> Iterator[Finding]:
    """One finding for each segment of the target that has no counterpart."""
    yield from unpaired(context, "target", RULE.id)
    yield from inside(context, "target", RULE.id)


RULE = Rule("segment-added", "unit", Severity.WARNING, check)

"""A sentence of the source has no counterpart in the translation.

Why: a sentence that was left out by mistake is the fault that readers of one language never see. The aligner gives each
sentence that it leaves alone a confidence; only a confident one is a warning. Bylines, dates and menus are often left
out on purpose and are only noted, and so is a heading whose text is there, and what the translation has elsewhere. A
sentence that was put beside its neighbour is noted too where nothing in the neighbour's translation answers it.

How to mend: translate the sentence, or leave it out of the source too.

How to waive: `<!-- bitext-ignore segment-omitted: reason -->` before the sentence of the source.

Fires:

    zh: 双方举行了会谈。
    en: The two sides held talks.
    zh: 双方还就毕业生就业进行了交流。
    en:
    marks: 双方还就毕业生就业进行了交流。

Silent:

    zh: 双方举行了会谈。
    en: The two sides held talks.

    zh: 双方举行了会谈。
    en: The two sides held talks.
    zh: ▲
    en:
"""

from __future__ import annotations

from collections.abc import Iterator

from bitext.checks.context import Context
from bitext.checks.rule import Rule
from bitext.checks.unpaired import elsewhere, inside, unpaired
from bitext.model.findings import Finding, Severity


def check(context: Context) -> Iterator[Finding]:
    """A finding for each segment of the source that has no counterpart, and one for each run that stands elsewhere."""
    yield from unpaired(context, "source", RULE.id)
    yield from inside(context, "source", RULE.id)
    yield from elsewhere(context, RULE.id)


RULE = Rule("segment-omitted", "unit", Severity.WARNING, check)

"""A page that stayed as it was when its other page was changed later.

Why: a correction, a new figure or a new paragraph reaches the readers of one language only. The rule asks the history
of the git repository: it fires where one page was changed and the other one was not since. That the other page was
first written later is no change, nor that its lines were broken anew; changes of both pages in one commit or one merge
are none either, and a later change of the page that was left behind is taken for catching up. Without a history there
is no finding.

How to mend: carry the change over. `git log -p` with the path of the other page shows what changed. If there is nothing
to carry over (a mended typing error), waive the finding or touch both pages in one commit.

The history cannot tell a mended comma from a new paragraph, so this rule is off unless it is chosen:
`select = ["default", "page-stale"]` in bitext.toml, or `--select default,page-stale`.

How to waive: `<!-- bitext-ignore-file page-stale: reason -->` in the page.

Fires:

    stale: target 2023-05-11 2023-06-02 2
    zh: 双方举行了会谈。
    en: The two sides held talks.
    marks: The two sides held talks.

    stale: source 2023-05-11 - 1
    zh: 双方举行了会谈。
    en: The two sides held talks.
    marks: 双方举行了会谈。

Silent:

    zh: 双方举行了会谈。
    en: The two sides held talks.
"""

from __future__ import annotations

from collections.abc import Iterator

from bitext.checks.context import Context
from bitext.checks.facts import Stale
from bitext.checks.page_unpaired import marks
from bitext.checks.rule import Rule
from bitext.model.findings import Finding, Message, Severity


def check(context: Context) -> Iterator[Finding]:
    """One finding for the page that was left behind."""
    stale = context.facts.stale
    if stale is not None and any(side == stale.side for side, _ in context.documents):
        source, target = marks(context, stale.side)
        yield Finding(RULE.id, _message(stale), RULE.severity, None, source, target)


def _message(stale: Stale) -> Message:
    if not stale.changed:
        return Message.of("pages.stale.uncommitted", since=stale.since)
    number = "one" if stale.commits == 1 else "many"
    return Message.of(f"pages.stale.{number}", since=stale.since, changed=stale.changed, n=stale.commits)


RULE = Rule("page-stale", "page", Severity.WARNING, check, default=False)

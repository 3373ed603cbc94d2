"""What a rule is, and its manual.

A rule is a value: an id, what it needs to see, how grave its findings are, and a function from a context to findings.
It lives in a module of its own, bound to the name `RULE`; the module's docstring is its English manual and
`messages/zh/manual/ID.md` is the Chinese one. A manual begins with one sentence that says what the rule finds, goes on
with why it matters, how to mend it and how to waive it, and ends with two lists of examples that the tests run:

    Fires:

        glossary: 腾飞班 = Ascend Class; not Tengfei Class
        zh: 腾飞班入选典型案例。
        en: The Tengfei Class was selected as a typical case.
        marks: Tengfei Class

    Silent:

        zh: ...

Each block of indented lines is one example. `zh:` and the `en:` after it are a translation unit; `en:` alone without
any `zh:` is a page by itself, and a side left empty has no counterpart. `glossary:` is one concept a line: its Chinese
terms, `=`, its English terms, parted by semicolons, the first of a language preferred; `not` before a term means
deprecated and `short` the short form. `confidence:` is that of the units that follow, `date:` the date of the pages,
`kind:` the kind of the blocks that follow, `waiver:` a waiver of the whole page, and each `marks:` a text that one of
the findings must mark. `partner:` is where a project expects the other page, `stale:` a side, the day of its last
change, that of the other one's (or -) and the number of changes of the other one since.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import resources
from typing import Literal, TypeAlias

from bitext.checks.context import Context
from bitext.model.findings import Finding, Severity

Scope: TypeAlias = Literal["unit", "item", "page"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One check.

    `scope` says what it needs: "unit" looks at translation units, "item" at a pair of pages as a whole, "page" is also
    run on one page alone. What a "unit" or "item" rule finds is only as sure as the alignment, so its severity falls
    with the confidence of the unit; a "page" rule's does not. `severity` is that of its findings unless they differ.
    A rule that is not in the `default` set is run only on demand.
    """

    id: str
    scope: Scope
    severity: Severity
    check: Callable[[Context], Iterator[Finding]]
    default: bool = True


def manual(rule: Rule, language: str = "en") -> str:
    """The manual of `rule` in `language` ("en" or "zh")."""
    if language == "en":
        return inspect.cleandoc(sys.modules[rule.check.__module__].__doc__ or "")
    return resources.files("bitext.messages").joinpath(language, "manual", f"{rule.id}.md").read_text(encoding="utf-8")


def first_sentence(text: str) -> str:
    """The first sentence of a manual, on one line."""
    paragraph = " ".join(text.split("\n\n", 1)[0].split())
    return re.split(r"(?<=。)|(?<=\.) ", paragraph, maxsplit=1)[0]

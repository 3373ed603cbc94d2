"""All rules, by id. A new rule is a module with a `RULE` and one entry here."""

from __future__ import annotations

from bitext.checks import alignment_unsure
from bitext.checks.rule import Rule

RULES: dict[str, Rule] = {
    rule.id: rule
    for rule in (
        alignment_unsure.RULE,
    )
}  # fmt: skip
"""Every rule, in the order in which they are listed to users."""

DEFAULT: tuple[Rule, ...] = tuple(rule for rule in RULES.values() if rule.default)
"""The rules that are run unless the user chooses others."""

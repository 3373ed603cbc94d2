"""Which rules a selector names: one rule by its id, a family by its first words, the default set, or all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from bitext.settings.model import ALL_RULES, DEFAULT_RULES

_T = TypeVar("_T")


def rank(selector: str, rule: str, *, default: bool) -> int:
    """How closely `selector` names `rule`: the number of letters that it gives, or -1 where it does not name it.

    "all" and "default" name less closely than any family; `default` tells whether the rule is of the default set.
    """
    if selector == ALL_RULES:
        return 0
    if selector == DEFAULT_RULES:
        return 0 if default else -1
    return len(selector) if rule == selector or rule.startswith(f"{selector}-") else -1


def closest(selectors: Iterable[str], rule: str, *, default: bool) -> int:
    """The closest rank of any of the `selectors`; -1 where none names the rule."""
    return max((rank(selector, rule, default=default) for selector in selectors), default=-1)


def value_of(rows: Sequence[tuple[str, _T]], rule: str, *, default: bool) -> _T | None:
    """The value of the row whose selector names `rule` most closely, the last one of several."""
    best, found = -1, None
    for selector, value in rows:
        close = rank(selector, rule, default=default)
        if close >= 0 and close >= best:
            best, found = close, value
    return found


def families(rules: Iterable[str]) -> tuple[str, ...]:
    """Every selector that names at least one of the `rules`, the general ones first."""
    prefixes = {rule.rsplit("-", n)[0] for rule in rules for n in range(rule.count("-") + 1)}
    return (ALL_RULES, DEFAULT_RULES, *sorted(prefixes))

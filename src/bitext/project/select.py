"""Which rules run on which pages, and how grave their findings are: the command line over the settings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from bitext.checks.registry import RULES
from bitext.checks.rule import Rule
from bitext.checks.weight import lowered
from bitext.errors import ConfigError
from bitext.model.findings import Finding, Message, Severity
from bitext.settings.model import DEFAULT_RULES, Override, Settings
from bitext.settings.selectors import closest, value_of
from bitext.settings.values import close_to, selectors

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


@dataclass(frozen=True, slots=True)
class Selection:
    """The rules and severities of a project's pages.

    `select` of the command line takes the place of the project's `select` and `ignore`, its `ignore` comes on top. Of
    the names in the two the one that names a rule most closely wins, and `ignore` where both name it alike. What the
    overrides for some pages select or ignore comes after that.
    """

    settings: Settings
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()

    def rules(self, paths: Sequence[str]) -> tuple[str, ...]:
        """The ids of the rules for an item with the pages `paths` (relative to the root), in the registry's order."""
        overrides = self._overrides(paths)
        return tuple(rule.id for rule in RULES.values() if self._runs(rule, overrides))

    def _runs(self, rule: Rule, overrides: Sequence[Override]) -> bool:
        settings = self.settings
        if self.select is None:
            select, ignore = settings.select, (*settings.ignore, *self.ignore)
        else:
            select, ignore = self.select, self.ignore
        runs = _wanted(rule, (DEFAULT_RULES,) if select is None else select, ignore)
        for override in overrides:
            added = () if self.select is not None else override.select
            wins = _rank(added, rule), _rank(override.ignore, rule)
            if max(wins) >= 0:
                runs = wins[0] > wins[1]
        return runs

    def weighed(self, finding: Finding, paths: Sequence[str]) -> Finding:
        """`finding` with the severity that the settings give its rule on these pages, as far as its pairing is sure."""
        rule = RULES.get(finding.rule)
        rows = [self.settings.severity, *(override.severity for override in self._overrides(paths))]
        named = [value_of(row, finding.rule, default=rule is None or rule.default) for row in rows]
        level = next((severity for severity in reversed(named) if severity is not None), None)
        if level is None:
            return finding
        unsure = rule is not None and rule.scope != "page" and finding.unit is not None
        return replace(finding, severity=lowered(level, finding.confidence) if unsure else Severity(level))

    def site(self, path: str) -> tuple[tuple[str, str], ...]:
        """The selectors of the first site that the page `path` (relative to the root) is of; none if it is of none."""
        sites = (site for site in self.settings.sites if not site.paths or _spec(site.paths).match_file(path))
        return next((site.selectors for site in sites), ())

    def _overrides(self, paths: Sequence[str]) -> list[Override]:
        return [
            override
            for override in self.settings.overrides
            if any(_spec(override.paths).match_file(path) for path in paths)
        ]


def _wanted(rule: Rule, select: Sequence[str], ignore: Sequence[str]) -> bool:
    return _rank(select, rule) > _rank(ignore, rule)


def _rank(names: Sequence[str], rule: Rule) -> int:
    return closest(names, rule.id, default=rule.default)


@cache
def _spec(paths: tuple[str, ...]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(paths)


def names(given: Sequence[str], option: str) -> tuple[str, ...]:
    """The rules and families that an option names, parted by commas. Raises ConfigError for one that there is not."""
    known = selectors()
    found = tuple(name.strip() for text in given for name in text.split(",") if name.strip())
    for name in found:
        if name not in known:
            similar = close_to(name, known)
            fields = {"similar": similar} if similar else {}
            key = "unknown-similar" if similar else "unknown"
            raise ConfigError(
                Message.of(f"project.select.{key}", name=name, option=option, accepted=", ".join(RULES), **fields)
            )
    return found

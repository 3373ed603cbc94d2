"""The one table of all settings: what the reader accepts, what the schema for editors says, what the manual lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from bitext.checks.facts import NAMES, QUOTES, REGIONS, WIDTHS
from bitext.model.findings import Severity
from bitext.pipeline import PROFILES
from bitext.settings.model import FAIL_ON

Kind: TypeAlias = Literal[
    "text",
    "texts",
    "choice",
    "count",
    "file",
    "files",
    "rules",
    "severities",
    "pairs",
    "overrides",
    "sites",
    "selector",
    "style",
]


@dataclass(frozen=True, slots=True)
class Key:
    """One setting. What it means is told by the catalogue under `settings.keys.NAME`.

    `field` is the name of its field in the value that it is read into. `choices` are the words of a "choice".
    """

    name: str
    kind: Kind
    choices: tuple[str, ...] = ()

    @property
    def field(self) -> str:
        """The field of `Settings`, `PairPattern` or `Override` that holds it."""
        return self.name.replace("-", "_")


KEYS: tuple[Key, ...] = (
    Key("pairs", "pairs"),
    Key("exclude", "texts"),
    Key("glossaries", "files"),
    Key("waivers", "files"),
    Key("select", "rules"),
    Key("ignore", "rules"),
    Key("severity", "severities"),
    Key("overrides", "overrides"),
    Key("fail-on", "choice", FAIL_ON),
    Key("max-findings", "count"),
    Key("profile", "choice", PROFILES),
    Key("scope", "text"),
    Key("language", "choice", ("en", "zh")),
    Key("format", "texts"),
    Key("baseline", "file"),
    Key("cache-size", "count"),
    Key("sites", "sites"),
    Key("archive", "file"),
    Key("style", "style"),
)

PAIR_KEYS: tuple[Key, ...] = (
    Key("both", "text"),
    Key("zh", "text"),
    Key("en", "text"),
    Key("scope", "text"),
)
"""Of a table in `pairs`: `both` has {language} in it; or `zh` and `en` are given."""

OVERRIDE_KEYS: tuple[Key, ...] = (
    Key("paths", "texts"),
    Key("select", "rules"),
    Key("ignore", "rules"),
    Key("severity", "severities"),
)
"""Of a table in `overrides`; `paths` is required."""

SITE_KEYS: tuple[Key, ...] = (
    Key("paths", "texts"),
    *(Key(name, "selector") for name in ("body", "title", "date", "source", "author", "drop")),
)
"""Of a table in `sites`: the HTML pages that it is for, all where no `paths` are given, and selectors in them."""

STYLE_KEYS: tuple[Key, ...] = (
    Key("punctuation", "choice", tuple(filter(None, REGIONS))),
    Key("brackets", "choice", WIDTHS),
    Key("quotes", "choice", QUOTES),
    Key("names", "choice", NAMES),
)
"""Of the table `style`; `punctuation` chooses what `brackets` and `quotes` do not say."""

SEVERITIES: tuple[str, ...] = tuple(severity.value for severity in Severity)

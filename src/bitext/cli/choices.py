"""What a check is to do: the options of the command line over the settings of the project."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from bitext.cli import console, glossaries, waivers
from bitext.errors import ConfigError
from bitext.model.documents import Language
from bitext.model.findings import ListedWaiver, Message, Report, Severity
from bitext.model.glossary import Glossary
from bitext.pipeline import Criteria, Profile
from bitext.settings.model import FailOn, Settings, inside, shown

if TYPE_CHECKING:
    from bitext.checks.rule import Rule
    from bitext.formats.documents.html.profile import SiteProfile
    from bitext.project.select import Selection
    from bitext.project.work import Job

FAILING: dict[str, tuple[Severity, ...]] = {
    "error": (Severity.ERROR,),
    "warning": (Severity.ERROR, Severity.WARNING),
    "never": (),
}


class Options(TypedDict):
    """What the options of the command line say; None where one is not given."""

    glossary_paths: tuple[str, ...]
    page_language: Language | None
    formats: tuple[str, ...]
    fail_on: FailOn | None
    profile: Profile | None
    waiver_paths: tuple[str, ...]
    fix: bool
    diff: bool
    config: str | None
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    max_findings: int | None
    changed: str | None
    scope: str | None
    archive: str | None
    jobs: int | None
    no_cache: bool
    quiet: bool
    statistics: bool
    explain: bool


@dataclass(frozen=True, slots=True)
class Choices:
    """The settings as the options leave them, what the items are judged by, and notes on where that was found."""

    settings: Settings
    selection: Selection
    job: Job
    notes: tuple[Message, ...]
    fail_on: FailOn
    max_findings: int
    scope: str = ""
    archive: str = ""

    @property
    def failing(self) -> tuple[Severity, ...]:
        """The severities that fail the run."""
        return FAILING[self.fail_on]

    def criteria(self, pages: Sequence[str]) -> Criteria:
        """What a single item with these pages is judged by."""
        job, rules = self.job, self.rules(pages)
        observe = bool(self.archive)
        made = Criteria(job.glossary, job.profile, rules, self.scope, job.waivers, job.today, self.notes, observe)
        return replace(made, style=self.settings.style)

    def rules(self, pages: Sequence[str]) -> tuple[Rule, ...]:
        """The rules for an item with these pages, whose paths are as the user gave them."""
        from bitext.checks.registry import RULES

        return tuple(RULES[rule] for rule in self.selection.rules(self.inner(pages)))

    def sites(self, pages: Sequence[str]) -> tuple[SiteProfile | None, ...]:
        """What is known of the site of each of the pages."""
        if not self.settings.sites:
            return (None,) * len(pages)
        from bitext.formats.documents.html.profile import SiteProfile

        selectors = (dict(self.selection.site(page)) for page in self.inner(pages))
        return tuple(SiteProfile.of(**one) if one else None for one in selectors)

    def weighed(self, report: Report, pages: Sequence[str]) -> Report:
        """The report of an item with these pages, with the severities of the settings."""
        inner = self.inner(pages)
        return replace(report, findings=tuple(self.selection.weighed(one, inner) for one in report.findings))

    def inner(self, pages: Sequence[str]) -> tuple[str, ...]:
        """The paths relative to the project's root, as far as they lie in it."""
        return tuple(inside(self.settings.folder, page) or page for page in pages)


def settings_of(options: Options, paths: Sequence[str] = ()) -> Settings:
    """The settings of the file that --config names, else those that are found from here upwards.

    For one folder they are looked for from that folder upwards, so that a project can be checked from elsewhere.
    """
    from bitext.settings import read

    if options["config"]:
        return read.read(options["config"])
    start = paths[0] if len(paths) == 1 and Path(paths[0]).is_dir() else ""
    made = read.found(start)
    # A folder without settings above it is a part of what is here, if it is here.
    return made if made.path or inside("", start) is None else Settings()


def speaking(language: str, settings: Settings) -> str:
    """The language of the settings, unless the user's own choice or the console is against it."""
    if not settings.language or os.environ.get("BITEXT_LANG"):
        return language
    return console.speakable(settings.language)


def chosen(options: Options, settings: Settings, pages: Sequence[str]) -> Choices:
    """What is to be done. Raises ConfigError and InputError for what cannot be.

    `pages` are the pages of a single item; a project's waivers lie beside its settings.
    """
    from bitext.project.select import Selection, names
    from bitext.project.work import Job

    select = names(options["select"], "--select") if options["select"] else None
    selection = Selection(settings, select, names(options["ignore"], "--ignore"))
    root = Path(settings.root)
    glossary = Glossary()
    listed: tuple[ListedWaiver, ...] = ()
    notes: tuple[Message, ...] = ()
    found: tuple[Message, ...] = ()
    # An empty list in the settings says that there is none, and nothing is looked for.
    if (named := options["glossary_paths"] or settings.glossaries) != ():
        glossary, notes = glossaries.chosen(named or (), root)
    if (named := options["waiver_paths"] or settings.waivers) != ():
        listed, found = waivers.chosen(named or (), pages or (str(root / "page"),))
    job = Job(glossary, listed, date.today().isoformat(), options["profile"] or settings.profile)
    most = settings.max_findings if options["max_findings"] is None else options["max_findings"]
    if most < 0:
        raise ConfigError(Message.of("gate.usage.number", option="--max-findings", value=most))
    fail_on, scope = options["fail_on"] or settings.fail_on, options["scope"] or settings.scope
    archive = settings.archive if options["archive"] is None else shown(options["archive"])
    return Choices(settings, selection, job, (*notes, *found), fail_on, most, scope, archive)

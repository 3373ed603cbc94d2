"""A whole project checked: its pages found and paired, each item judged, one report of all.

`plan` tells what there is to do, `report` puts together what was done; the judging between the two is `results`'.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from bitext.checks import waiver_unused
from bitext.checks.facts import Facts, Stale
from bitext.errors import ConfigError, InputError
from bitext.model.documents import Language
from bitext.model.findings import Failure, Finding, Message, Outcome, Report
from bitext.project import archive, changes, pairs
from bitext.project.pairs import Alone, Found, Pair
from bitext.project.select import Selection
from bitext.project.tree import Tree, walk
from bitext.project.work import Job, Task
from bitext.settings.model import Settings, inside

UNPAIRED, STALE = "page-unpaired", "page-stale"
_LISTED = "rules.waiver-unused.listed-"
"""How the keys of messages on rows of waiver files begin."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What of the project is to be checked.

    `paths` (relative to the current folder) limit it to the items with a page at or below one of them; without any, all
    are. `changed` limits it to the items with a page that changed since that revision; "" is the default one, None does
    not limit.
    """

    selection: Selection
    paths: tuple[str, ...] = ()
    changed: str | None = None
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """The tasks in order, pages that cannot be tried at all, and what is to be told of the run.

    `paths` are the pages of each task relative to the root. `unchanged` counts the items left out because none of their
    pages changed, and `left` are the tasks of those that are pairs; `rest` are the pages of the project's other items,
    as `paths` are those of the tasks.
    """

    tasks: tuple[Task, ...]
    paths: tuple[tuple[str, ...], ...]
    selection: Selection
    failures: tuple[Failure, ...] = ()
    notes: tuple[Message, ...] = ()
    unchanged: int = 0
    left: tuple[Task, ...] = ()
    rest: frozenset[tuple[str, ...]] = frozenset()


def plan(wish: Wish) -> Plan:
    """What is to be done in the project of the wish's settings.

    Raises ConfigError for a wish that cannot be met: no pair of pages in the project or below the paths, no such path,
    no such revision. A project without pages is never taken for a clean one.
    """
    settings = wish.selection.settings
    tree = walk(settings.folder, settings.exclude)
    files, failures = _readable(tree, settings)
    within = _within(wish)
    found = pairs.found(files, settings)
    if not found.pairs:
        raise _nothing(settings, tree)
    chosen = _kept(found, within) if wish.paths else found
    if wish.paths and not chosen.pairs and not chosen.alone:
        raise ConfigError(Message.of("project.run.nothing-below", paths=", ".join(wish.paths)))
    touched = _touched(chosen, wish)
    items: list[Pair | Alone] = [*touched.pairs, *_worth_it(touched.alone, wish.selection)]
    items.sort(key=_place)
    stale = _stale(chosen.pairs, wish.selection)
    tasks = tuple(_task(item, wish, stale) for item in items)
    left = tuple(_task(pair, wish, stale) for pair in sorted(set(chosen.pairs) - set(touched.pairs), key=_place))
    failures = failures if not wish.paths and wish.changed is None else ()
    paths = tuple(map(_paths, items))
    rest = frozenset([*map(_paths, found.pairs), *map(_paths, found.alone)]).difference(paths)
    return Plan(tasks, paths, wish.selection, failures, tree.notes, len(left), left, rest)


def _readable(tree: Tree, settings: Settings) -> tuple[tuple[str, ...], tuple[Failure, ...]]:
    """The files whose names are text, and a failure for each other one: its name could be told to nobody."""
    files, failures = [], []
    for path in tree.files:
        shown = path.encode("utf-8", "backslashreplace").decode("utf-8")
        if shown == path:
            files.append(path)
        else:
            opened = settings.opened(shown)
            failures.append(Failure((opened,), Message.of("project.run.bad-name"), opened))
    return tuple(files), tuple(failures)


def _nothing(settings: Settings, tree: Tree) -> ConfigError:
    key = "no-pairs" if tree.files else "no-pages"
    message = Message.of(f"project.run.{key}", folder=settings.folder, n=len(tree.files))
    return ConfigError(message, settings.path)


def _within(wish: Wish) -> Callable[[str], bool]:
    """Whether a page, relative to the root, lies at or below one of the wish's paths."""
    root = wish.selection.settings.folder
    wanted = []
    for path in wish.paths:
        if not os.path.lexists(path):
            raise InputError(Message.of("formats.file.missing"), path)
        inner = inside(root, path)
        if inner is None:
            raise ConfigError(Message.of("project.run.outside", path=path, root=root))
        wanted.append("" if inner == "." else inner)
    return lambda page: any(not top or page == top or page.startswith(f"{top}/") for top in wanted)


def _kept(found: Found, wanted: Callable[[str], bool]) -> Found:
    """The items of which a page is wanted."""
    kept = tuple(pair for pair in found.pairs if wanted(pair.source) or wanted(pair.target))
    return replace(found, pairs=kept, alone=tuple(page for page in found.alone if wanted(page.path)))


def _touched(found: Found, wish: Wish) -> Found:
    if wish.changed is None:
        return found
    changed = changes.changed(wish.selection.settings.folder, wish.changed)
    return _kept(found, changed.__contains__)


def _worth_it(alone: Iterable[Alone], selection: Selection) -> Iterator[Alone]:
    """The pages without a partner of which a rule is to speak; the others are not the project's pairs."""
    return (page for page in alone if UNPAIRED in selection.rules((page.path,)))


def _place(item: Pair | Alone) -> tuple[str, str]:
    return (item.source, item.target) if isinstance(item, Pair) else (item.path, "")


def _paths(item: Pair | Alone) -> tuple[str, ...]:
    return (item.source, item.target) if isinstance(item, Pair) else (item.path,)


def _stale(found: Sequence[Pair], selection: Selection) -> dict[Pair, Stale]:
    wanted = [pair for pair in found if STALE in selection.rules(_paths(pair))]
    return changes.stale(selection.settings.folder, wanted)


def _task(item: Pair | Alone, wish: Wish, stale: dict[Pair, Stale]) -> Task:
    settings = wish.selection.settings
    rules = wish.selection.rules(_paths(item))
    sites = tuple(map(wish.selection.site, _paths(item))) if settings.sites else ()
    scope = wish.scope or item.scope or settings.scope
    if isinstance(item, Pair):
        facts = Facts(stale=stale.get(item), scope=scope, style=settings.style)
        return Task(settings.opened(item.source), settings.opened(item.target), "zh", scope, rules, facts, sites)
    language: Language = item.language
    facts = Facts(settings.opened(item.partner), scope=scope, style=settings.style)
    return Task(settings.opened(item.path), None, language, scope, rules, facts, sites)


def report(done: Plan, outcomes: Sequence[Outcome], job: Job, earlier: Sequence[Outcome] = ()) -> Report:
    """One report of the outcomes, which are in the order of the plan's tasks; `earlier` are only compared with them."""
    judged = [(i, outcome) for i, outcome in enumerate(outcomes) if outcome.item is not None]
    paths = [done.paths[i] for i, _ in judged]
    rules = [frozenset(done.tasks[i].rules or ()) for i, _ in judged]
    kept = [outcome for _, outcome in judged]
    used = archive.uses(earlier)
    told = [
        archive.counted(outcome.findings, outcome.observations, used) if used else outcome.findings for outcome in kept
    ]
    found = [replace(finding, item=n) for n, findings in enumerate(told) for finding in findings]
    waived = [replace(finding, item=n) for n, outcome in enumerate(kept) for finding in outcome.waived]
    apart = archive.departures(kept, earlier, job)
    found += [one for one in apart.findings if one.rule in rules[one.item]]
    waived += [one for one in apart.waived if one.rule in rules[one.item]]
    findings = [done.selection.weighed(one, paths[one.item]) for one in _told_once(found, waived)]
    return Report(
        items=tuple(outcome.item for outcome in kept if outcome.item is not None),
        findings=tuple(sorted(findings, key=_item)),
        waived=tuple(sorted(waived, key=_item)),
        failures=(*(outcome.failure for outcome in outcomes if outcome.failure is not None), *done.failures),
        notes=(*done.notes, *_counted(done)),
        archive=apart.cited,
    )


def _told_once(found: Sequence[Finding], waived: Sequence[Finding]) -> Iterator[Finding]:
    """`found` with what is wrong with a row of a waiver file told once, and not at all if another item has use for it.

    Each item was judged by itself, and such a row is for all of them.
    """
    accepted = [one.accepted for one in waived if one.accepted is not None and not one.accepted.inside]
    used = {f"{PurePath(one.path).as_posix()}:{one.line}" for one in accepted}
    told: set[Message] = set()
    for finding in found:
        if finding.rule == waiver_unused.RULE.id and finding.message.key.startswith(_LISTED):
            idle = finding.message.key == f"{_LISTED}found"
            if finding.message in told or (idle and dict(finding.message.fields)["place"] in used):
                continue
            told.add(finding.message)
        yield finding


def _item(finding: Finding) -> int:
    return finding.item


def _counted(done: Plan) -> Iterator[Message]:
    if done.unchanged:
        yield Message.of("project.run.unchanged", n=done.unchanged)

"""One item of a project judged: the function that a worker calls, from value to value.

All that changes a result stands in the `Task` (what is of this item) and the `Job` (what is of all items), so a cache
may keep an `Outcome` by these two, the contents of the task's files and the version of the program.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TypeAlias

from bitext import pipeline
from bitext.checks.facts import Facts
from bitext.errors import BitextError, InputError
from bitext.model.alignment import Bitext
from bitext.model.documents import Document, Language, Origins, SegmentedDocument
from bitext.model.findings import Failure, Item, ListedWaiver, Message, Outcome
from bitext.model.glossary import Glossary
from bitext.pipeline import Profile
from bitext.text.languages import guess_language

UNTRANSLATED = "page-untranslated"
_OF_ANY_TEXT = frozenset({UNTRANSLATED, "page-unpaired", "page-stale"})
"""The rules that do not read the text of a page as one of its language."""
_WITHOUT_TEXT = frozenset({"formats.document.no-text", "formats.file.empty"})
"""The errors that tell of a page without any text."""
_LONGEST = 200
"""Characters of an unexpected exception's text that are told."""


Selectors: TypeAlias = tuple[tuple[str, str], ...]
"""CSS selectors by the fields of a site's profile."""


@dataclass(frozen=True, slots=True)
class Task:
    """A pair of pages, or a page alone where `target` is None.

    `source` is the path of the Chinese page and `target` that of the English one, as they are opened and shown: with
    "/", relative to the current folder. `language` is that of a page alone. `scope` names the site, column or item
    that the pages belong to, as glossaries name it. `rules` are the ids of the rules to run, in the registry's order,
    or None for the default ones. `facts` are what the project knows of the pages besides their texts. `sites` are CSS
    selectors for each of the pages, if anything is known of its site. `alignment` is a file of an earlier alignment of
    these pages, which is used as far as it fits them.
    """

    source: str
    target: str | None = None
    language: Language = "zh"
    scope: str = ""
    rules: tuple[str, ...] | None = None
    facts: Facts = field(default_factory=Facts)
    sites: tuple[Selectors, ...] = ()
    alignment: str = ""

    @property
    def paths(self) -> tuple[str, ...]:
        """The files of the task."""
        return (self.source,) if self.target is None else (self.source, self.target)


@dataclass(frozen=True, slots=True)
class Job:
    """What holds for all tasks of a run. `today` (ISO 8601) matters only to waivers that expire."""

    glossary: Glossary = field(default_factory=Glossary)
    waivers: tuple[ListedWaiver, ...] = ()
    today: str = ""
    profile: Profile = "accurate"


def judge(task: Task, job: Job) -> Outcome:
    """What one task comes to. Files that cannot be judged and faults of the program are failures in the outcome.

    Raises KeyboardInterrupt and MemoryError only.
    """
    try:
        return _judged(task, job)
    except InputError as error:
        where = (error.path, error.line, error.column, error.frame)
        return Outcome(None, failure=Failure(task.paths, error.message, *where))
    except BitextError as error:
        return Outcome(None, failure=Failure(task.paths, error.message))
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001  # one item that crashes must not keep the others from being checked
        text = " ".join(str(error).split())[:_LONGEST]
        message = Message.of("project.failure.internal", kind=type(error).__name__, text=text)
        return Outcome(None, failure=Failure(task.paths, message, internal=True))


def _judged(task: Task, job: Job) -> Outcome:
    from bitext.checks.registry import DEFAULT, RULES

    rules = DEFAULT if task.rules is None else tuple(RULES[rule] for rule in task.rules)
    item, apart = _item(task, job)
    if apart:
        # There is nothing to compare, and rules for one language say nothing of another.
        rules = tuple(rule for rule in rules if rule.id in _OF_ANY_TEXT)
        if RULES[UNTRANSLATED] not in rules and not item.notes:
            item = _unseen(item)
    facts, observe = replace(task.facts, scope=task.scope or task.facts.scope), not apart
    return pipeline.judge(item, job.glossary, rules, waivers=job.waivers, today=job.today, facts=facts, observe=observe)


def _unseen(item: Item) -> Item:
    """`item` as one of which nothing was judged and no rule says so: it must not pass for clean."""
    sides = (item.bitext.source, item.bitext.target)
    segments = sum(len(side.segments) for side in sides if side is not None)
    return replace(item, notes=(*item.notes, Message.of("project.notes.untranslated")), unjudged=segments)


def _item(task: Task, job: Job) -> tuple[Item, bool]:
    """The item of the task, and whether one of its pages is in the wrong language, so that they stand unaligned."""
    from bitext.checks.page_untranslated import untranslated

    if task.target is None:
        item = pipeline.page_item(_read(task, 0, task.language))
        return item, any(untranslated(page) for page in (item.bitext.source, item.bitext.target) if page is not None)
    try:
        source = _read(task, 0, "zh")
    except InputError as error:
        if error.message.key not in _WITHOUT_TEXT or not _is_empty(task, 1):
            raise
        return _empty(task), True
    target = _read(task, 1, "en")
    # Most pages are what they should be, and to tell it by the letters is quicker.
    if guess_language(source.text) != "zh" or guess_language(target.text) != "en":
        pages = pipeline.segmented(source), pipeline.segmented(target)
        if any(map(untranslated, pages)):
            return Item(Bitext(*pages, ())), True
    reviewed = pipeline.reviewed_item(source, target, task.alignment) if task.alignment else None
    return reviewed or pipeline.pair_item(source, target, job.glossary, job.profile), False


def _read(task: Task, index: int, language: Language) -> Document:
    """The page of the task with this index."""
    if not any(task.sites[index : index + 1]):
        return pipeline.read(task.paths[index], language)
    from bitext.formats.documents.html.profile import SiteProfile

    return pipeline.read(task.paths[index], language, SiteProfile.of(**dict(task.sites[index])))


def _is_empty(task: Task, index: int) -> bool:
    try:
        _read(task, index, "en")
    except InputError as error:
        return error.message.key in _WITHOUT_TEXT
    return False


def _empty(task: Task) -> Item:
    """The item of two pages that have no text, such as lists that the site's program fills: there is nothing to do."""
    source = SegmentedDocument(Document(task.paths[0], "zh", "", (), Origins(())), ())
    target = SegmentedDocument(Document(task.paths[1], "en", "", (), Origins(())), ())
    return Item(Bitext(source, target, ()), notes=(Message.of("project.notes.empty"),))

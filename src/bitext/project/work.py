"""One item of a project judged: the function that a worker calls, from value to value.

All that changes a result stands in the `Task` (what is of this item) and the `Job` (what is of all items), so a cache
may keep an `Outcome` by these two, the contents of the task's files and the version of the program.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from bitext import pipeline
from bitext.checks.facts import Facts
from bitext.errors import BitextError, InputError
from bitext.model.documents import Document, Language
from bitext.model.findings import Failure, ListedWaiver, Message, Outcome
from bitext.model.glossary import Glossary
from bitext.pipeline import Profile

_LONGEST = 200
"""Characters of an unexpected exception's text that are told."""


@dataclass(frozen=True, slots=True)
class Task:
    """A pair of pages, or a page alone where `target` is None.

    `source` is the path of the Chinese page and `target` that of the English one, as they are opened and shown: with
    "/", relative to the current folder. `language` is that of a page alone. `scope` names the site, column or item
    that the pages belong to, as glossaries name it. `rules` are the ids of the rules to run, in the registry's order,
    or None for the default ones. `facts` are what the project knows of the pages besides their texts.
    """

    source: str
    target: str | None = None
    language: Language = "zh"
    scope: str = ""
    rules: tuple[str, ...] | None = None
    facts: Facts = field(default_factory=Facts)

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
    from bitext.checks.registry import RULES

    if task.target is None:
        item = pipeline.page_item(pipeline.read(task.source, task.language))
    else:
        pages = _read(task.source, "zh"), _read(task.target, "en")
        item = pipeline.pair_item(*pages, job.glossary, job.profile)
    rules = None if task.rules is None else [RULES[rule] for rule in task.rules]
    return pipeline.judge(
        item, job.glossary, rules, waivers=job.waivers, today=job.today, facts=task.facts, observe=True
    )


def _read(path: str, language: Language) -> Document:
    return pipeline.read(path, language)

"""The outcomes of tasks: those that are kept already, and the others judged now and kept."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import closing

from bitext.model.findings import Outcome
from bitext.project import pool, worker
from bitext.project.keys import Keys
from bitext.project.store import Store
from bitext.project.work import Job, Task

_MAKESHIFT = "align.notes.fast-fallback"
"""The note on an item that was judged in a lesser way, because something was missing when it was."""


def outcomes(tasks: Sequence[Task], job: Job, workers: int, store: Store | None = None) -> Generator[Outcome]:
    """The outcome of each task, in order, judged by at most `workers` processes or taken from `store`.

    What is judged goes into `store`, but for failures, which may be of the moment, and for pages that changed while
    they were judged.
    """
    if store is None:
        yield from pool.outcomes(tasks, job, workers)
        return
    keys = Keys(job)
    wanted = [keys.key(task) for task in tasks]
    kept = [key is not None and store.has(key) for key in wanted]
    missing = [task for task, there in zip(tasks, kept, strict=True) if not there]
    with closing(pool.outcomes(missing, job, workers)) as judged:
        for task, key, there in zip(tasks, wanted, kept, strict=True):
            found = store.get(key) if key is not None and there else None
            if found is None:
                found = worker.outcome(task, job) if there else next(judged)
                if key is not None and _lasting(found) and keys.key(task) == key:
                    store.put(key, found)
            yield found
    store.prune()


def _lasting(outcome: Outcome) -> bool:
    item = outcome.item
    return item is not None and all(note.key != _MAKESHIFT for note in item.notes)

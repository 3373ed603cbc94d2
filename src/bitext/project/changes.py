"""What the history of the repository tells of a project's pages: which changed since a revision, which fell behind."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bitext.checks.context import SIDES
from bitext.checks.facts import Stale
from bitext.errors import ConfigError, InputError
from bitext.formats.files import read_bytes
from bitext.model.alignment import Side
from bitext.model.findings import Message
from bitext.project import git
from bitext.project.pairs import Pair

_DEFAULT_BRANCHES = ("origin/HEAD", "origin/main", "origin/master", "main", "master")
_MOST_COMMITS = 20_000
"""Commits that are looked at for pages that fell behind; older changes count as the same age."""
_MOST_COMPARED = 1_000
"""Times that a page is compared with what it was, each a call of git; what more there is counts as changed."""


def changed(root: str, ref: str) -> frozenset[str]:
    """The files below `root`, relative to it, that changed since the revision `ref`, the working tree included.

    Where `ref` is empty it is the point where this branch left the default branch, or the last commit on that branch
    itself. Raises ConfigError where there is no repository or no such revision.
    """
    if git.prefix(root) is None:
        raise ConfigError(Message.of("project.git.none", folder=root))
    commit = _commit(root, ref) if ref else _base(root)
    try:
        tracked = git.names(
            root, ["diff", "--name-only", "--no-renames", "--no-ext-diff", "--relative", "-z", commit, "--", "."]
        )
        new = git.names(root, ["ls-files", "--others", "--exclude-standard", "-z", "--", "."])
    except git.GitError as error:
        raise ConfigError(Message.of("project.git.failed", reason=str(error))) from None
    return frozenset((*tracked, *new))


def _commit(root: str, ref: str) -> str:
    """The full name of the commit that `ref` names."""
    try:
        return git.line(root, ["rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}"])
    except git.GitError:
        key = "path" if os.path.lexists(ref) else "no-ref"
        raise ConfigError(Message.of(f"project.git.{key}", ref=ref)) from None


def _base(root: str) -> str:
    try:
        head = git.line(root, ["rev-parse", "--verify", "--quiet", "HEAD^{commit}"])
    except git.GitError:
        raise ConfigError(Message.of("project.git.no-commit")) from None
    for branch in _DEFAULT_BRANCHES:
        try:
            tip = git.line(root, ["rev-parse", "--verify", "--quiet", f"{branch}^{{commit}}"])
        except git.GitError:
            continue
        try:
            return git.line(root, ["merge-base", head, tip])
        except git.GitError:
            raise ConfigError(Message.of("project.git.shallow", branch=branch)) from None
    return head


@dataclass(slots=True)
class _History:
    """The commits that changed a page: their numbers, 0 being the newest, each with its day, the newest first.

    `names` are the full names of these commits.
    """

    commits: list[tuple[int, str]] = field(default_factory=list)
    names: dict[int, str] = field(default_factory=dict)


def stale(root: str, pairs: Iterable[Pair]) -> dict[Pair, Stale]:
    """The pairs of which one page was changed and the other one was not since.

    That a page was written is no change, nor that its lines were broken anew, and a change of the page that was left
    behind is taken for catching up. Without a repository, or with one that cannot be asked, there are none.
    """
    rows = tuple(pairs)
    if not rows or git.prefix(root) is None:
        return {}
    try:
        histories = _histories(root, {path for pair in rows for path in (pair.source, pair.target)})
        dirty = changed(root, "HEAD")
    except (git.GitError, ConfigError):
        return {}
    compared = iter(range(_MOST_COMPARED))
    found = ((pair, _behind(root, pair, histories, dirty, compared)) for pair in rows)
    return {pair: one for pair, one in found if one is not None}


def _behind(
    root: str, pair: Pair, histories: dict[str, _History], dirty: frozenset[str], compared: Iterator[int]
) -> Stale | None:
    """How far one page of a pair is behind, once changes that left all words as they were are taken out."""
    while (gap := _stale(pair, histories, dirty)) is not None:
        path = pair.target if gap.stale.side == "source" else pair.source
        since = f"{histories[path].names[gap.later[0]]}^" if gap.later else "HEAD"
        if next(compared, None) is None or not _same_words(root, path, since):
            return gap.stale
        if not gap.later:
            dirty -= {path}
        histories[path].commits = [row for row in histories[path].commits if row[0] not in gap.later]
    return None


def _same_words(root: str, path: str, since: str) -> bool:
    """Whether the page at `path` has the characters that it had at the revision `since`, white space aside."""
    try:
        before = git.output(root, ["show", "--no-textconv", f"{since}:./{path}"])
        now = read_bytes(os.path.join(root, path))  # noqa: PTH118 - paths of a project are strings
    except (git.GitError, InputError):
        return False
    return b"".join(before.split()) == b"".join(now.split())


@dataclass(frozen=True, slots=True)
class _Gap:
    """How far a page is behind; `later` are the commits of the other one since, none for a change not committed."""

    stale: Stale
    later: tuple[int, ...] = ()


def _stale(pair: Pair, histories: dict[str, _History], dirty: frozenset[str]) -> _Gap | None:
    source, target = (histories.get(path) for path in (pair.source, pair.target))
    if source is None or target is None:
        return None
    # The newest commit has the number 0.
    days: dict[Side, dict[int, str]] = {"source": dict(source.commits), "target": dict(target.commits)}
    behind: Side | None = None
    later: list[int] = []
    for number in sorted(days["source"] | days["target"], reverse=True):
        sides = [side for side in SIDES if number in days[side]]
        first = any(number == max(days[side]) for side in sides)
        if first or len(sides) == 2 or sides[0] == behind:
            behind, later = None, []
        else:
            behind = "target" if sides[0] == "source" else "source"
            later.append(number)
    edited = [side for side, path in zip(SIDES, (pair.source, pair.target), strict=True) if path in dirty]
    if len(edited) == 1 and edited[0] != behind:
        side: Side = "target" if edited[0] == "source" else "source"
        return _Gap(Stale(side, days[side][min(days[side])], "", 0))
    if edited or behind is None:
        return None
    other: Side = "source" if behind == "target" else "target"
    since, changed_on = days[behind][min(days[behind])], days[other][later[-1]]
    return _Gap(Stale(behind, since, changed_on, len(later)), tuple(later))


def _histories(root: str, wanted: set[str]) -> dict[str, _History]:
    histories: dict[str, _History] = {}
    for number, name, day, path in _log(root):
        if path in wanted:
            history = histories.setdefault(path, _History())
            history.commits.append((number, day))
            history.names[number] = name
    return histories


def _log(root: str) -> Iterator[tuple[int, str, str, str]]:
    """Each change of each file: the number and name of its commit, the day, and the path relative to `root`."""
    # Along the first parent, so that what one merge brought in changed at the same time.
    arguments = ["log", "--first-parent", "-m", "--no-renames", "--no-ext-diff", "--name-only", "--relative", "-z"]
    arguments += [f"--max-count={_MOST_COMMITS}", "--format=%x01%H %cs", "HEAD", "--", "."]
    name, day, number = "", "", -1
    for token in git.names(root, arguments):
        # A commit's line is ended by a NUL, and a line feed parts it from the names below.
        text = token.lstrip("\n")
        if text.startswith("\x01"):
            name, _, day = text[1:].strip().partition(" ")
            number += 1
        elif text:
            yield number, name, day, text

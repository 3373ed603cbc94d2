"""Which pages of a project belong together: by patterns, by the names of files and folders, by what the pages say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from bitext.model.documents import Language
from bitext.model.findings import Message
from bitext.project import conventions
from bitext.settings.model import PairPattern, Settings
from bitext.settings.patterns import filled, language_of, match, preference

Key: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A Chinese page and its English page, relative to the project's root."""

    source: str
    target: str
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Alone:
    """A page in `language` whose other page is not there; `partner` is where it would stand."""

    path: str
    language: Language
    partner: str
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """The pairs and the pages alone, sorted by path; `by` tells how they were found, for people."""

    pairs: tuple[Pair, ...] = ()
    alone: tuple[Alone, ...] = ()
    by: tuple[PairPattern, ...] = ()


@dataclass(slots=True)
class _Group:
    """The pages of one item: by language, each with the tag that its path has."""

    pages: dict[Language, list[tuple[str, str]]] = field(default_factory=lambda: {"zh": [], "en": []})


def found(files: Sequence[str], settings: Settings) -> Found:
    """The pairs among `files`, which are sorted.

    By the patterns of the settings; without any, by those that the names of the files suggest. A page that is left is
    paired by the translation keys that the pages carry, if both pages name the same. Raises ConfigError, with its
    place, for a pattern that no file fits.
    """
    patterns = settings.pairs or conventions.proposed(files)
    made = _Pairing()
    for pattern in patterns:
        made.add(files, pattern)
    alone = made.alone()
    if settings.pairs:
        keyed, alone = _keyed(settings, alone, [])
    else:
        others = [path for path in files if path not in made.used]
        keyed, alone = _keyed(settings, alone, others)
    pairs = {(pair.source, pair.target): pair for pair in (*made.pairs, *keyed)}
    return Found(
        tuple(sorted(pairs.values(), key=lambda pair: (pair.source, pair.target))),
        tuple(sorted(alone, key=lambda page: page.path)),
        tuple(patterns),
    )


class _Pairing:
    """Pairs by patterns; a file that one pattern pairs is not looked at by the following ones."""

    def __init__(self) -> None:
        self.pairs: list[Pair] = []
        self.lonely: dict[str, Alone] = {}
        self.used: set[str] = set()

    def add(self, files: Iterable[str], pattern: PairPattern) -> None:
        free = [path for path in files if path not in self.used]
        groups = _groups(free, pattern)
        if not groups and pattern.place.path and not any(_fits(pattern, path) for path in self.used):
            shown = pattern.zh if pattern.zh == pattern.en else f"{pattern.zh}, {pattern.en}"
            raise pattern.place.error(Message.of("project.pairs.no-file", pattern=shown))
        before, lonely = len(self.pairs), dict(self.lonely)
        for key, group in groups.items():
            self._group(key, group, pattern)
        if not pattern.place.path and len(self.pairs) - before < len(self.lonely.keys() - lonely.keys()):
            # Nobody said that these pages are translated, and most of them are not.
            self.lonely = lonely

    def _group(self, key: Key, group: _Group, pattern: PairPattern) -> None:
        chinese, english = (sorted(group.pages[side], key=_by_preference) for side in ("zh", "en"))
        # Every variant of the one language is held against the first choice of the other.
        if chinese and english:
            rows = [(path, english[0][0]) for path, _ in chinese] + [(chinese[0][0], path) for path, _ in english[1:]]
            for source, target in rows:
                self.pairs.append(Pair(source, target, pattern.scope))
                self.used |= {source, target}
                self.lonely.pop(source, None)
                self.lonely.pop(target, None)
            return
        language: Language = "zh" if chinese else "en"
        other: Language = "en" if chinese else "zh"
        path, _ = (chinese or english)[0]
        if path not in self.used:
            partner = filled(pattern.side(other), key, other)
            self.lonely.setdefault(path, Alone(path, language, partner, pattern.scope))

    def alone(self) -> list[Alone]:
        return [page for path, page in self.lonely.items() if path not in self.used]


def _by_preference(row: tuple[str, str]) -> tuple[object, str]:
    path, tag = row
    return preference(tag), path


def _fits(pattern: PairPattern, path: str) -> bool:
    return match(pattern.zh, path) is not None or match(pattern.en, path) is not None


def _groups(files: Iterable[str], pattern: PairPattern) -> dict[Key, _Group]:
    groups: dict[Key, _Group] = {}
    for path in files:
        for key, tag, language in _sides(pattern, path):
            groups.setdefault(key, _Group()).pages[language].append((path, tag))
    return groups


def _sides(pattern: PairPattern, path: str) -> Iterator[tuple[Key, str, Language]]:
    """What `path` is by `pattern`: the item's key, the tag and the language; nothing where it does not fit."""
    if pattern.zh == pattern.en:
        fit = match(pattern.zh, path)
        if fit is not None:
            yield fit.key, fit.tag, language_of(fit.tag)
        return
    zh, en = match(pattern.zh, path), match(pattern.en, path)
    if zh is not None and en is not None:
        # `**/*.md` fits `a.zh.md` too, which is the other pattern's: the one that says more of the path in so many
        # words has it.
        if len(pattern.zh) >= len(pattern.en):
            en = None
        else:
            zh = None
    if zh is not None:
        yield zh.key, zh.tag, "zh"
    if en is not None:
        yield en.key, en.tag, "en"


def _keyed(settings: Settings, alone: Sequence[Alone], others: Sequence[str]) -> tuple[list[Pair], list[Alone]]:
    """Pairs of pages that are left over and name each other, and the pages that stay alone."""
    from bitext.project.links import linked

    if not alone and not others:
        return [], []
    known = {page.path: page for page in alone}
    candidates: list[tuple[str, Language | None]] = [(page.path, page.language) for page in alone]
    candidates += [(path, None) for path in others if path not in known]
    pairs = [
        Pair(source, target, (known.get(source) or known.get(target) or Alone("", "zh", "")).scope)
        for source, target in linked(settings, candidates)
    ]
    used = {path for pair in pairs for path in (pair.source, pair.target)}
    return pairs, [page for page in alone if page.path not in used]

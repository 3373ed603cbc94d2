"""Checks the values of a settings file, kind by kind, and puts them together to `Settings`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NoReturn, TypeAlias, cast, get_args

from bitext.checks.facts import Style
from bitext.errors import ConfigError
from bitext.formats.carried import line_starts
from bitext.formats.frames import frame_at
from bitext.model.documents import Span
from bitext.model.findings import Message, Severity
from bitext.settings.keys import KEYS, OVERRIDE_KEYS, PAIR_KEYS, SEVERITIES, SITE_KEYS, STYLE_KEYS, Key, Kind
from bitext.settings.model import Override, PairPattern, Place, Settings, Site, shown
from bitext.settings.places import KeyPath, Places
from bitext.settings.selectors import families

Rows: TypeAlias = dict[str, object]
LANGUAGE = "{language}"


class Table:
    """The text of a settings file, for errors that show the place, and the checks of its values."""

    def __init__(self, path: str, text: str, found: Places, root: str, prefix: tuple[str, ...]) -> None:
        self.path = path
        self.text = text
        self.found = found
        self.root = root
        self.prefix = prefix
        self.starts = line_starts(text)

    def settings(self, value: object) -> Settings:
        """The settings in the table `value`. Raises ConfigError at the first thing that is wrong."""
        made = self._table(value, (), KEYS)
        return Settings(root=self.root, path=self.path, **made)

    def place(self, path: KeyPath, *, key: bool = False) -> Place:
        """Where the value, or the key, of `path` stands; the nearest table around it where that is not known."""
        path = (*self.prefix, *path)
        kinds = (self.found.keys, self.found.values) if key else (self.found.values, self.found.keys)
        while path:
            span = next((spans[path] for spans in kinds if path in spans), None)
            if span is not None:
                return self._place(span)
            path = path[:-1]
        return Place(self.path)

    def _place(self, span: Span) -> Place:
        line = next(i for i in range(len(self.starts), 0, -1) if self.starts[i - 1] <= span.start)
        column = span.start - self.starts[line - 1] + 1
        return Place(self.path, line, column, frame_at(self.text, line, column, max(len(span), 1)))

    def _fail(self, path: KeyPath, what: str, **fields: str) -> NoReturn:
        raise self.place(path).error(Message.of(f"settings.errors.{what}", **fields))

    def _unknown(self, path: KeyPath, name: str, known: Iterable[str]) -> NoReturn:
        """The key `name` at the end of `path` is none of the `known` ones."""
        fields, suffix = _similar(name, known)
        fields |= {"setting": name, "accepted": ", ".join(known)}
        raise self.place(path, key=True).error(Message.of(f"settings.errors.unknown{suffix}", **fields))

    def _table(self, value: object, path: KeyPath, keys: Sequence[Key]) -> dict[str, Any]:
        rows = self._typed(value, dict, path, "table")
        known = {key.name: key for key in keys}
        made: dict[str, Any] = {}
        for name, inner in cast("Rows", rows).items():
            key = known.get(name)
            if key is None:
                self._unknown((*path, name), name, known)
            made[key.field] = _CHECKS[key.kind](self, inner, (*path, name), key)
        return made

    def _typed(self, value: object, kind: type, path: KeyPath, name: str) -> object:
        # bool is an int to Python, but not to the reader of a settings file.
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            self._fail(path, f"type-{name}", setting=_dotted(path))
        return value

    def _text(self, value: object, path: KeyPath, _key: Key) -> str:
        return cast("str", self._typed(value, str, path, "text"))

    def _texts(self, value: object, path: KeyPath, _key: Key) -> tuple[str, ...]:
        """A list of texts, or one text alone."""
        if isinstance(value, str):
            return (value,)
        rows = cast("list[object]", self._typed(value, list, path, "texts"))
        return tuple(cast("str", self._typed(row, str, (*path, i), "text")) for i, row in enumerate(rows))

    def _choice(self, value: object, path: KeyPath, key: Key) -> str:
        text = self._text(value, path, key)
        self._known(text, key.choices, path)
        return text

    def _known(self, text: str, accepted: Iterable[str], path: KeyPath) -> None:
        accepted = tuple(accepted)
        if text not in accepted:
            fields, suffix = _similar(text, accepted)
            fields |= {"value": text, "setting": _dotted(path), "accepted": ", ".join(accepted)}
            self._fail(path, f"choice{suffix}", **fields)

    def _count(self, value: object, path: KeyPath, _key: Key) -> int:
        number = cast("int", self._typed(value, int, path, "count"))
        if number < 0:
            self._fail(path, "type-count", setting=_dotted(path))
        return number

    def _rules(self, value: object, path: KeyPath, key: Key) -> tuple[str, ...]:
        names = self._texts(value, path, key)
        for index, name in enumerate(names):
            self._known(name, selectors(), (*path, index) if isinstance(value, list) else path)
        return names

    def _severities(self, value: object, path: KeyPath, _key: Key) -> tuple[tuple[str, Severity], ...]:
        rows = cast("Rows", self._typed(value, dict, path, "table"))
        made = []
        for name, level in rows.items():
            if name not in selectors():
                self._unknown((*path, name), name, selectors())
            text = cast("str", self._typed(level, str, (*path, name), "text"))
            self._known(text, SEVERITIES, (*path, name))
            made.append((name, Severity(text)))
        return tuple(made)

    def _file(self, value: object, path: KeyPath, key: Key) -> str:
        return self._opened(self._text(value, path, key))

    def _opened(self, name: str) -> str:
        return shown(name) if not self.root or Path(name).is_absolute() else f"{self.root}/{shown(name)}"

    def _files(self, value: object, path: KeyPath, key: Key) -> tuple[str, ...]:
        """The files that are named or that a pattern names; each text must name at least one."""
        files: list[str] = []
        for index, name in enumerate(self._texts(value, path, key)):
            opened = self._opened(name)
            named = self._glob(name) if set(name) & set("*?[") else [opened]
            if not named or not all(Path(file).is_file() for file in named):
                self._fail((*path, index) if isinstance(value, list) else path, "dead-path", name=name)
            files += named
        return tuple(dict.fromkeys(files))

    def _glob(self, pattern: str) -> list[str]:
        try:
            return sorted(path.as_posix() for path in Path(self.root).glob(pattern) if path.is_file())
        except (ValueError, NotImplementedError):
            return []  # not a pattern for paths below the folder

    def _pairs(self, value: object, path: KeyPath, _key: Key) -> tuple[PairPattern, ...]:
        if isinstance(value, str | dict):
            return (self._pattern({"both": value} if isinstance(value, str) else value, path),)
        rows = cast("list[object]", self._typed(value, list, path, "pairs"))
        return tuple(
            self._pattern({"both": row} if isinstance(row, str) else row, (*path, i)) for i, row in enumerate(rows)
        )

    def _pattern(self, value: object, path: KeyPath) -> PairPattern:
        if not isinstance(value, dict):
            self._fail(path, "type-pairs", setting=_dotted(path))
        made = cast("dict[str, str]", self._table(value, path, PAIR_KEYS))
        both, scope = made.get("both"), made.get("scope", "")
        if both is not None and not made.keys() & {"zh", "en"}:
            if LANGUAGE not in both:
                self._fail(path, "no-language", pattern=both)
            zh = en = both
        elif both is None and made.keys() >= {"zh", "en"}:
            zh, en = made["zh"], made["en"]
            if wildcards(zh) != wildcards(en):
                self._fail(path, "wildcards", zh=zh, en=en)
        else:
            self._fail(path, "pair-keys")
        return PairPattern(zh, en, scope, self.place(path))

    def _overrides(self, value: object, path: KeyPath, _key: Key) -> tuple[Override, ...]:
        rows = cast("list[object]", self._typed(value, list, path, "overrides"))
        made = []
        for index, row in enumerate(rows):
            fields = self._table(row, (*path, index), OVERRIDE_KEYS)
            if not fields.get("paths"):
                self._fail((*path, index), "override-paths")
            made.append(Override(**fields))
        return tuple(made)

    def _sites(self, value: object, path: KeyPath, _key: Key) -> tuple[Site, ...]:
        rows = cast("list[object]", self._typed(value, list, path, "sites"))
        made = []
        for index, row in enumerate(rows):
            fields = self._table(row, (*path, index), SITE_KEYS)
            paths = fields.pop("paths", ())
            if not fields:
                self._fail((*path, index), "site-empty")
            made.append(Site(paths, tuple(sorted(fields.items()))))
        return tuple(made)

    def _style(self, value: object, path: KeyPath, _key: Key) -> Style:
        return Style.of(**cast("dict[str, str]", self._table(value, path, STYLE_KEYS)))

    def _selector(self, value: object, path: KeyPath, key: Key) -> str:
        from bitext.formats.documents.html.selectors import parse_selector

        text = self._text(value, path, key)
        try:
            parse_selector(text)
        except ConfigError as error:
            raise self.place(path).error(error.message) from None
        return text


_CHECKS: dict[str, Callable[[Table, object, KeyPath, Key], object]] = {
    kind: getattr(Table, f"_{kind}") for kind in get_args(Kind)
}


def wildcards(pattern: str) -> list[str]:
    """The wildcards of a pattern in order, `{path}` being one of many folders."""
    from bitext.settings.patterns import parts

    return ["**" if kind in ("path", "**") else kind for kind, _ in parts(pattern) if kind not in ("text", "language")]


def selectors() -> tuple[str, ...]:
    """All that may stand in `select` and `ignore`."""
    from bitext.checks.registry import RULES

    return families(RULES)


def close_to(name: str, known: Iterable[str]) -> str:
    """The one of `known` that `name` was probably meant to be, or nothing."""
    close = get_close_matches(name.replace("_", "-").casefold(), list(known), n=1)
    return close[0] if close else ""


def _similar(name: str, known: Iterable[str]) -> tuple[dict[str, str], str]:
    """The field and the ending of the key of a message that proposes what was probably meant."""
    hint = close_to(name, known)
    return ({"similar": hint}, "-similar") if hint else ({}, "")


def _dotted(path: KeyPath) -> str:
    return ".".join(str(part) if isinstance(part, str) else str(part + 1) for part in path)

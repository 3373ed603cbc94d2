"""The files that a run writes because its settings say so."""

from __future__ import annotations

import os
from pathlib import Path

from bitext.errors import ConfigError
from bitext.model.findings import Message
from bitext.settings.model import Settings, shown


def outputs(settings: Settings) -> tuple[str, ...]:
    """The values of the setting `format`, their files as they are opened from the current folder.

    Raises ConfigError for a file outside of the project.
    """
    return tuple(_output(settings, value) for value in settings.format)


def _output(settings: Settings, value: str) -> str:
    name, equals, path = value.partition("=")
    if not path:
        return value
    opened = path if Path(path).is_absolute() else settings.opened(shown(path))
    require_within(settings, opened)
    return f"{name}{equals}{opened}"


def require_within(settings: Settings, path: str) -> None:
    """Raises ConfigError where the file `path` is not one of the project's own, wherever links lead to.

    Settings come with other people's repositories, and must not have a check write over what is not of these.
    """
    root, real = (Path(os.path.realpath(one)) for one in (settings.folder, path))
    within = real.is_relative_to(root) and ".git" not in map(str.lower, real.relative_to(root).parts)
    if not within:
        raise ConfigError(Message.of("written.errors.outside", path=shown(path)), settings.path)

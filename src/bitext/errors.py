"""The errors that a user can meet. Each carries a message of the catalogue, so that it can be shown in any language."""

from __future__ import annotations

from bitext.model.findings import Message


class BitextError(Exception):
    """Base of all errors that bitext raises on purpose; `str()` gives the English text."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message

    def render(self, language: str) -> str:
        """The error in `language` ("en" or "zh")."""
        from bitext.messages import catalogue

        return catalogue.render(self.message, language)

    def __str__(self) -> str:
        return self.render("en")


class InputError(BitextError):
    """A file that cannot be read as what it should be. Lines and columns count from 1; 0 means not known.

    `frame` holds the lines of the file around the place, for an error that shows them.
    """

    def __init__(
        self,
        message: Message,
        path: str = "",
        line: int = 0,
        column: int = 0,
        frame: tuple[str, ...] = (),
    ) -> None:
        super().__init__(message)
        self.path = path
        self.line = line
        self.column = column
        self.frame = frame

    @property
    def place(self) -> str:
        """`path:line:column`, as far as known."""
        return ":".join(str(part) for part in (self.path, self.line, self.column) if part)

    def render(self, language: str) -> str:
        """The error with its place before it and the frame below."""
        place = self.place
        text = super().render(language)
        return "\n".join([f"{place}: {text}" if place else text, *self.frame])


class ConfigError(InputError):
    """A setting or a command-line option that is not accepted."""


class AlignmentImpossible(BitextError):
    """Two texts that cannot be aligned at all."""


class MissingExtra(BitextError):
    """An optional dependency is needed and not installed; the message names the extra."""

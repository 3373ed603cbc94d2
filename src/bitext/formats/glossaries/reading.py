"""What comes of reading and of writing a glossary."""

from __future__ import annotations

from dataclasses import dataclass

from bitext.model.findings import Message
from bitext.model.glossary import Glossary


@dataclass(frozen=True, slots=True)
class Reading:
    """A glossary as read from a file; `notes` tell what of the file it does not hold."""

    glossary: Glossary
    notes: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """The bytes of a glossary in some format; `notes` tell what the format has no place for and what became of it."""

    data: bytes
    notes: tuple[Message, ...] = ()

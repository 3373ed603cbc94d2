"""Waivers that waive nothing."""

from __future__ import annotations

from dataclasses import dataclass

from bitext.model.alignment import Side
from bitext.model.documents import Span
from bitext.model.findings import Message


@dataclass(frozen=True, slots=True)
class Idle:
    """Why a waiver waives nothing, and the block that it is for; a row of a waiver file stands in no page."""

    message: Message
    side: Side | None = None
    span: Span | None = None

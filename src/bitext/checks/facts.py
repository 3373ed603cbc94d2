"""What a project knows of an item besides its texts: that a page has no partner, or fell behind its partner."""

from __future__ import annotations

from dataclasses import dataclass

from bitext.model.alignment import Side


@dataclass(frozen=True, slots=True)
class Stale:
    """The page of `side` was left as it was when the other page changed later.

    `since` is the day of its own last change and `changed` that of the other page's (ISO 8601, as the history tells);
    `commits` counts the changes of the other page in between. `changed` is empty for a change not yet committed.
    """

    side: Side
    since: str
    changed: str
    commits: int


@dataclass(frozen=True, slots=True)
class Facts:
    """`partner` is where the other page of a page alone would stand, empty where none is expected.

    `scope` names the site or column that the item belongs to (several with semicolons between them), as glossaries
    name it; empty where nobody told.
    """

    partner: str = ""
    stale: Stale | None = None
    scope: str = ""

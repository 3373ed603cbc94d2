"""Full dates as news pages write them beside a text, to ISO 8601."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?|"
    r"Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"

_YEAR_FIRST = r"(?<!\d)([12]\d{3})\s?(?:年\s?|[-/.]\s?)(\d{1,2})\s?(?:月\s?|[-/.]\s?)(\d{1,2})(?!\d)日?"
_NAME_FIRST = rf"({_MONTH})\s{{0,2}}{_DAY},?\s{{0,2}}([12]\d{{3}})(?!\d)"
_DAY_FIRST = rf"(?<!\d){_DAY}\s{{0,2}}({_MONTH}),?\s{{0,2}}([12]\d{{3}})(?!\d)"
_SCATTERED = r"(?<!\d)([12]\d{3})\s(\d{1,2})/\s?(\d{1,2})(?!\d)"

_ORDERS = (
    (re.compile(_YEAR_FIRST), (1, 2, 3)),
    (re.compile(_NAME_FIRST, re.IGNORECASE), (3, 1, 2)),
    (re.compile(_DAY_FIRST, re.IGNORECASE), (3, 2, 1)),
    (re.compile(_SCATTERED), (1, 2, 3)),
)
"""Patterns and the groups of year, month and day."""

BARE_DATE = re.compile(
    rf"[(（\[]?\s?(?:{_YEAR_FIRST}|{_NAME_FIRST}|{_DAY_FIRST})"
    r"(?:[\s,，T]{0,3}(?:at )?\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?: ?[ap]\.?m\.?)?)?",
    re.IGNORECASE,
)
"""A line that begins with a full date, and the time after it."""


def date_in(line: str) -> str:
    """The first full date in the first 400 characters of the line, as ISO 8601, or nothing."""
    line = line[:400]
    found: list[tuple[int, str]] = []
    for pattern, (year, month, day) in _ORDERS:
        if match := pattern.search(line):
            found.append((match.start(), _iso(match[year], match[month], match[day])))
    return next((iso for _, iso in sorted(found) if iso), "")


def _iso(year: str, month: str, day: str) -> str:
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
    try:
        return date(int(year), number, int(day)).isoformat()
    except ValueError:
        return ""

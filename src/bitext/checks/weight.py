"""How much what is found across a bead counts, by the bead's confidence."""

from __future__ import annotations

from bitext.model.findings import Severity

SURE = 0.9
"""From this confidence of a bead on, what is found across it counts in full and may be mended unseen."""
DOUBTFUL = 0.5
"""Below this confidence a bead is more likely wrong than right: what is found across it is no more than a hint."""


def lowered(severity: Severity, confidence: float) -> Severity:
    """The severity of a finding across a bead of this confidence: errors need a sure bead, warnings a likely one."""
    if confidence < DOUBTFUL:
        return Severity.INFO
    if confidence < SURE and severity is Severity.ERROR:
        return Severity.WARNING
    return severity

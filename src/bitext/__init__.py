"""Segment, align and check Chinese-English document pairs.

    import bitext

    alignment = bitext.align("深信院与腾讯签约。", "SZIIT signed with Tencent.")
    report = bitext.check("draft.zh.html", "draft.en.html", glossary="glossary.csv")

The names below are loaded on first use, so that `import bitext` costs next to nothing.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING

from bitext.version import __version__

if TYPE_CHECKING:
    from bitext.api import align, align_many, check, load_glossary, segment
    from bitext.errors import BitextError, InputError
    from bitext.model.alignment import Alignment, Bead
    from bitext.model.documents import Document, Segment, SegmentedDocument, Span
    from bitext.model.findings import Finding, Report, Severity
    from bitext.model.glossary import Glossary

__all__ = [
    "Alignment",
    "Bead",
    "BitextError",
    "Document",
    "Finding",
    "Glossary",
    "InputError",
    "Report",
    "Segment",
    "SegmentedDocument",
    "Severity",
    "Span",
    "__version__",
    "align",
    "align_many",
    "check",
    "load_glossary",
    "segment",
]

_HOMES = {
    "bitext.api": ("align", "align_many", "check", "load_glossary", "segment"),
    "bitext.errors": ("BitextError", "InputError"),
    "bitext.model.alignment": ("Alignment", "Bead"),
    "bitext.model.documents": ("Document", "Segment", "SegmentedDocument", "Span"),
    "bitext.model.findings": ("Finding", "Report", "Severity"),
    "bitext.model.glossary": ("Glossary",),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    from importlib import import_module

    if name not in _HOME:
        raise AttributeError(f"module 'bitext' has no attribute {name!r}")
    value: object = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__


class _Package(ModuleType):
    """Keeps `bitext.align` and `bitext.segment` the functions, though packages of these names are loaded.

    The import system sets each loaded submodule as an attribute of its package; for these two it must not.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if name not in _HOME or not isinstance(value, ModuleType):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package

"""Which format a file has, by its name and by its contents, and the reader for it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, Protocol, cast

from bitext.errors import InputError
from bitext.formats.encoding import decode
from bitext.model.documents import Document, Language
from bitext.model.findings import Message
from bitext.text.languages import guess_language

if TYPE_CHECKING:
    from bitext.formats.documents.html.profile import SiteProfile


class DocumentFormat(Protocol):
    """What a module under `documents/` offers."""

    def parse(self, text: str, path: str, language: Language) -> Document:
        """The document in the decoded `text`. Raises InputError."""


_MODULES: Mapping[str, str] = {
    "html": "bitext.formats.documents.html.reader",
    "markdown": "bitext.formats.documents.markdown",
    "plain": "bitext.formats.documents.plain",
}
"""Format to its module, which is imported when a file of the format comes."""

MARKDOWN_SUFFIXES = (".md", ".markdown", ".mdown", ".mkd", ".mdx")
_SUFFIXES: Mapping[str, str] = {
    **dict.fromkeys((".html", ".htm", ".xhtml", ".xht", ".shtml", ".asp", ".aspx", ".jsp", ".php"), "html"),
    **dict.fromkeys(MARKDOWN_SUFFIXES, "markdown"),
    **dict.fromkeys((".txt", ".text", ""), "plain"),
}
ACCEPTED_SUFFIXES = (".html", ".htm", ".xhtml", ".shtml", ".md", ".markdown", ".mdx", ".txt", ".docx")

_WORD_SUFFIXES = (".docx", ".docm", ".dotx", ".doc", ".dot")
_MAGIC = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""First bytes of the files of Word, today's and older."""

_HTML_START = re.compile(
    r"\s*+(?:<\?xml[^>]{0,200}>\s*+)?(?:<!--.{0,2000}?-->\s*+)?<(?:!doctype\s+html|html|head|body|title|meta)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_TAGS = re.compile(r"</?(?:p|div|br|span|h[1-6]|ul|li|table|a)\b[^<>]{0,300}>", re.IGNORECASE)


def read_document(
    data: bytes,
    path: str,
    language: Language | None = None,
    profile: SiteProfile | None = None,
    *,
    both: bool = False,
) -> Document:
    """The document in the file contents `data`; `path` names it and its suffix tells the format.

    Passages that the file marks as being in the other language are left out, unless `both` languages are wanted.
    `profile` tells what is known of a site's HTML pages. Where `language` is None it is told by the letters of the main
    text. Raises InputError for what is no text file, has no text, has a suffix of something else, or is neither Chinese
    nor English.
    """
    document = _word(data, path, language or "en") or _text(data, path, language or "en", profile)
    if language is None:
        guessed = guess_language(document.text)
        if guessed is None:
            raise InputError(Message.of("formats.document.language-unknown"), path)
        document = replace(document, language=guessed)
    if both or all(block.language in (None, document.language) for block in document.blocks):
        return document
    from bitext.formats.documents.parts import without_foreign

    return without_foreign(document)


def is_packed(data: bytes, path: str) -> bool:
    """Whether `data` is no text but a word processor's file. Raises InputError for one of a kind that is not read."""
    if not data.startswith(_MAGIC) and PurePath(path).suffix.lower() not in _WORD_SUFFIXES:
        return False
    from bitext.formats.documents.docx.package import is_word, refuse_unreadable_word

    refuse_unreadable_word(data, path)
    return is_word(data)


def _word(data: bytes, path: str, language: Language) -> Document | None:
    if not is_packed(data, path):
        return None
    from bitext.formats.documents.docx.reader import parse

    return parse(data, path, language)


def _text(data: bytes, path: str, language: Language, profile: SiteProfile | None) -> Document:
    decoded = decode(data, path)
    kind = format_of(decoded.text, path)
    if kind == "html" and profile is not None:
        from bitext.formats.documents.html.reader import parse

        document = parse(decoded.text, path, language, profile)
    else:
        reader = cast("DocumentFormat", import_module(_MODULES[kind]))
        document = reader.parse(decoded.text, path, language)
    return replace(document, notes=(*decoded.notes, *document.notes))


def format_of(text: str, path: str) -> str:
    """The name of the format: that of the suffix, but a page saved as .txt or without a suffix is HTML."""
    suffix = PurePath(path).suffix.lower()
    found = _SUFFIXES.get(suffix)
    if found is None:
        if _HTML_START.match(text):
            return "html"
        from bitext.formats.bitexts.registry import is_bitext

        key = "units" if is_bitext(path) else "suffix"
        accepted = ", ".join(ACCEPTED_SUFFIXES)
        raise InputError(Message.of(f"formats.document.{key}", suffix=suffix, accepted=accepted), path)
    if found == "plain" and (_HTML_START.match(text) or _is_fragment(text)):
        return "html"
    return found


def _is_fragment(text: str) -> bool:
    head = text[:20_000]
    return head.lstrip().startswith("<") and len(_HTML_TAGS.findall(head)) >= 4

"""Word files made for the tests: from a scrap of WordprocessingML, packed as the standard says."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_PARTS = ("styles", "footnotes", "endnotes")


def part(root: str, inner: str) -> bytes:
    """A part of the main namespace whose outermost element is `root`."""
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {_NAMESPACES}>{inner}</w:{root}>'.encode()


def packed(parts: dict[str, bytes], method: int = ZIP_DEFLATED) -> bytes:
    """A zip archive of `parts`."""
    file = BytesIO()
    with ZipFile(file, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def relations(rows: dict[str, str]) -> bytes:
    """A part of relationships: what each target is for."""
    inner = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, (target, kind) in enumerate(rows.items())
    )
    return f'<Relationships xmlns="{_PACKAGE}">{inner}</Relationships>'.encode()


def word(body: str, styles: str = "", footnotes: str = "", endnotes: str = "") -> bytes:
    """A Word file with the given insides of its body, styles and notes."""
    parts = {
        "_rels/.rels": relations({"word/document.xml": "officeDocument"}),
        "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
        "word/_rels/document.xml.rels": relations({f"{name}.xml": name for name in _PARTS}),
        "word/styles.xml": part("styles", styles),
        "word/footnotes.xml": part("footnotes", footnotes),
        "word/endnotes.xml": part("endnotes", endnotes),
    }
    return packed(parts)

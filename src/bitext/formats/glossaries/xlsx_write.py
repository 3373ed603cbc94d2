"""Writes glossaries as Excel workbooks: one sheet, one term a row, every cell a text, the header kept in sight.

Written part by part rather than by a library, so that the same glossary gives the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from bitext.formats.glossaries.csv import rows
from bitext.formats.glossaries.reading import Written
from bitext.formats.glossaries.workbook import reference
from bitext.formats.xml_write import text as xml_text
from bitext.model.glossary import Glossary

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first moment that an archive can tell; a clock has no place in the output."""
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_WIDTHS = {"term": 40, "note": 40, "concept": 32, "definition": 40}

_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>'
)
_ROOT = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
_WORKBOOK = (
    f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
    '<sheets><sheet name="Glossary" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
_RELATIONS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
)
# Format 49 is text: a date or a number that is typed later stays as it was typed.
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}">'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
_ESCAPE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


def write(glossary: Glossary) -> Written:
    """The glossary as a workbook. Control characters are written as `_x0001_`, as ECMA-376 says."""
    buffer = BytesIO()
    parts = (
        ("[Content_Types].xml", _TYPES),
        ("_rels/.rels", _ROOT),
        ("xl/workbook.xml", _WORKBOOK),
        ("xl/_rels/workbook.xml.rels", _RELATIONS),
        ("xl/styles.xml", _STYLES),
        ("xl/worksheets/sheet1.xml", "".join(_sheet(glossary))),
    )
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, text in parts:
            info = ZipInfo(name, _EPOCH)
            info.compress_type = ZIP_DEFLATED
            info.create_system = 0
            archive.writestr(info, (_HEAD + text).encode("utf-8"))
    return Written(buffer.getvalue())


def _sheet(glossary: Glossary) -> Iterator[str]:
    table = list(rows(glossary))
    yield f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
    yield '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>'
    for index, name in enumerate(table[0], start=1):
        yield f'<col min="{index}" max="{index}" width="{_WIDTHS.get(name, 12)}" style="0" customWidth="1"/>'
    yield "</cols><sheetData>"
    for number, row in enumerate(table, start=1):
        yield f'<row r="{number}">'
        for column, text in enumerate(row, start=1):
            if text:
                style = ' s="1"' if number == 1 else ""
                yield f'<c r="{reference(number, column)}"{style} t="inlineStr"><is><t xml:space="preserve">'
                yield f"{xml_text(_ESCAPE.sub(_code, text))}</t></is></c>"
        yield "</row>"
    yield f'</sheetData><autoFilter ref="A1:{reference(len(table), len(table[0]))}"/></worksheet>'


def _code(match: re.Match[str]) -> str:
    return f"_x{ord(match[0]):04X}_"

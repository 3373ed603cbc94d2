"""The paragraphs of a part of a Word file in reading order, as they read once all tracked changes are accepted.

The text of a paragraph is what Word counts as its characters: a tab is one, so is a line break (U+000B, U+000C where
it also ends a page or a column). Left out are what was deleted or moved away, hidden text, the codes of fields,
readings over ruby text, formulas, comments, and placeholders that nobody filled in. A text box follows the paragraph
that it is anchored in, and is read once though files hold it twice for older programs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bitext.errors import InputError
from bitext.formats.documents.docx.events import MAX_DEPTH, Attributes, is_on
from bitext.formats.documents.docx.paragraphs import Cell, Paragraph, Run
from bitext.formats.documents.docx.styles import Styles
from bitext.formats.tables import word_set
from bitext.model.findings import Message

LIMIT = 3_000_000
"""Characters of text."""

LINE_BREAK, PAGE_BREAK = "\x0b", "\x0c"

_SKIPPED = word_set(
    """w:del w:moveFrom w:rt w:instrText w:delInstrText w:delText w:tabs w:sectPr w:fldData w:ffData w:binData
    w:pPrChange w:rPrChange w:sectPrChange w:tblPrChange w:trPrChange w:tcPrChange w:tblPrExChange w:numberingChange
    w:placeholder m:oMath m:oMathPara"""
)
"""Elements whose contents are no text of the document: what was there before a change, codes, and data."""

_MARKS_GONE = frozenset({"w:del", "w:moveFrom"})
_SEPARATORS = frozenset({"separator", "continuationSeparator", "continuationNotice"})
_NEWLINES = str.maketrans("\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029", " " * 10)


class Story:
    """Takes the events of a part; `paragraphs` are then those with text in order, `notes` the notes referred to."""

    def __init__(self, styles: Styles, path: str) -> None:
        self.styles = styles
        self.file = path
        self.paragraphs: list[Paragraph] = []
        self.notes: list[tuple[str, str]] = []
        self._path: list[str] = []
        self._skipped = 0
        self._open: list[Paragraph] = []
        self._runs: list[Run] = []
        self._cells: list[Cell | None] = []
        self._rows: list[bool] = []
        self._fields: list[bool] = []  # whether each open field is still at its code
        self._choices: list[bool] = []
        self._controls: list[bool] = []
        self._joined: Paragraph | None = None
        self._note = ""
        self._in_text = False
        self._keeps_space = False
        self._written: list[str] = []
        self._image = False
        self._size = 0

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins."""
        if self._skipped:
            self._skipped += 1
            return
        if name in _SKIPPED:
            self._marks_gone(name)
            self._skipped = 1
            return
        self._path.append(name)
        if (handler := _STARTS.get(name)) is not None:
            handler(self, attributes)

    def end(self, name: str) -> None:
        """An element ends."""
        if self._skipped:
            self._skipped -= 1
            return
        self._path.pop()
        if (handler := _ENDS.get(name)) is not None:
            handler(self)

    def text(self, data: str) -> None:
        """Character data."""
        if self._in_text and not self._skipped:
            self._written.append(data)

    def finish(self) -> None:
        """The part ends."""
        self._release()

    def skip(self) -> None:
        """The contents of the element that has just begun are left out."""
        self._path.pop()
        self._skipped = 1

    def _parent(self, depth: int = 2) -> str:
        return self._path[-depth] if len(self._path) >= depth else ""

    def _marks_gone(self, name: str) -> None:
        """What a deletion in the properties of a paragraph, a row or a cell says of the whole."""
        parent = self._parent(1)
        if name in _MARKS_GONE and parent == "w:rPr" and self._parent(2) == "w:pPr" and self._open:
            self._open[-1].joins = True
        elif name == "w:del" and parent == "w:trPr" and self._rows:
            self._rows[-1] = True

    # Paragraphs

    def _start_paragraph(self, _: Attributes) -> None:
        paragraph = Paragraph(cell=self._cells[-1] if self._cells else None, note=self._note)
        if not self._open and self._joined is not None:
            before, self._joined = self._joined, None
            paragraph.parts, paragraph.inner, paragraph.bold = before.parts, before.inner, before.bold
            paragraph.after_image, paragraph.filled = before.after_image, before.filled
            paragraph.image = before.image
        elif not self._open:
            paragraph.after_image = self._image
        self._open.append(paragraph)

    def _end_paragraph(self) -> None:
        paragraph = self._open.pop()
        # A field may go on in the next paragraph, its code does not: a broken field must not swallow the rest.
        self._fields = [False] * len(self._fields)
        if any(self._rows):
            return
        if self._open:
            self._open[0].inner += (paragraph, *paragraph.inner)
        elif paragraph.joins:
            self._joined = paragraph
        else:
            self._emit(paragraph)

    def _emit(self, paragraph: Paragraph) -> None:
        self._image = paragraph.image or (self._image and not paragraph.filled)
        for one in (paragraph, *paragraph.inner):
            if one.filled:
                self.paragraphs.append(one)
                if one.cell is not None:
                    one.cell.paragraphs += 1
                    one.cell.characters += sum(map(len, one.parts))

    def _release(self) -> None:
        """A paragraph that lost its mark has no paragraph after it to go on with."""
        if self._joined is not None and not self._open:
            paragraph, self._joined = self._joined, None
            self._emit(paragraph)

    def _style(self, attributes: Attributes) -> None:
        if self._open and self._parent() == "w:pPr":
            self._open[-1].style = attributes.get("w:val", "")

    def _level(self, attributes: Attributes) -> None:
        value = attributes.get("w:val", "")
        if self._open and value.isdecimal() and value.isascii():
            self._open[-1].level = int(value[:3])

    def _number(self, attributes: Attributes) -> None:
        if self._open:
            self._open[-1].numbered = attributes.get("w:val") != "0"

    def _justification(self, attributes: Attributes) -> None:
        if self._open and self._parent() == "w:pPr":
            self._open[-1].centred = attributes.get("w:val") == "center"

    # Runs

    def _start_run(self, _: Attributes) -> None:
        self._runs.append(Run())

    def _end_run(self) -> None:
        self._runs.pop()

    def _run_style(self, attributes: Attributes) -> None:
        if run := self._own_run():
            run.style = attributes.get("w:val", "")

    def _hidden(self, attributes: Attributes) -> None:
        if run := self._own_run():
            run.hidden = is_on(attributes.get("w:val", ""))

    def _bold(self, attributes: Attributes) -> None:
        if run := self._own_run():
            run.bold = is_on(attributes.get("w:val", ""))

    def _own_run(self) -> Run | None:
        """The run whose properties these are; the properties of a paragraph's mark are nobody's."""
        return self._runs[-1] if self._runs and self._parent(3) == "w:r" else None

    def _put(self, text: str) -> None:
        if not self._open or any(self._fields) or any(self._rows):
            return
        paragraph = self._open[-1]
        run = self._runs[-1] if self._runs else Run()
        whole = self.styles.of(paragraph.style)
        part = self.styles.of(run.style) if run.style else whole
        if _first(run.hidden, part.hidden, whole.hidden):
            return
        self._size += len(text)
        if self._size > LIMIT:
            message = Message.of("formats.document.too-long", size=self._size, limit=LIMIT, format="Word")
            raise InputError(message, self.file)
        if not text.isspace():
            paragraph.filled, paragraph.image = True, False
            paragraph.bold = paragraph.bold and _first(run.bold, part.bold, whole.bold)
        paragraph.parts.append(text)

    def _start_text(self, attributes: Attributes) -> None:
        self._in_text = True
        self._keeps_space = attributes.get("xml:space") == "preserve"

    def _end_text(self) -> None:
        self._in_text = False
        text = "".join(self._written).translate(_NEWLINES)
        self._written = []
        if text := text if self._keeps_space else text.strip():
            self._put(text)

    def _tab(self, _: Attributes) -> None:
        self._put("\t")

    def _hyphen(self, _: Attributes) -> None:
        self._put("-")

    def _break(self, attributes: Attributes) -> None:
        self._put(PAGE_BREAK if attributes.get("w:type") in ("page", "column") else LINE_BREAK)

    def _picture(self, _: Attributes) -> None:
        for paragraph in self._open[:1]:
            paragraph.after_image = paragraph.after_image or not paragraph.filled
            paragraph.image = True

    # Fields, tables, notes, choices

    def _field(self, attributes: Attributes) -> None:
        kind = attributes.get("w:fldCharType")
        if kind == "begin":
            if len(self._fields) >= MAX_DEPTH:
                raise InputError(Message.of("documents.docx.too-deep", limit=MAX_DEPTH), self.file)
            self._fields.append(True)
        elif kind == "separate" and self._fields:
            self._fields[-1] = False
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _start_table(self, _: Attributes) -> None:
        self._release()

    def _start_row(self, _: Attributes) -> None:
        self._rows.append(False)

    def _end_row(self) -> None:
        self._rows.pop()

    def _start_cell(self, _: Attributes) -> None:
        self._cells.append(Cell())

    def _end_cell(self) -> None:
        self._release()
        self._cells.pop()

    def _start_box(self, _: Attributes) -> None:
        self._cells.append(None)

    def _end_box(self) -> None:
        self._cells.pop()

    def _reference(self, kind: str, attributes: Attributes) -> None:
        if not any(self._rows) and len(self.notes) < LIMIT:
            self.notes.append((kind, attributes.get("w:id", "")))

    def _start_note(self, attributes: Attributes) -> None:
        if attributes.get("w:type") in _SEPARATORS:
            self.skip()
        else:
            self._note = attributes.get("w:id", "")

    def _start_alternatives(self, _: Attributes) -> None:
        self._choices.append(False)

    def _end_alternatives(self) -> None:
        self._choices.pop()

    def _choice(self, _: Attributes) -> None:
        if self._choices and self._choices[-1]:
            self.skip()
        elif self._choices:
            self._choices[-1] = True

    def _start_control(self, _: Attributes) -> None:
        self._controls.append(False)

    def _end_control(self) -> None:
        self._controls.pop()

    def _placeholder(self, attributes: Attributes) -> None:
        if self._controls:
            self._controls[-1] = is_on(attributes.get("w:val", ""))

    def _gallery(self, attributes: Attributes) -> None:
        if self._controls and attributes.get("w:val") == "Table of Contents":
            self._controls[-1] = True

    def _control_content(self, _: Attributes) -> None:
        if self._controls and self._controls[-1]:
            self.skip()


def _first(*values: bool | None) -> bool:
    return next((value for value in values if value is not None), False)


_STARTS: Mapping[str, Callable[[Story, Attributes], None]] = {
    "w:p": Story._start_paragraph,
    "w:pStyle": Story._style,
    "w:outlineLvl": Story._level,
    "w:numId": Story._number,
    "w:jc": Story._justification,
    "w:r": Story._start_run,
    "w:rStyle": Story._run_style,
    "w:vanish": Story._hidden,
    "w:b": Story._bold,
    "w:t": Story._start_text,
    "w:tab": Story._tab,
    "w:ptab": Story._tab,
    "w:noBreakHyphen": Story._hyphen,
    "w:br": Story._break,
    "w:cr": Story._break,
    "pic:pic": Story._picture,
    "v:imagedata": Story._picture,
    "w:fldChar": Story._field,
    "w:tbl": Story._start_table,
    "w:tr": Story._start_row,
    "w:tc": Story._start_cell,
    "w:txbxContent": Story._start_box,
    "w:footnoteReference": lambda story, attributes: story._reference("footnotes", attributes),
    "w:endnoteReference": lambda story, attributes: story._reference("endnotes", attributes),
    "w:footnote": Story._start_note,
    "w:endnote": Story._start_note,
    "mc:AlternateContent": Story._start_alternatives,
    "mc:Choice": Story._choice,
    "mc:Fallback": Story._choice,
    "w:sdt": Story._start_control,
    "w:showingPlcHdr": Story._placeholder,
    "w:docPartGallery": Story._gallery,
    "w:sdtContent": Story._control_content,
}
_ENDS: Mapping[str, Callable[[Story], None]] = {
    "w:p": Story._end_paragraph,
    "w:r": Story._end_run,
    "w:t": Story._end_text,
    "w:tr": Story._end_row,
    "w:tc": Story._end_cell,
    "w:txbxContent": Story._end_box,
    "mc:AlternateContent": Story._end_alternatives,
    "w:sdt": Story._end_control,
}

"""Inputs to begin with: small files that our own writers make, the texts of the tests' cases, and foreign files."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

from scripts.fuzz_mutations import packed
from scripts.fuzz_readers import PAIR_MARK

from bitext.model.documents import Span
from bitext.model.findings import Failure, Finding, Mark, Message, Outcome, Recorded, Severity
from bitext.model.glossary import Concept, Glossary, Term, TermKind, TermStatus
from bitext.model.memory import Code, Content, Entry, Header, TranslationMemory

ROOT = Path(__file__).resolve().parents[1]
CASES = ROOT / "tests" / "cases" / "formats"
FOREIGN = ROOT.parent / "shared" / "data"
_LARGEST = 16_000
_MOST_FOREIGN = 30

_CASE_FILES = {
    "html": ("html", "small-pages"),
    "markdown": ("markdown",),
    "mdx": ("markdown",),
    "plain": ("plain", "newslines"),
    "interleaved": ("interleaved",),
    "tmx": ("xml",),
    "xliff": ("xml",),
    "glossary-csv": ("sheets", "glossaries"),
    "glossary-tsv": ("sheets",),
}
_FOREIGN: dict[str, tuple[str, ...]] = {
    "tmx": ("formats/**/*.tmx",),
    "xliff": ("formats/**/*.xlf", "formats/**/*.xliff"),
    "xliff2": ("formats/okapi/**/*.xlf", "formats/**/filters4-xliff2/*.xlf", "formats/**/*.xliff"),
    "sdlxliff": ("formats/**/*.sdlxliff",),
    "mqxliff": ("formats/**/*.mqxliff", "formats/okapi/xliff/*.xlf"),
    "tbx": ("formats/**/*.tbx",),
    "html": ("html/clreq/**/*.html", "html/readability/**/*.html", "html/newspaper4k/**/*.html"),
    "utx": ("formats/**/*.utx",),
    "glossary-tsv": ("formats/**/*.tab", "formats/omegat/glossaries/*.txt"),
    "glossary-csv": ("formats/**/*.csv",),
}

MEMORY = TranslationMemory(
    Header("zh-CN", "en-US", original="news.html", notes=("a note",), properties=(("tool", "x"),)),
    (
        Entry(
            "1", Content("校长刘锦出席。"), Content("President Liu Jin attended."), "translated", ("checked",), (), 0.9
        ),
        Entry(
            "b-2",
            Content(
                "见附件𠮷",
                (Code(0, "open", "1", "<b>", "bold"), Code(1, "close", "1", "</b>"), Code(2, "alone", "2", "<br/>")),
            ),
            Content("See\nthe é annex", (Code(0, "open", "1", "<b>", "bold"), Code(3, "close", "1", "</b>"))),
            properties=(("domain", "news"),),
        ),
        Entry("3", Content("没有译文。"), None),
        Entry("4", None, Content("Added & <new>.")),
    ),
)
GLOSSARY = Glossary(
    (
        Concept(
            "ascend-class",
            (
                Term("腾飞班", "zh"),
                Term("Ascend Class", "en", note="since 2020", valid_from="2020-09", source="Office"),
                Term("Tengfei Class", "en", TermStatus.DEPRECATED),
            ),
            "education",
            definition="a class",
            note="a | b; c",
        ),
        Concept("szu", (Term("深大", "zh", kind=TermKind.SHORT), Term("SZU", "en", kind=TermKind.ACRONYM))),
    )
)
_MARK = Mark("source", Span(3, 5), "腾讯")
_OUTCOMES = (
    Outcome(None, (Finding("x", Message.of("key", n=1), Severity.ERROR, unit=3, source=_MARK),)),
    Outcome(None, failure=Failure(("a.md", "b.md"), Message.of("key", text="t"), "a.md", 3, 1, ("3 | x",))),
)
_MQXLIFF = """<?xml version="1.0" encoding="UTF-8"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2" xmlns:mq="MQXliff">
<file original="a.docx" source-language="zh-cn" target-language="en-us" datatype="x"><body>
<trans-unit id="1" mq:status="ManuallyConfirmed" mq:percent="101">
<source xml:space="preserve">校长<bpt id="1">&lt;b></bpt>刘锦<ept id="1">&lt;/b></ept></source>
<target xml:space="preserve">President <bpt id="1">&lt;b></bpt>Liu Jin<ept id="1">&lt;/b></ept></target>
<mq:comments/></trans-unit>
<trans-unit id="2" mq:locked="locked"><source>二<ph id="2">&lt;br/></ph></source><target/></trans-unit>
</body></file></xliff>
"""
_SDLXLIFF = """<?xml version="1.0" encoding="utf-8"?>
<xliff xmlns:sdl="http://sdl.com/FileTypes/SdlXliff/1.0" xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2">
<doc-info xmlns="http://sdl.com/FileTypes/SdlXliff/1.0"><cmt-defs><cmt-def id="c1">
<Comments><Comment severity="Low">note</Comment></Comments></cmt-def></cmt-defs></doc-info>
<file original="a.docx" datatype="x" source-language="zh-CN" target-language="en-US"><body>
<trans-unit id="u1"><source>一。二</source><seg-source><mrk mtype="seg" mid="1">一。<g id="5">甲</g></mrk>
<mrk mtype="seg" mid="2"><mrk mtype="x-sdl-deleted" sdl:revid="r">乙</mrk>二<x id="6"/></mrk></seg-source>
<target><mrk mtype="seg" mid="1">One. <g id="5">A</g></mrk>
<mrk mtype="seg" mid="2"><mrk mtype="x-sdl-comment" sdl:cid="c1">Two</mrk><x id="6"/></mrk></target>
<sdl:seg-defs><sdl:seg id="1" conf="Translated" percent="90"/><sdl:seg id="2" locked="true"/></sdl:seg-defs>
</trans-unit></body></file></xliff>
"""
_SETTINGS = """pairs = "content/{language}/**/*.md"
exclude = ["_index.md"]
severity = { "term-missing" = "warning" }
fail-on = "warning"
max-findings = 10
[[overrides]]
paths = ["news/**"]
ignore = ["number-mismatch"]
[[pairs]]
zh = "a/**/*.md"
en = "b/**/*.md"
scope = "x"
[sites.news]
main = "div#content"
"""
_TEXTS: dict[str, tuple[str, ...]] = {
    "alignment": (
        "[0]:[0]\n[1, 2]:[1]:0.3\n[]:[2]\n",
        '{"format": "bitext-alignment", "version": 1}\n{"source": ["一", "二"], "target": ["One."]}\n',
    ),
    "waivers": (
        "rule,concept,text,page,reason,author,expires\nterm-missing,szu,深大,news/*.html,agreed,Li,2030-01-01\n",
    ),
    "settings": (_SETTINGS, '[tool.bitext]\nselect = ["default"]\n'),
    "mqxliff": (_MQXLIFF,),
    "sdlxliff": (_SDLXLIFF,),
    "markdown": (
        "---\ntitle: 甲\ndate: 2022-05-13\n---\n# 标题\n\n段落 **粗** [链](a.md) ![图](b.png)\n\n",
        "| a | b |\n|---|---|\n| c | d |\n",
    ),
    "mdx": ("import x from 'y'\n\n# 标题\n\n<Tabs\n a={1}\n b=\"c\"\n/>\n{/* d */}\n\n:::note[甲]\n\n乙\n\n:::\n",),
    "plain": ("标题\n\n来源：宣传部 2022-05-13\n\n第一段。第二句。\n• 甲\n• 乙\n",),
    "interleaved": (
        "# 中文 / English\n\n学校举行开班仪式。\n\nThe school held a ceremony.\n\n校长出席。The president attended.\n",
    ),
}
_WORD_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_PARAGRAPH = re.compile(r"\bP\(([^()]*)\)")
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def seeds(name: str) -> tuple[bytes, ...]:
    """The seeds of the reader `name`, none empty, each once, in one order always."""
    found = (*_made(name), *(text.encode() for text in _TEXTS.get(name, ())), *_cases(name), *_foreign(name))
    return tuple(dict.fromkeys(seed for seed in found if seed))


def _made(name: str) -> Iterator[bytes]:
    """What our writers make of the values above."""
    from bitext.formats import baseline_files
    from bitext.formats.bitexts import moses
    from bitext.formats.bitexts.registry import KINDS, module_of
    from bitext.formats.glossaries import registry
    from bitext.formats.glossaries.tbx_words import DIALECTS
    from bitext.project import codec

    if name in KINDS and KINDS[name].writable and KINDS[name].files == 1:
        yield b"".join(module_of(KINDS[name]).write(MEMORY))
    if name == "moses":
        pairs = list(moses.write_pair(MEMORY))
        yield b"".join(one for one, _ in pairs) + PAIR_MARK + b"".join(other for _, other in pairs)
    if name == "tbx":
        yield from (registry.write(GLOSSARY, "a.tbx", dialect).data for dialect in DIALECTS)
    if name in ("utx", "xlsx", "glossary-csv", "glossary-tsv"):
        yield registry.write(GLOSSARY, f"a.{name.removeprefix('glossary-')}").data
    if name == "baseline":
        yield baseline_files.dumps([Recorded(("a.zh.md", "a.en.md"), "x", "c", ("腾讯", "Tencent"), "f0")])
    if name == "codec":
        yield from map(codec.encode, _OUTCOMES)
    if name == "docx":
        yield from _word()
    if name == "xlsx":
        yield from _sheets()
    if name == "html":
        yield (CASES / "golden" / "news.zh.html").read_bytes()


def _word() -> Iterator[bytes]:
    """Word files: that of the golden outputs' text, and the bodies of the cases."""
    rows = tomllib.loads((CASES / "docx.toml").read_text("utf-8"))["case"]
    bodies = ["<w:p><w:r><w:t>深信院 signed.</w:t></w:r></w:p>"]
    bodies += [_PARAGRAPH.sub(r"<w:p><w:r><w:t>\1</w:t></w:r></w:p>", str(row["body"])) for row in rows]
    relation = '<Relationship Id="r{0}" Type="{1}/{2}" Target="{3}"/>'
    root = relation.format(1, _OFFICE, "officeDocument", "word/document.xml")
    names = ("styles", "footnotes")
    more = "".join(relation.format(n, _OFFICE, name, f"{name}.xml") for n, name in enumerate(names))
    package = f'<Relationships xmlns="{_PACKAGE}">{{}}</Relationships>'
    style = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="H"><w:name w:val="heading 1"/><w:aliases w:val="标题 1"/>'
        '<w:basedOn w:val="H"/><w:pPr><w:outlineLvl w:val="0"/><w:jc w:val="center"/><w:numPr><w:numId w:val="1"/>'
        '</w:numPr></w:pPr><w:rPr><w:b/><w:vanish w:val="0"/></w:rPr></w:style>'
    )
    note = '<w:footnote w:id="2"><w:p><w:r><w:t>注。</w:t></w:r></w:p></w:footnote>'
    for body in bodies:
        yield packed(
            [
                ("_rels/.rels", package.format(root).encode()),
                ("word/document.xml", _part("document", f"<w:body>{body}</w:body>")),
                ("word/_rels/document.xml.rels", package.format(more).encode()),
                ("word/styles.xml", _part("styles", style)),
                ("word/footnotes.xml", _part("footnotes", note)),
            ]
        )


def _sheets() -> Iterator[bytes]:
    """Workbooks with all kinds of cells: shared and rich strings, dates, formulas, merged and hidden ones."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relation = f'<Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    words = ("中文", "英文", "备注", "腾飞班", "Ascend Class", "a_x000D_b")
    strings = "".join(f"<si><t>{word}</t></si>" for word in words)
    strings += '<si><r><t>S</t></r><r><t xml:space="preserve">ZU </t></r><rPh sb="0" eb="1"><t>x</t></rPh></si>'
    head = "".join(f'<c r="{place}" t="s"><v>{index}</v></c>' for index, place in enumerate(("A1", "B1", "C1")))
    row = '<c r="A2" t="s"><v>3</v></c><c r="B2" t="s"><v>4</v></c><c r="C2" s="1"><v>44000</v></c>'
    more = '<c t="inlineStr"><is><t>深大</t></is></c><c t="s"><v>6</v></c><c t="str"><f>1+1</f><v>2</v></c>'
    rows = f'<row r="1">{head}</row><row r="2" hidden="1">{row}</row><row>{more}</row><row><c t="e"/><c t="b"/></row>'
    merged = '<mergeCells count="1"><mergeCell ref="A2:A3"/></mergeCells>'
    formats = '<numFmt numFmtId="170" formatCode="yyyy"/><cellXfs><xf/><xf numFmtId="170"/></cellXfs>'
    book = '<workbookPr date1904="1"/><sheets><sheet name="a" r:id="r1"/><sheet name="b" state="hidden"/></sheets>'
    parts = {
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{_OFFICE}">{book}</workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}">{relation}</Relationships>',
        "xl/sharedStrings.xml": f'<sst xmlns="{main}">{strings}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{main}">{formats}</styleSheet>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData>{merged}</worksheet>',
    }
    yield packed([(name, part.encode()) for name, part in parts.items()])


def _part(root: str, inner: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {_WORD_NAMESPACES}>{inner}</w:{root}>'.encode()


def _cases(name: str) -> Iterator[bytes]:
    for file in _CASE_FILES.get(name, ()):
        for row in tomllib.loads((CASES / f"{file}.toml").read_text("utf-8")).get("case", []):
            source = row.get("source") or row.get("text") or row.get("html")
            if isinstance(source, str):
                yield source.encode()


def _foreign(name: str) -> Sequence[bytes]:
    """Files of other people's programs, where they lie beside the checkout: the small ones, evenly chosen."""
    paths = sorted({path for pattern in _FOREIGN.get(name, ()) for path in FOREIGN.glob(pattern)})
    small = [path for path in paths if path.is_file() and path.stat().st_size <= _LARGEST]
    step = max(len(small) // _MOST_FOREIGN, 1)
    return [path.read_bytes() for path in small[::step]]

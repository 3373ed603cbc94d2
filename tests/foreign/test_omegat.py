"""OmegaT reads what we write, and we read what it writes. Its ways are heeded: by its manual it takes XLIFF "of the
source=target variety"; it names codes by the first letter of their type, and composes letters with their accents."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

from tests.foreign.omegat import omegat, project

from bitext.formats.bitexts import jsonl, tmx, xliff
from bitext.formats.glossaries import registry
from bitext.model.glossary import Concept, Glossary, Term, TermStatus
from bitext.model.memory import Code, Content, Entry, Header, TranslationMemory

ROOT = Path(__file__).parents[2]
PLAIN = (
    ("深信院与腾讯签约。", "SZIIT signed with Tencent."),
    ("A < B & “甲”", "A < B & “a”"),
    ("𠀀与😀", "\U00020000 and \U0001f600"),
    ("q\u0301 与 é", "q\u0301 and é"),
    ("<b>不是标签</b>", "<b>no tag</b>"),
    ("{0} 与 %s", "{0} and %s"),
    ("&amp; &lt;", "&amp;amp; and &lt;"),
    ("]]>与", "]]> and"),
    ("甲\t乙  丙", "a\tb  c"),
)
BOLD = (Code(1, "open", "1", "<b>", "bold"), Code(3, "close", "1", "</b>"))
CODED = (
    (
        Content("与腾讯签约", BOLD),
        Content("signed with Tencent", tuple(replace(c, offset=n) for c, n in zip(BOLD, (12, 19), strict=True))),
    ),
    (
        Content(
            "甲和乙",
            (
                Code(0, "open", "1", "<i>", "italic"),
                Code(1, "close", "1", "</i>"),
                Code(2, "open", "2", "<b>", "bold"),
                Code(3, "close", "2", "</b>"),
            ),
        ),
        Content(
            "B and A",
            (
                Code(0, "open", "2", "<b>", "bold"),
                Code(1, "close", "2", "</b>"),
                Code(6, "open", "1", "<i>", "italic"),
                Code(7, "close", "1", "</i>"),
            ),
        ),
    ),
    (
        Content("半截粗", (Code(2, "open", "9", "<b>", "bold"),)),
        Content("half bold", (Code(5, "open", "9", "<b>", "bold"),)),
    ),
)
ROWS = (*((Content(source), Content(target)) for source, target in PLAIN), *CODED)
MEMORY = TranslationMemory(
    Header("zh-CN", "en-US", original="news.html"),
    tuple(Entry(f"u{number}", source, target) for number, (source, target) in enumerate(ROWS)),
)
UNTRANSLATED = replace(
    MEMORY, entries=tuple(replace(entry, target=entry.source, state="needs-translation") for entry in MEMORY.entries)
)
PAGE = "<html><head><title>x</title></head><body><p>与<b>腾讯</b>签约</p><p>深信院与腾讯签约。</p></body></html>"


def written(memory: TranslationMemory) -> bytes:
    return b"".join(tmx.write(memory))


def texts(memory: TranslationMemory) -> set[tuple[str, str]]:
    return {(entry.source.text, entry.target.text) for entry in memory.entries if entry.source and entry.target}


def read_tmx(path: Path) -> TranslationMemory:
    memory = tmx.read(io.BytesIO(path.read_bytes()), path.name)
    return replace(memory, entries=tuple(memory.entries))


def translated(folder: Path) -> list[Entry]:
    """The units of the XLIFF file that OmegaT translated."""
    return list(xliff.read(io.BytesIO((folder / "target" / "news.xlf").read_bytes()), "news.xlf").entries)


def test_omegat_translates_by_our_memory_and_we_read_the_memories_that_it_leaves(tmp_path: Path) -> None:
    program = omegat()
    source = {"source/news.xlf": b"".join(xliff.write(UNTRANSLATED)), "source/page.html": PAGE.encode()}
    folder = project(tmp_path / "ours", {**source, "omegat/project_save.tmx": written(MEMORY)})
    program.run(folder, "console-translate")
    assert [(row.id, row.source, row.target) for row in translated(folder)] == [
        (row.id, row.source, row.target) for row in MEMORY.entries
    ]
    page = (folder / "target" / "page.html").read_text("utf-8")
    assert "<p>signed with <b>Tencent</b></p><p>SZIIT signed with Tencent.</p>" in page

    # The memories that it leaves are read; one of them, read and written by us, translates the same files again.
    level2 = read_tmx(folder / "ours-level2.tmx")
    assert texts(level2) == texts(MEMORY)
    assert texts(read_tmx(folder / "ours-level1.tmx")) >= set(PLAIN) - {PLAIN[4]}
    assert texts(read_tmx(folder / "ours-omegat.tmx")) >= set(PLAIN)
    again = project(tmp_path / "again", {**source, "omegat/project_save.tmx": written(level2)})
    program.run(again, "console-translate")
    assert [row.target for row in translated(again)] == [row.target for row in translated(folder)]


def test_omegat_reads_every_segment_of_our_xliff_and_fills_it_from_our_memory(tmp_path: Path) -> None:
    program = omegat()
    plain = tuple(row for row in UNTRANSLATED.entries if row.source and not row.source.codes)
    folder = project(
        tmp_path / "ours",
        {
            "source/news.xlf": b"".join(xliff.write(UNTRANSLATED)),
            "tm/auto/memory.tmx": written(MEMORY),
        },
    )
    seen = tmp_path / "seen.tmx"
    program.run(
        folder, "console-createpseudotranslatetmx", f"--pseudotranslatetmx={seen}", "--pseudotranslatetype=equal"
    )
    coded = {"与<b0>腾讯</b0>签约", "<i0>甲</i0>和<b1>乙</b1>", "半截<b0>粗"}
    assert {source for source, _ in texts(read_tmx(seen))} == {source for source, _ in PLAIN} | coded

    # A published page, and the memory of its alignment.
    item = ROOT / "aligned" / "2021-07-02-skills-competition-prize"
    (folder / "source" / "zh.html").write_bytes((item / "zh.html").read_bytes())
    with (item / "alignment.jsonl").open("rb") as stream:
        (folder / "tm" / "auto" / "item.tmx").write_bytes(written(jsonl.read(stream, "alignment.jsonl")))
    program.run(folder, "console-translate")
    page = (folder / "target" / "zh.html").read_text("utf-8")
    assert "SZIIT students win first prize in National Vocational Students Skills Competition" in page

    # Memories in tm/ are read without their codes unless the user's settings say otherwise.
    found = {row.id: row.target for row in translated(folder)}
    assert [found[row.id] for row in plain] == [Content(target) for _, target in PLAIN]


def test_omegat_reads_the_terms_of_our_glossaries(tmp_path: Path) -> None:
    program = omegat()
    pairs = [("腾飞班 & 甲", "Ascend Class <A>"), ("校长", "President"), ("𠀀", "q\u0301")]
    deprecated = Term("Tengfei Class", "en", TermStatus.DEPRECATED)
    concepts = [Concept(f"c{number}", (Term(zh, "zh"), Term(en, "en"))) for number, (zh, en) in enumerate(pairs)]
    concepts[0] = replace(concepts[0], terms=(*concepts[0].terms, deprecated))
    glossary = Glossary(tuple(concepts))
    wanted = {*pairs, (pairs[0][0], deprecated.text)}
    files = {"default.tbx": "2008-default", "basic.tbx": "2008", "utx.txt": None}
    folder = project(tmp_path / "ours", {})
    for name, dialect in files.items():
        suffix = "utx" if dialect is None else "tbx"
        (folder / "glossary" / name).write_bytes(registry.write(glossary, f"g.{suffix}", dialect).data)
    found = program.terms(folder, *(folder / "glossary" / name for name in files))
    for name in files:
        assert {(source, target) for file, source, target in found if file == name} == wanted

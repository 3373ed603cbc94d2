"""The names of those who wrote a text, at the end of its last paragraph."""

import pytest
from tests.formats.test_docx import expanded
from tests.formats.word import word

from bitext.formats.detect import read_document
from bitext.model.documents import Document

SIGNED = (
    ("双方签署了协议。", "（记者 张三 通讯员 李四）"),
    ("双方签署了“协议”。", "（图/文 王小明）"),
    ("双方&签署了协议！ ", "【责任编辑：严玉洁】"),
    ("The two sides signed an agreement. ", "(By Zhang San)"),
    ("The two sides signed an agreement. ", "(Text by Li Si; photos by Wang Wu)"),
)
OTHERS = (
    "双方签署了协议（以下简称协议）",
    "双方签署了协议。（这是第一份协议）",
    "The two sides signed. (It is the first one.)",
    "协议全文（记者 张三）",
    "（记者 张三）",
)
PATHS = ("a.html", "a.md", "a.txt", "a.docx")


def read(text: str, path: str) -> Document:
    escaped = text.replace("&", "&amp;")
    data = {
        "a.html": f"<p>Before.</p><p>{escaped}</p>".encode(),
        "a.md": f"Before.\n\n{escaped}\n".encode(),
        "a.txt": f"Before.\n\n{text}\n".encode(),
        "a.docx": word(expanded("P(Before.)") + f'<w:p><w:r><w:t xml:space="preserve">{escaped}</w:t></w:r></w:p>'),
    }
    return read_document(data[path], path, "zh")


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(("text", "signature"), SIGNED)
def test_a_signature_is_a_block_of_its_own_and_stands_where_it_stood(text: str, signature: str, path: str) -> None:
    document = read(text + signature, path)
    rows = [(block.kind.value, document.slice(block.span)) for block in document.blocks]
    assert rows[-2:] == [("paragraph", text.strip()), ("metadata", signature)]
    first, last = (document.position(block.span.start) for block in document.blocks[-2:])
    written = text if path in ("a.txt", "a.docx") else text.replace("&", "&amp;")
    assert (last.line, last.column) == (first.line, first.column + len(written))


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("text", OTHERS)
def test_other_words_in_brackets_stay(text: str, path: str) -> None:
    assert len(read(text, path).blocks) == 2

"""Laws of the XML parser: it sees what an independent parser sees, knows every place, and comes to no harm."""

from __future__ import annotations

import io
import tomllib
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.growth import assert_near_linear

from bitext.errors import InputError
from bitext.formats import xml_source
from bitext.formats.bitexts import tmx, xliff
from bitext.formats.xml import XML_NAMESPACE, Element, Event, Limits, Start, Text, XmlReader, parse

FEW = settings(max_examples=30, deadline=None)
CASES = tomllib.loads(Path("tests/cases/formats/xml.toml").read_text(encoding="utf-8"))["case"]
SIZE = 100_000

PIECES = (
    "中文",
    "𠀀",
    "e\u0301",
    "a b",
    "\n",
    "\t",
    "&amp;",
    "&#x4E2D;",
    "&#20013;",
    "&lt;",
    "<!-- c\n -->",
    "<?p i?>",
)
ATTRIBUTES = ("", ' a="1"', ' a=\'&lt;"\' b="中&#10;文"', ' xml:lang="zh"', ' x:b="2"')


@st.composite
def elements(draw: st.DrawFn, depth: int = 3) -> str:
    """An element of any shape with the namespace prefix x declared outside."""
    name = draw(st.sampled_from(["a", "b", "x:c", "中"]))
    attributes = draw(st.sampled_from(ATTRIBUTES))
    parts = st.sampled_from((*PIECES, "<![CDATA[<&]] >\n]]>"))
    child = parts if depth == 0 else parts | elements(depth=depth - 1)
    inner = "".join(draw(st.lists(child, max_size=4)))
    return f"<{name}{attributes}>{inner}</{name}>" if inner or draw(st.booleans()) else f"<{name}{attributes}/>"


@st.composite
def files(draw: st.DrawFn) -> str:
    head = draw(st.sampled_from(["", '<?xml version="1.0"?>\n', '<!DOCTYPE r SYSTEM "none.dtd">\n', "<!-- é -->\n"]))
    source = f'{head}<r xmlns="u:d" xmlns:x="u:x">{draw(elements())}{draw(elements())}</r>\n'
    return source.replace("\n", draw(st.sampled_from(["\n", "\r\n", "\r"])))


def shape(element: Element) -> object:
    """`element` without places, neighbouring texts joined."""
    parts: list[object] = []
    for child in element.children:
        if isinstance(child, Element):
            parts.append(shape(child))
        elif parts and isinstance(parts[-1], str):
            parts[-1] += child.text
        elif child.text:
            parts.append(child.text)
    return element.namespace, element.name, element.attributes, parts


def oracle(node: etree._Element) -> object:
    def add(raw: str | None) -> None:
        if raw and parts and isinstance(parts[-1], str):
            parts[-1] += raw
        elif raw:
            parts.append(raw)

    parts: list[object] = []
    add(node.text)
    for child in node:
        if isinstance(child.tag, str):
            parts.append(oracle(child))
        add(child.tail)
    name = etree.QName(node)
    attributes = tuple((str(key).replace(f"{{{XML_NAMESPACE}}}", "xml:"), str(told)) for key, told in node.items())
    return name.namespace or "", name.localname, attributes, parts


@FEW
@given(files())
def test_the_tree_is_the_one_that_lxml_sees(source: str) -> None:
    seen = etree.fromstring(source.encode(), etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True))
    assert shape(parse(source.encode(), "a").root) == oracle(seen)


@FEW
@given(files())
def test_texts_and_elements_stand_where_they_say(source: str) -> None:
    tree = parse(source.encode(), "a")
    assert tree.text == source
    for text in tree.root.texts():
        raw = source[text.offset : text.offset + text.length]
        if len(text.text) == text.length:
            assert raw.replace("\r", "\n") == text.text
        else:
            assert raw == "\r\n" or raw.startswith("&")
    for element in tree.root.walk():
        start = element.start
        assert source[start] == "<"
        assert source[element.end - 1] == ">"
        assert start < element.inner_start <= element.inner_end <= element.end
        lines = source[:start].replace("\r\n", "\n").replace("\r", "\n").split("\n")
        assert (element.line, element.column) == (len(lines), len(lines[-1]) + 1)


@FEW
@given(files(), st.integers(1, 40), st.booleans())
def test_events_do_not_depend_on_how_a_file_is_cut(source: str, size: int, places: bool) -> None:
    def events() -> list[object]:
        return _flat(list(XmlReader(io.BytesIO(), "a", whole=("a",), places=places, text=source)))

    wanted, usual = events(), xml_source.CHUNK
    try:
        xml_source.CHUNK = size
        found = events()
    finally:
        xml_source.CHUNK = usual
    assert found == wanted


def _flat(events: list[Event]) -> list[object]:
    """`events` with texts joined, which a cut may part."""
    flat: list[object] = []
    for event in events:
        if isinstance(event, Text) and flat and isinstance(flat[-1], str):
            flat[-1] += event.text
        else:
            flat.append(
                event.text if isinstance(event, Text) else shape(event) if isinstance(event, Element) else event
            )
    return flat


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "big5", "iso-8859-1", "koi8-r"])
@pytest.mark.parametrize("size", [300, xml_source.HEAD + 1_000])
def test_a_file_is_read_as_it_declares(encoding: str, size: int) -> None:
    text = {"iso-8859-1": "café", "koi8-r": "текст"}.get(encoding, "中文，“字”")
    declared = "" if encoding.startswith("utf") else f' encoding="{encoding}"'
    text *= 100
    source = f'<?xml version="1.0"{declared}?>\r\n<a>' + f"<b>{text}</b>\r\n" * (size // 300) + "</a>"
    reader = XmlReader(io.BytesIO(source.encode(encoding)), "a", whole=("b",))
    found = [event.text for event in reader if isinstance(event, Element)]
    assert found == [text] * (size // 300)


def consume(name: str, data: bytes, places: bool) -> None:
    """Read `data` to its end."""
    read = {"tmx": tmx.read, "xliff": xliff.read}.get(name)
    rows = read(io.BytesIO(data), "a.xml", places=places).entries if read else None
    list(XmlReader(io.BytesIO(data), "a.xml", whole=None, places=places) if rows is None else rows)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_broken_file_is_refused_at_its_place(case: dict[str, object]) -> None:
    data = str(case["source"]).encode(str(case.get("encoding", "utf-8")), errors="surrogateescape")
    for places in (True, False):
        with pytest.raises(InputError) as error:
            consume(str(case.get("format")), data, places)
        found = error.value
        assert found.message.key == case["key"]
        assert [found.path, found.line, found.column] == ["a.xml", *case["place"]]  # type: ignore[misc]
        assert str(case.get("shown", "")) in found.render("en")
        assert found.render("zh")


REPEATED = {
    "elements": "<b>",
    "empty elements": "<b/>",
    "attributes": ' a="1"',
    "unclosed tags": "<b ",
    "comments": "<!-- -->",
    "an unclosed comment": "<!-- ",
    "references": "&amp;",
    "a large attribute": "x",
    "cdata": "<![CDATA[x]]>",
    "unclosed cdata": "<![CDATA[",
    "line ends": "\r\n",
    "namespaces": '<b xmlns:a="a" xmlns="b"/>',
    "instructions": "<?a b?>",
    "unclosed instructions": "<?a ",
    "declarations": "<!ENTITY a 'b'>",
}
BEGINNINGS = ("<a>", "<a ", '<a b="', "<!DOCTYPE a [", "<tmx><body><tu><tuv lang='zh'><seg>", "<xliff><file ")


@pytest.mark.parametrize("repeated", REPEATED)
@pytest.mark.parametrize("places", [True, False])
def test_a_file_of_one_thing_repeated_is_read_or_refused_soon(repeated: str, places: bool) -> None:
    def read(size: int) -> None:
        for beginning in BEGINNINGS:
            data = (beginning + REPEATED[repeated] * (size // len(REPEATED[repeated]))).encode()
            with pytest.raises(InputError):
                list(XmlReader(io.BytesIO(data), "a", whole=("tu",), places=places))

    assert_near_linear(read, SIZE)


def test_the_text_of_a_deep_element_is_read_in_linear_time() -> None:
    def walk(size: int) -> None:
        depth = size // 400
        root = parse(("<a>" * depth + "x<b/>" * size + "</a>" * depth).encode(), "a").root
        assert len(root.text) == size
        assert sum(1 for _ in root.walk()) == depth + size

    assert_near_linear(walk, 100_000)


def test_entities_are_never_expanded() -> None:
    laughs = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
    source = f'<!DOCTYPE a [<!ENTITY l0 "ha">{laughs}]><a>&l9;</a>'
    with pytest.raises(InputError) as error:
        parse(source.encode(), "a")
    assert error.value.message.key == "xml.entity-declared"


@pytest.mark.parametrize(
    "attack", ['<!ENTITY x SYSTEM "{0}">', '<!ENTITY % x SYSTEM "{0}"> %x;', '<!ENTITY x PUBLIC "p" "{0}">']
)
def test_no_file_is_read_for_an_entity(attack: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("<!ENTITY y 'read'>", encoding="utf-8")
    source = f"<!DOCTYPE a [{attack.format(secret.as_uri())}]><a>&x;&y;</a>"
    with pytest.raises(InputError) as error:
        parse(source.encode(), "a")
    assert error.value.message.key == "xml.entity-declared"


def test_a_document_type_that_names_a_file_is_passed_over() -> None:
    assert parse(b'<!DOCTYPE tmx SYSTEM "/nowhere/tmx14.dtd"><tmx/>', "a").root.name == "tmx"
    assert parse(b"<!DOCTYPE a [<!ELEMENT a ANY><!ATTLIST a b CDATA '1'>]><a/>", "a").root.get("b") == "1"


def test_limits_hold_exactly() -> None:
    limits = Limits(depth=3, attributes=2, text=10, nodes=5)

    def read(source: str) -> str:
        try:
            return parse(source.encode(), "a", limits=limits).root.name
        except InputError as error:
            return error.message.key

    assert read("<a><b><c/></b></a>") == "a"
    assert read("<a><b><c><d/></c></b></a>") == "xml.too-deep"
    assert read('<a x="1" y="2"/>') == "a"
    assert read('<a x="1" y="2" z="3"/>') == "xml.too-many-attributes"
    assert read("<a>0123456789</a>") == "a"
    assert read("<a>01234567890</a>") == "xml.too-much"
    assert read("<a><b/><b/><b/><b/></a>") == "a"
    assert read("<a><b/><b/><b/><b/><b/></a>") == "xml.too-much"


def test_the_frame_of_an_error_shows_the_lines_of_a_long_file() -> None:
    lines = "".join(f"<b>第{number}行</b>\n" for number in range(20_000))
    with pytest.raises(InputError) as error:
        list(XmlReader(io.BytesIO(f"<a>\n{lines}<c>二 & 三</c></a>".encode()), "a"))
    assert error.value.place == "a:20002:6"
    assert error.value.frame == (
        "20001 | <b>第19999行</b>",
        "20002 | <c>二 & 三</c></a>",
        "      |       ^",
    )


def test_a_bad_byte_deep_in_a_large_file_is_found() -> None:
    lines = f"<b>{'中文' * 50}</b>\r\n".encode() * 4_000
    with pytest.raises(InputError) as error:
        list(XmlReader(io.BytesIO(b"<a>\r\n" + lines + b"<b>\xff</b></a>"), "a"))
    assert error.value.message.key == "formats.encoding.bad-byte"
    assert error.value.place == "a:4002:4"


class Endless(io.RawIOBase):
    """A file of `count` translation units that is made while it is read."""

    def __init__(self, count: int) -> None:
        self._rest = b"<tmx version='1.4'><header srclang='zh'/><body>"
        self._count = count

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while len(self._rest) < len(buffer) and self._count >= 0:
            last = self._count == 0
            self._rest += b"</body></tmx>" if last else UNIT * min(self._count, 100)
            self._count = -1 if last else max(self._count - 100, 0)
        data, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(data)] = data
        return len(data)


UNIT = (
    '<tu><tuv xml:lang="zh-CN"><seg>深信院与<bpt i="1">&lt;b></bpt>腾讯<ept i="1">&lt;/b></ept>签约。</seg></tuv>'
    f'<tuv xml:lang="en"><seg>{"SZIIT and Tencent signed. " * 200}</seg></tuv></tu>\n'
).encode()


def test_a_large_memory_is_read_and_written_in_little_memory() -> None:
    count = 1_500
    size = 0
    tracemalloc.start()
    try:
        memory = tmx.read(io.BufferedReader(Endless(count)), "a.tmx")
        for part in tmx.write(memory):
            size += len(part)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert size > 7_500_000
    assert peak < 8_000_000


def test_events_of_the_start_come_before_the_file_is_read_to_its_end() -> None:
    stream = io.BytesIO(b"<a>" + b"<b>x</b>" * 400_000 + b"</a>")
    first = next(iter(XmlReader(stream, "a")))
    assert isinstance(first, Start)
    assert stream.tell() <= xml_source.HEAD

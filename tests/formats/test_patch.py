"""Edits are written where the file has the words in one piece, and every other byte stays as it was."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bitext.errors import InputError
from bitext.formats.detect import read_document
from bitext.formats.patch import Patch, Replacement, mendable, patch
from bitext.model.documents import Document, Span

OLD, NEW = "Tengfei Class", "Ascend Class"


def edits(document: Document, old: str = OLD, new: str = NEW) -> list[Replacement]:
    found, start = list[Replacement](), document.text.find(old)
    while start >= 0:
        found.append((Span(start, start + len(old)), new))
        start = document.text.find(old, start + 1)
    return found


def patched(text: str, path: str, encoding: str = "utf-8", new: str = NEW) -> Patch:
    data = text.encode(encoding)
    document = read_document(data, path, "en")
    return patch(data, document, edits(document, new=new))


PAGES = {
    "a.html": "<html>\r\n<head><title>T</title></head>\r\n<body><p>深信院&nbsp;the Tengfei Class &amp; more.</p>\r\n"
    "<p>A Tengfei Class, &ldquo;Tengfei Class&rdquo; and 腾飞班。</p></body></html>\r\n",
    "a.md": "---\r\ntitle: The Tengfei Class\r\n---\r\n\r\n深信院 and **the Tengfei Class** opened.\r\n",
    "a.txt": "深信院\r\n\r\nThe Tengfei Class opened.\r\n",
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("path", PAGES)
def test_bytes_outside_the_edits_are_unchanged(path: str, encoding: str) -> None:
    result = patched(PAGES[path], path, encoding)
    assert result.applied
    assert not result.declined
    assert result.data == PAGES[path].replace(OLD, NEW).encode(encoding)


@given(
    st.lists(
        st.sampled_from(
            [OLD, "腾飞班", "&amp;", " ", "\r\n", "\n", "<b>", "</b>", "</p><p>", "Class", "Tengfei ", "&lt;"]
        ),
        max_size=14,
    ),
    st.sampled_from(["utf-8", "utf-8-sig", "gb18030"]),
    st.sampled_from(["a.html", "a.md", "a.txt"]),
)
def test_undoing_the_edits_gives_the_file_back(parts: list[str], encoding: str, path: str) -> None:
    text = "今天的新闻：深圳信息职业技术学院举行开班仪式。 News of today. " + "".join(parts)
    data = text.encode(encoding)
    document = read_document(data, path, "en")
    result = patch(data, document, edits(document))
    assert len(result.applied) + len(result.declined) == len(edits(document))
    assert mendable(document, edits(document)) == set(result.applied)
    kept, new = OLD.encode(encoding.replace("-sig", "")), NEW.encode(encoding.replace("-sig", ""))
    assert result.data.count(new) == len(result.applied)
    assert result.data.replace(new, kept) == data
    assert result.data.decode(encoding) == result.after


@pytest.mark.parametrize(
    "words",
    ["Tengfei&nbsp;Class", "Tengfei\r\nClass", "Tengfei  Class", "Tengfei <b>Class</b>", "T&#101;ngfei Class"],
)
def test_words_that_are_not_in_one_piece_are_left(words: str) -> None:
    text = f"<p>The {words} opened in the autumn.</p>"
    data = text.encode()
    document = read_document(data, "a.html", "en")
    start = document.text.index("Tengfei" if "&#" not in words else "Teng")
    result = patch(data, document, [(Span(start, start + len(OLD)), NEW)])
    assert [one.reason for one in result.declined] == ["markup"]
    assert result.data == data
    assert mendable(document, [(Span(start, start + len(OLD)), NEW)]) == set()


def test_a_reference_is_never_cut() -> None:
    data = b"<p>Research &amp; Development of many kinds.</p>"
    document = read_document(data, "a.html", "en")
    start = document.text.index("&")
    assert patch(data, document, [(Span(start, start + 1), "and")]).data == data
    last = b"<p>Research &amp;</p>"
    document = read_document(last, "a.html", "en")
    assert patch(last, document, [(Span(9, 10), "and")]).data == last


def test_of_overlapping_edits_the_first_is_made_and_equal_ones_are_one() -> None:
    data = b"The Tengfei Class opened."
    document = read_document(data, "a.txt", "en")
    wanted = [(Span(8, 17), "x"), (Span(4, 17), NEW), (Span(4, 17), NEW)]
    result = patch(data, document, wanted)
    assert mendable(document, wanted) == {(Span(4, 17), NEW)}
    assert result.data == b"The Ascend Class opened."
    assert [one.reason for one in result.declined] == ["overlap"]


@pytest.mark.parametrize(
    ("path", "new", "written"),
    [
        ("a.html", "R&D <Class>", "R&amp;D &lt;Class&gt;"),
        ("a.txt", "R&D <Class>", "R&D <Class>"),
        ("a.md", "R&D Class", None),
        ("a.md", "*Class*", None),
        ("a.md", "Class_", None),
        ("a.md", "- Class", None),
        ("a.md", "Ascend: Class", None),
        ("a.html", "a\nb", None),
    ],
)
def test_new_words_mean_themselves_in_the_file(path: str, new: str, written: str | None) -> None:
    text = "The Tengfei Class opened."
    result = patched(text, path, new=new)
    assert result.after == (text if written is None else text.replace(OLD, written))
    assert [one.reason for one in result.declined] == (["characters"] if written is None else [])
    document = read_document(text.encode(), path, "en")
    assert mendable(document, edits(document, new=new)) == set(result.applied)


def test_words_that_the_encoding_lacks_are_declined() -> None:
    text = "The Tengfei Class of the café was opened in the autumn of the year."
    result = patched(text, "a.txt", "windows-1252", new="腾飞班")
    assert [one.reason for one in result.declined] == ["encoding"]
    assert result.data == text.encode("windows-1252")


def test_bytes_that_have_no_way_back_are_left_alone() -> None:
    # Big5 has two codes for this character; only one of them would be written again.
    data = (
        b"<meta charset=big5><p>"
        + "深圳資訊學院今天舉行了開幕儀式。".encode("big5hkscs")
        + b"\xa2\xcc Tengfei Class</p>"
    )
    document = read_document(data, "a.html", "en")
    result = patch(data, document, edits(document))
    assert [one.reason for one in result.declined] == ["encoding"]
    assert result.data == data


def test_a_file_that_changed_meanwhile_is_refused() -> None:
    document = read_document(b"The Tengfei Class opened.", "a.txt", "en")
    with pytest.raises(InputError, match="changed while"):
        patch(b"The new Tengfei Class opened.", document, edits(document))
    with pytest.raises(InputError, match="changed while"):
        patch(b"The Tengfei Class opened.", replace(document, text="The Tengfei Class opens."), edits(document))

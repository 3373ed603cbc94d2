"""A walk of strangers' trees: nothing outside of it, nothing twice, nothing that hangs."""

import os
import sys
from pathlib import Path

import pytest

from bitext.errors import ConfigError
from bitext.project import tree
from bitext.project.tree import walk

needs_links = pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")


def touch(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")


def test_pages_are_found_in_order_and_folders_of_tools_are_left_out(tmp_path: Path) -> None:
    touch(tmp_path, "b.md", "a/c.HTML", "a/d.png", ".git/e.md", "node_modules/f.md", ".venv/g.txt", "a/h.txt")
    assert walk(str(tmp_path)).files == ("a/c.HTML", "a/h.txt", "b.md")


IGNORED = [
    (["*.draft.md", "!keep.draft.md"], [], ["a.md", "keep.draft.md", "sub/a.md", "sub/b.md"]),
    (["sub/"], [], ["a.md", "b.draft.md", "keep.draft.md"]),
    (["/a.md"], ["*.md", "!b.md"], ["b.draft.md", "keep.draft.md", "sub/b.md"]),
    (["sub/*", "!sub/b.md"], [], ["a.md", "b.draft.md", "keep.draft.md", "sub/b.md"]),
]


@pytest.mark.parametrize(("top", "below", "left"), IGNORED)
def test_what_gitignore_files_name_is_left_out_and_the_nearest_file_decides(
    tmp_path: Path, top: list[str], below: list[str], left: list[str]
) -> None:
    touch(tmp_path, "a.md", "b.draft.md", "keep.draft.md", "sub/a.md", "sub/b.md")
    (tmp_path / ".gitignore").write_text("\n".join(top), encoding="utf-8")
    (tmp_path / "sub" / ".gitignore").write_text("\n".join(below), encoding="utf-8")
    assert list(walk(str(tmp_path)).files) == left


def test_exclusions_of_the_settings_leave_out_too(tmp_path: Path) -> None:
    touch(tmp_path, "a.md", "drafts/b.md", "x/drafts/c.md", "x/README.md")
    assert walk(str(tmp_path), ("drafts/", "README.md")).files == ("a.md",)


@needs_links
def test_links_lead_neither_in_circles_nor_out_of_the_tree(tmp_path: Path) -> None:
    site = tmp_path / "site"
    touch(tmp_path, "outside/secret.md", "site/a.md")
    (site / "circle").symlink_to(site)
    (site / "up").symlink_to(tmp_path)
    (site / "secret.md").symlink_to(tmp_path / "outside" / "secret.md")
    (site / "inner.md").symlink_to(site / "a.md")
    (site / "broken.md").symlink_to(site / "none.md")
    (site / "self.md").symlink_to(site / "self.md")
    assert walk(str(site)).files == ("a.md", "inner.md")


def test_folders_below_the_limit_are_told_and_left_out(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["d"] * (tree.DEEPEST + 5))
    touch(deep, "deep.md")
    touch(tmp_path, "a.md")
    found = walk(str(tmp_path))
    assert found.files == ("a.md",)
    assert [note.key for note in found.notes] == ["project.tree.deep"]


def test_too_many_entries_are_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    touch(tmp_path, *(f"{n}.md" for n in range(12)))
    monkeypatch.setattr(tree, "MOST", 10)
    with pytest.raises(ConfigError, match="more than 10 files"):
        walk(str(tmp_path))


def test_what_is_no_folder_is_an_error(tmp_path: Path) -> None:
    touch(tmp_path, "a.md")
    with pytest.raises(ConfigError, match="no such folder"):
        walk(str(tmp_path / "a.md"))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
def test_names_with_line_breaks_and_ignore_files_that_are_none_do_no_harm(tmp_path: Path) -> None:
    touch(tmp_path, "a\nb.md", "sub/c.md")
    os.mkfifo(tmp_path / ".gitignore")
    assert walk(str(tmp_path)).files == ("a\nb.md", "sub/c.md")

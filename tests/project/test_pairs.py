"""Which pages belong together, by patterns, by names, and by what the pages say."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bitext.errors import ConfigError
from bitext.project.pairs import found
from bitext.settings.model import PairPattern, Place, Settings

STATED = Place("bitext.toml", 1, 1)


def pairs(files: list[str], *patterns: PairPattern, root: str = "") -> list[tuple[str, str]]:
    made = found(sorted(files), Settings(root=root, pairs=patterns))
    return [(pair.source, pair.target) for pair in made.pairs]


def both(pattern: str) -> PairPattern:
    return PairPattern(pattern, pattern, "", STATED)


NAMED = [
    (["a.zh.md", "a.en.md"], [("a.zh.md", "a.en.md")]),
    (["x/index.zh-CN.md", "x/index.en-US.md"], [("x/index.zh-CN.md", "x/index.en-US.md")]),
    (["x/zh.html", "x/en.html", "y/zh.html"], [("x/zh.html", "x/en.html")]),
    (["a_cn.html", "a_en.html"], [("a_cn.html", "a_en.html")]),
    (["content/zh-cn/a/b.md", "content/en/a/b.md"], [("content/zh-cn/a/b.md", "content/en/a/b.md")]),
    (["a.md", "a.zh.md"], [("a.zh.md", "a.md")]),
    (["news/a.md", "zh/news/a.md"], [("zh/news/a.md", "news/a.md")]),
    (["news/a.html", "en/news/a.html"], [("news/a.html", "en/news/a.html")]),
    (
        ["blog/x/index.md", "i18n/zh/docusaurus-plugin-content-blog/x/index.md"],
        [("i18n/zh/docusaurus-plugin-content-blog/x/index.md", "blog/x/index.md")],
    ),
    (
        ["docs/x.md", "i18n/zh-Hans/docusaurus-plugin-content-docs/current/x.md"],
        [("i18n/zh-Hans/docusaurus-plugin-content-docs/current/x.md", "docs/x.md")],
    ),
    (["a.zh-TW.md", "a.zh-CN.md", "a.en.md"], [("a.zh-CN.md", "a.en.md"), ("a.zh-TW.md", "a.en.md")]),
    (["a.md", "b.md", "pen.md", "then/a.md"], []),
    (["a.fr.md", "a.en.md"], []),
]


@pytest.mark.parametrize(("files", "expected"), NAMED, ids=[files[0] for files, _ in NAMED])
def test_the_names_of_files_tell_which_belong_together(files: list[str], expected: list[tuple[str, str]]) -> None:
    assert pairs(files) == expected


def test_two_patterns_pair_what_their_wildcards_stand_for() -> None:
    pattern = PairPattern("i18n/zh/**/*.md", "blog/**/*.md", "news", STATED)
    made = found(["blog/a.md", "blog/b/c.md", "i18n/zh/a.md", "i18n/zh/d.md"], Settings(pairs=(pattern,)))
    assert [(pair.source, pair.target, pair.scope) for pair in made.pairs] == [("i18n/zh/a.md", "blog/a.md", "news")]
    assert [(page.path, page.language, page.partner) for page in made.alone] == [
        ("blog/b/c.md", "en", "i18n/zh/b/c.md"),
        ("i18n/zh/d.md", "zh", "blog/d.md"),
    ]


def test_the_pattern_that_says_more_has_a_page_that_fits_both() -> None:
    assert pairs(["a.zh.md", "a.md"], PairPattern("**/*.zh.md", "**/*.md", "", STATED)) == [("a.zh.md", "a.md")]


def test_a_pattern_without_any_page_is_an_error_at_its_place() -> None:
    with pytest.raises(ConfigError, match=r"bitext\.toml:1:1: No page fits news/"):
        pairs(["a.zh.md", "a.en.md"], both("{path}.{language}.md"), both("news/{language}/*.md"))


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from([f"{d}{n}.{t}.md" for d in ("", "a/", "zh/") for n in "xy" for t in ("zh", "en", "zh-TW")])
    )
)
def test_pairs_are_the_same_in_whatever_order_the_files_are_found(files: list[str]) -> None:
    once = found(sorted(set(files)), Settings())
    again = found(sorted(set(files), reverse=True), Settings())
    assert once.pairs == again.pairs
    assert all(pair.source != pair.target for pair in once.pairs)
    assert not {page.path for page in once.alone} & {path for pair in once.pairs for path in (pair.source, pair.target)}


def write(folder: Path, **pages: str) -> list[str]:
    for name, text in pages.items():
        (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")
    return [name.replace("__", ".") for name in pages]


def test_pages_that_carry_the_same_key_are_a_pair(tmp_path: Path) -> None:
    files = write(
        tmp_path,
        kaixue__md="---\ntitle: 开学\ntranslationKey: opening\n---\n\n学校举行开学典礼。\n",
        opening__md='+++\ntranslationKey = "opening"\nlang = "en"\n+++\n\nThe year was opened.\n',
        other__md="---\ntranslationKey: other\n---\n\nAnother page.\n",
    )
    assert pairs(files, root=str(tmp_path)) == [("kaixue.md", "opening.md")]


def test_a_key_that_stands_in_two_pages_of_a_language_pairs_nothing(tmp_path: Path) -> None:
    head = "---\ntranslationKey: k\n---\n"
    files = write(tmp_path, a__md=f"{head}你好世界。", b__md=f"{head}Hello, world.", c__md=f"{head}Hello again.")
    assert pairs(files, root=str(tmp_path)) == []


def test_a_page_that_links_to_its_translation_is_paired_with_it(tmp_path: Path) -> None:
    link = '<link rel="alternate" hreflang="{}" href="{}">'
    files = write(
        tmp_path,
        a__html=f"<html lang=zh><head>{link.format('en', 'b.html?x=1')}</head><p>学校举行开学典礼。",
        b__html=f"<html lang=en><head>{link.format('zh-CN', '/a.html')}</head><p>The year was opened.",
        c__html=f"<html lang=en><head>{link.format('zh', '../../etc/passwd')}</head><p>Stray.",
    )
    assert pairs(files, root=str(tmp_path)) == [("a.html", "b.html")]

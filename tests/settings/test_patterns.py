"""Patterns: what they take from a path is what makes the path again."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bitext.checks.registry import RULES
from bitext.settings.patterns import filled, language_of, match, preference
from bitext.settings.selectors import closest, families, value_of

PATHS = st.from_regex(r"[ab.é中\n -]{1,6}(/[ab.é中\n -]{1,6}){0,3}", fullmatch=True)
PATTERNS = st.sampled_from(
    ["{language}/**/*.md", "**/*.{language}.md", "{path}.{language}.md", "{path}/{language}.md", "a/{language}/?.md"]
)
TAGS = st.sampled_from(["zh", "zh-CN", "zh_Hans", "cn", "en", "en-US", "EN"])


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PATTERNS, PATHS, TAGS)
def test_a_pattern_fits_what_it_is_filled_with_and_tells_the_tag(pattern: str, path: str, tag: str) -> None:
    made = pattern.replace("{language}", tag).replace("{path}", path).replace("**/", f"{path}/").replace("*", "x")
    made = made.replace("?", "y")
    found = match(pattern, made)
    assert found is not None
    assert filled(pattern, found.key, found.tag) == made


@pytest.mark.parametrize(
    ("pattern", "path", "tag"),
    [
        ("content/{language}/**/*.md", "content/zh-cn/a/b.md", "zh-cn"),
        ("content/{language}/**/*.md", "content/zh-cn/b.md", "zh-cn"),
        ("{path}.{language}.md", "a/index.en-US.md", "en-US"),
        ("{language}/{language}.md", "en/en.md", "en"),
        ("./{language}.md", "zh.md", "zh"),
    ],
)
def test_the_tag_of_a_path_is_told(pattern: str, path: str, tag: str) -> None:
    found = match(pattern, path)
    assert found is not None
    assert found.tag == tag


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("content/{language}/*.md", "content/zh/a/b.md"),
        ("content/{language}/*.md", "content/fr/a.md"),
        ("content/{language}/*.md", "content/zhx/a.md"),
        ("{language}/{language}.md", "en/zh.md"),
        ("a.{language}.md", "axzh.md"),
    ],
)
def test_what_does_not_fit_is_no_page_of_the_pattern(pattern: str, path: str) -> None:
    assert match(pattern, path) is None


def test_tags_tell_the_language_and_simplified_comes_first() -> None:
    tags = ["zh-TW", "zh-Hant", "zh-CN", "zh", "cn", "cht"]
    assert {language_of(tag) for tag in tags} == {"zh"}
    assert {language_of(tag) for tag in ("en", "EN_us", "english")} == {"en"}
    assert sorted(tags, key=preference)[:3] == ["cn", "zh", "zh-CN"]


@settings(deadline=None)
@given(st.sampled_from(sorted(RULES)), st.lists(st.sampled_from(families(RULES)), max_size=6))
def test_a_rules_own_id_is_always_closest(rule: str, others: list[str]) -> None:
    assert closest([*others, rule], rule, default=True) == len(rule)
    assert value_of([*((name, 0) for name in others), (rule, 1)], rule, default=True) == 1


def test_a_family_is_named_by_whole_words_only() -> None:
    assert closest(["ter"], "term-missing", default=True) == -1
    assert closest(["default"], "page-stale", default=False) == -1
    assert closest(["all"], "page-stale", default=False) == 0

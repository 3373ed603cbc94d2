"""Names that pages give to their parts: where content management systems put the body, and what is furniture."""

from __future__ import annotations

import re

from bitext.formats.documents.html.tree import Node
from bitext.formats.tables import word_set

CMS_BODIES = word_set(
    """v_news_content wp_articlecontent trs_editor trs_uedit zoom ucapcontent js_content rich_media_content
    vsbcontent_start articlecontent contentarticle newscontent_body"""
)
"""Ids and classes of the body in systems that Chinese institutions use (VSB, Webplus, TRS, UCAP, WeChat)."""

_CMS_BODY_ID = re.compile(r"vsb_content(?:_\d{1,6})?")

ARTICLE_BODIES = word_set(
    """article-content article_content article-body article_body articlebody article__body article__content
    article-text article_text entry-content entry__content post-content post-body post_content post__content
    news-content news_content newscontent news-body news_body newsbody news-text news-con news_con newscon
    content-detail content_detail detail-content detail_content detailcontent detail-con detail_con con-detail
    article-con article_con articlecon art-content art_content story-body story-content main-text maintext
    field--name-body field-name-body node__content page-body-content article-detail news_detail_content"""
)

_TOKEN = re.compile(r"[a-z]+|\d+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")

FURNITURE = word_set(
    """nav navbar navigation menu submenu breadcrumb breadcrumbs crumb crumbs sidebar sidenav footer foot
    copyright share sharing social bdshare bdsharebuttonbox related recommend recommended recommendation
    recommendations comment comments pagination pager pagebar prevnext prenext cookie cookies advert
    advertisement ads banner toolbar login signin subscribe newsletter promo sponsor popup modal tooltip
    qrcode backtop gotop totop disqus addthis sharethis masthead topbar weizhi dangqian daohang
    shouye xiangguan fenxiang pinglun dibu"""
)
"""Words in ids and classes of what is no part of the text; English, and the pinyin that Chinese sites use."""

_FURNITURE_TAGS = frozenset({"aside", "footer"})
_NOTES = word_set(
    """note notes ednote tip warning caution example issue admonition callout pullquote quote blockquote epigraph
    footnote footnotes highlight keypoint"""
)
"""Words in the classes of an `aside` that belongs to the text."""
_ROWS = frozenset({"tr", "td", "th", "dt", "dd"})
_LONG_ID = 3
"""Words from which on an id is made of a heading's text and says nothing of what the element is for."""
_FURNITURE_ROLES = word_set(
    """navigation banner contentinfo complementary search menu menubar dialog alertdialog toolbar"""
)

_COMMENT_WORDS = word_set("comment comments commentlist pinglun disqus")
_TITLE_WORDS = word_set("title tit biaoti headline articletitle newstitle arttitle contenttitle titles")


def words(node: Node) -> list[str]:
    """The words that the element's id and classes are made of, in lower case."""
    return _words(f"{node.get('id')} {node.get('class')}")


def _words(names: str) -> list[str]:
    return _TOKEN.findall(_CAMEL.sub(" ", names[:400]).lower()) if names else []


def names(node: Node) -> list[str]:
    """The element's id and classes in lower case."""
    return [node.get("id").lower(), *node.get("class").lower().split()]


def is_cms_body(node: Node) -> bool:
    """Whether the element's id or class is that of a known content management system's body."""
    return any(name in CMS_BODIES or _CMS_BODY_ID.fullmatch(name) for name in names(node))


def is_article_body(node: Node) -> bool:
    """Whether the element is named as the body of an article."""
    return "articlebody" in node.get("itemprop").lower().split() or any(name in ARTICLE_BODIES for name in names(node))


def is_article(node: Node) -> bool:
    """Whether the element is an article or the page's main part."""
    return node.tag in ("article", "main") or node.get("role").lower() in ("main", "article")


def is_furniture(node: Node) -> bool:
    """Whether the element says by its tag, role, id or class that it is no part of the text."""
    found = _own_words(node)
    if node.get("role").lower() in _FURNITURE_ROLES:
        return True
    if node.tag in _FURNITURE_TAGS:
        return node.tag != "aside" or _NOTES.isdisjoint(found)
    return not FURNITURE.isdisjoint(found)


def _own_words(node: Node) -> list[str]:
    """The words of the classes, and those of the id where it is no heading's and no term's in a list or table."""
    identifier = node.get("id")
    by_class = _words(node.get("class"))
    by_id = _words(identifier) if node.tag not in _ROWS else []
    return by_class if len(by_id) >= _LONG_ID else [*by_id, *by_class]


def is_comments(node: Node) -> bool:
    """Whether the element says by its id or class that it holds readers' comments."""
    return not _COMMENT_WORDS.isdisjoint(_own_words(node))


def is_title(node: Node) -> bool:
    """Whether the element says by its id or class that it holds a title."""
    return not _TITLE_WORDS.isdisjoint(words(node))

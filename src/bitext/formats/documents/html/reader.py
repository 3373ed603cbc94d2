"""From a page's source to its Document."""

from __future__ import annotations

import re
from dataclasses import replace

from bitext.formats.carried import Flow, TextBuilder
from bitext.formats.documents.html import tags
from bitext.formats.documents.html.chunks import Chunk, chunks_of, feed_html
from bitext.formats.documents.html.kinds import kinds_of
from bitext.formats.documents.html.page import head_date, head_title, own_part
from bitext.formats.documents.html.profile import SiteProfile, held, outermost
from bitext.formats.documents.html.region import Region
from bitext.formats.documents.html.selection import Selection, everything, main_text
from bitext.formats.documents.html.tree import Tree
from bitext.formats.documents.newsdates import date_in
from bitext.formats.documents.signed import signed
from bitext.formats.documents.waivers import with_waivers
from bitext.model.documents import BlockKind, Document, Language
from bitext.model.findings import Message

_WHOLE_PAGE = frozenset({"html", "head", "body"})
_PARTING = re.compile(rf"</?(?:{'|'.join(sorted(tags.BLOCK))}|br|hr)(?=[\s/>])", re.IGNORECASE)
_DATE_LABEL = re.compile(
    r"[【\[（(]?\s*(?:[\w ]{0,12}(?:时间|日期)|[\w ]{0,12}(?:time|date)|published|posted)\b", re.IGNORECASE
)


def parse(text: str, path: str, language: Language, profile: SiteProfile | None = None) -> Document:
    """The main text of the HTML page `text`; all of it where `text` is a fragment without html, head or body.

    `profile` tells what is known of the site's pages. Raises InputError where there is no text or the page has more
    elements than can be meant.
    """
    known = profile or SiteProfile()
    tree = Tree(text, path)
    chunks = chunks_of(tree, path, known.dropped(tree))
    whole = any(node.tag in _WHOLE_PAGE for node in tree.nodes[:200])
    bodies = outermost(tree, chunks, known.body)
    selection = main_text(Region(tree, chunks), bodies) if (whole or bodies) and chunks else everything(chunks, tree)
    selection = _profiled(selection, tree, chunks, known)
    builder = TextBuilder()
    if whole and selection.title < 0:
        _add_head_title(builder, tree)
    kinds = _kinds(tree, chunks, selection)
    for chunk, kind in kinds:
        for pieces, part_kind in signed(chunk.pieces, kind):
            builder.block(pieces, part_kind, tree.nodes[chunk.node].get("id"), chunk.language)
    date = known.shown_date(tree) or head_date(tree) or _shown_date(kinds)
    document = builder.document(text, path, language, date)
    if known.body and not bodies:
        note = Message.of("documents.selector.no-body", selector=known.body.text)
        document = replace(document, notes=(note,))
    comments = [(text[start:end], start) for start, end in tree.comments]
    return with_waivers(document, text, comments, _PARTING)


def _profiled(selection: Selection, tree: Tree, chunks: list[Chunk], profile: SiteProfile) -> Selection:
    """The selection with the title and the lines about the text that the profile finds."""
    about = profile.about(tree, chunks)
    titles = [i for node in outermost(tree, chunks, profile.title)[:1] for i in held(tree, chunks, node)]
    title = titles[0] if titles else selection.title
    kept = {*selection.kept, *about, *titles}
    if titles and selection.title >= 0 and selection.title not in titles and selection.title not in about:
        kept.discard(selection.title)
    return Selection(tuple(sorted(kept)), title, about - {title})


def _kinds(tree: Tree, chunks: list[Chunk], selection: Selection) -> list[tuple[Chunk, BlockKind]]:
    kept = [chunks[i] for i in selection.kept]
    forced = {**dict.fromkeys(selection.about, BlockKind.METADATA), selection.title: BlockKind.TITLE}
    kinds = zip(selection.kept, kept, kinds_of(tree, kept), strict=True)
    return [(chunk, forced.get(i, kind)) for i, chunk, kind in kinds]


def _add_head_title(builder: TextBuilder, tree: Tree) -> None:
    """The item's own part of the head's title, for a page that shows none."""
    index = head_title(tree)
    raw = next((tree.nodes[i] for i in tree.subtree(index) if not tree.nodes[i].tag), None) if index else None
    if raw is None:
        return
    flow = Flow()
    start, end = own_part(tree.source[raw.start : raw.stop])
    feed_html(flow, tree.source[raw.start + start : raw.start + end], raw.start + start)
    builder.block(flow.finish(), BlockKind.TITLE)


def _shown_date(kinds: list[tuple[Chunk, BlockKind]]) -> str:
    lines = [chunk.text for chunk, kind in kinds if kind is BlockKind.METADATA]
    lines.sort(key=lambda line: _DATE_LABEL.match(line) is None)
    return next((date for date in map(date_in, lines) if date), "")

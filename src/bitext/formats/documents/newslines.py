"""What the lines around a news text say of themselves: dates and sources, captions, related items, page furniture.

The phrases are lists of alternatives; Chinese ones are written in simplified characters and match traditional ones as
well. Every pattern starts at the beginning of one line or after a gap in it, and looks at a bounded part.
"""

from __future__ import annotations

import re

from bitext.formats.documents.newsdates import BARE_DATE
from bitext.text.display import cell_width

_METADATA_CELLS = 240
_BYLINE_CELLS = 140

_TRADITIONAL = dict(
    zip(
        "时发间来刊单门稿闻览点击阅读访问数体号开终编辑录记录审图摄关热荐报专产评论链动态换转页顶误纠结栏业权阳贴边",
        "時發間來刊單門稿聞覽點擊閱讀訪問數體號開終編輯錄記錄審圖攝關熱薦報專產評論鏈動態換轉頁頂誤糾結欄業權陽貼邊",
        strict=True,
    )
)


_CLASS_OR_CHAR = re.compile(r"\[(?:\\.|[^\]\\])+\]|[\u4e00-\u9fff]")


def _any(*alternatives: str) -> str:
    """One pattern of the alternatives; each simplified character also stands for the traditional one."""
    return f"(?:{_CLASS_OR_CHAR.sub(_with_traditional, '|'.join(alternatives).replace('布', '[布佈]'))})"


def _with_traditional(match: re.Match[str]) -> str:
    text = match[0]
    if text[0] == "[":
        return text[:-1] + "".join(_TRADITIONAL.get(char, "") for char in text) + "]"
    return f"[{text}{_TRADITIONAL[text]}]" if text in _TRADITIONAL else text


_FACTS = _any(
    "(?:发布|发表|发稿|更新|刊发|录入|上传|公布)?(?:时间|日期|单位|部门|者|人)",
    "(?:信息|稿件|文章|新闻|图片|内容)?来源",
    "(?:总)?(?:浏览|点击|阅读|访问)(?:量|次数|数|率)?",
    "字体|字号",
    r"(?:release|publish(?:ed|ing)?|post(?:ed)?|updat(?:ed?|ing)|creation)?\s?(?:time|date)(?: published| posted)?",
    r"(?:published|posted|updated|modified|last updated|last modified)(?: on| at)?",
    r"(?:article |news )?sources?|from",
    r"views?|page ?views?|visits?|clicks?|click (?:count|times|rate)|hits|reads?|font(?: size)?",
)
_PICTURES = _any("图|图片|照片", r"photos?|pictures?|images?")
_PEOPLE = _any(
    "作者|撰稿人?|撰文|供稿|供图|来稿|文字?|文[/、]图|图[/、]文|图文|文图|摄影|摄像",
    "(?:本报|见习|实习|特约)?记者|(?:特约|学生)?通[讯訊][员員]",
    "(?:[责責]任|[执執]行|本期|新媒体)?编辑|[责責]编|美编|编审|审核人?|审校|校[对對]|校审|审稿|[初复複终一二三]审",
    "[签簽]发|[监監]制|策[划劃]|排版|翻[译譯]|[译譯]者?|值班主任",
    r"by|authors?|writers?|written by|text(?: by)?|words(?: by)?|story(?: by)?|photo(?:s|graph(?:s|er|ers|y))? by",
    r"photograph(?:er|ers|y)|(?:pictures?|images?) by|(?:executive |chief |managing )?editors?|edited by",
    r"(?:staff |student )?reporters?|reported by|correspondents?|contributors?|contributed by",
    r"proofread(?:er|ers|ing)?(?: by)?|review(?:er|ers|ed by)|approved by|translat(?:or|ors|ed by)",
    r"(?:text|words) and (?:photos?|pictures)(?: by)?",
)

_OPEN = r"[【\[（(]?\s*"
_FACT = re.compile(rf"{_OPEN}{_FACTS}\s{{0,3}}[:：]", re.IGNORECASE)
_PERSON = re.compile(rf"{_OPEN}{_PEOPLE}\s{{0,3}}[:：/|丨]", re.IGNORECASE)
_LATER_LABEL = re.compile(
    rf"(?:\s|[；;，,）)\]】|])(?:{_FACTS}|{_PEOPLE}|{_PICTURES})\s{{0,3}}(?:[:：/丨]|by\b)", re.IGNORECASE
)
_MARKS = re.compile(r"[:：/丨]|\bby\b", re.IGNORECASE)
_BYLINE = re.compile(
    rf"{_OPEN}{_any('(?:本报|本网|见习|实习|特约)?记者|通[讯訊][员員]|文图?|图|摄影|编辑')}\s?[/／丨|\s]\s?[\u4e00-\u9fff]"
    r"|(?:By|Text by|Photos? by|Written by|Posted by|Reported by)\s+[A-Z]"
    r"|(?:Published|Posted|Updated|Last updated|Last modified|Created)\s+(?:on\s+|at\s+|:\s*)?"
    r"(?:\d|[A-Z][a-z]{2,8}\.?\s\d)"
)
_STOPPED = re.compile(r"[。！？!?]$|[a-z]{4}[.]$")
_SIGNED = re.compile(rf"[\w\u4e00-\u9fff·. ]{{2,24}}?[\s|｜]{{0,3}}(?:{BARE_DATE.pattern})(?<=:\d\d)", re.IGNORECASE)
"""The name of a site or a paper, and the date and the time after it."""
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s\u4e00-\u9fff]+")

_NUMBER = r"[一二三四五六七八九十\d]{1,3}"
_CAPTION = re.compile(
    rf"[▲△▼▽↑↓◆■]\s?\S|[（(]?\s?(?:[上下左右]|[资資]料)?{_any('图')}"
    rf"(?:[为為：:]|片[说說]明|{_NUMBER}[\s:：、.]|\s{{1,3}}\S)"
    r"|(?:Photo|Picture|Image|Figure|Fig\.|Caption)(?:\s\d{1,2}[.:：]|\s?[:：])",
)
_CREDIT = re.compile(
    rf"[（(](?:[^（()）]{{0,40}}(?:{_any('摄|供图')})|"
    r"(?:Photo|Picture|Image|Source|Courtesy)s?(?: by| courtesy of|[:：])[^()（）]{0,80})[)）]$",
    re.IGNORECASE,
)

_RELATED = re.compile(
    r"[【\[■◆●>»\s]*"
    + _any(
        "(?:相关|推荐|热门|热点|精彩|延伸|最新|最近|更多|其他|其它|关[联聯])(?:视频|[視]頻)?"
        "(?:新闻|阅读|文章|链接|报道|推荐|内容|[内內]容|信息|[资資][讯訊]|专[题題]|动态|稿件|视频|[话話][题題])",
        "猜你喜[欢歡]|大家都在看|往期(?:回[顾顧]|推荐|精彩)|上一篇|下一篇|(?:网友|發表|发表|我要)评论|评论区?",
        "(?:阅读|点击|热门|热点|新闻)排行榜?|[关關]于作者|[与與](?:本文|内文)相关的.{2,4}",
        "related (?:articles?|news|posts?|stor(?:y|ies)|links?|contents?|reading|information|items?|pages?|reports?"
        "|topics?|events?)",
        r"more (?:news|stories|articles|from\b.{0,40}|related\b.{0,20}|like this)",
        "recommended(?: for you| reading| articles| stories)?|you (?:may|might) also (?:like|be interested in)",
        "read (?:more|next|also)|(?:latest|recent|popular|other|top|trending) (?:news|posts|articles|stories)",
        "share (?:this|on|via)(?: article| story| page| post)?",
        r"(?:\d+ )?comments?|leave a (?:comment|reply)|post a comment",
        "what to read next|keep reading|further reading|about the (?:author|writer|reviewer|contributor)s?",
    )
    + r"\s*[】\]:：>»…]*\s*(?:more|更多)?[>»+]*",
    re.IGNORECASE,
)

_PROSE_FOLLOWS = re.compile(r"评论|評論|作者|comment|reply|author|writer|reviewer|contributor|read", re.IGNORECASE)

_FURNITURE = re.compile(
    r"[【\[|<>«»\s]*"
    + _any(
        "(?:(?:一[键鍵])?分享|转播)(?:到|至|[给給]|本文|按[钮鈕])?.{0,20}",
        "(?:我要)?(?:分享|评论|纠[错錯]|收藏|打印|列印|投稿)(?:本页|本文|此页|文稿)?",
        "(?:打印|列印|关[闭閉]|收藏|返回)(?:本页|窗口|此页|页面|顶部|首页|列表|上一页|上页)?",
        r"字[体號号]\s?[:：]?\s?(?:[【\[]?\s?[大中小]\s?[】\]]?\s?){1,3}",
        "[扫掃]一[扫掃].{0,30}|阅读下一篇.{0,3}|加[载載]更多|正在加[载載].{0,6}|阅读原文|回到顶部|[点點]击页首",
        "(?:点击)?(?:查看|阅读|了解)(?:更多|全文|[详詳]情|原文)",
        r"share(?: (?:this|on|via|with|to)\b.{0,30})?|print(?: (?:this )?(?:page|article|friendly.{0,10}))?",
        r"e-?mail(?: this.{0,20})?|tweet|pin it|back to (?:top|list|news|home).{0,20}|close(?: window)?|top",
        "skip to (?:main |the )?(?:content|navigation).{0,10}|(?:read|learn|see|view) more|copy link",
        r"(?:join|register)\s?[/|]\s?(?:sign|log) ?in|(?:sign|log) ?in(?:\s?[/|]\s?(?:join|register|sign ?up))?",
        r"page \d{1,4} of \d{1,4}",
        "facebook|twitter|linkedin|wechat|weibo|instagram|youtube|whatsapp|pinterest|reddit",
    )
    + r"[】\]|<>«»\s…:：]*",
    re.IGNORECASE,
)
_FURNITURE_START = re.compile(
    r"[【\[|<>«»\s]*"
    + _any(
        r"[上下]一?(?:篇|[条條]|页|[则則])\s?(?:[:：]|新闻|文章|$)",
        r"(?:[当當]前|您?(?:[现現]在|[当當]前)?(?:的|所在)?)?(?:位置|所在)\s?[:：]",
        r"(?:首页|主页)\s?(?:[>»›/|]|-{1,2}>|→)",
        r"(?:previous|next|prev)(?: article| post| page| news| one)?\s?[:：]|home(?: page)?\s?(?:[>»›/]|→)",
        r"you are here\s?[:：]?|(?:current )?(?:location|position)\s?[:：]",
        r"copyright\b|©|版权所有|all rights reserved|[\u4e00-\u9fff]ICP[备備]|【(?:打印|关闭|纠错|字[体号])",
    ),
    re.IGNORECASE,
)


_IMPRINT = re.compile(
    r"[\s|]*"
    + _any(
        r"(?:[学學]校|[单單]位|[办辦]公|[联聯]系)?(?:地址|邮[编編]|邮政编码|[电電][话話]|[传傳]真|邮箱)\s?[:：]",
        r"(?:address|tel(?:ephone)?|phone|fax|post ?code|zip ?code|e-?mail)\s?[:：]|技[术術]支持",
    ),
    re.IGNORECASE,
)


def is_imprint(line: str) -> bool:
    """Whether the line gives the address of the page's owner, as feet of pages do."""
    return len(line) <= 300 and _IMPRINT.match(line) is not None


def is_metadata(line: str) -> bool:
    """Whether the line tells when, where or by whom the text was published, written, edited or read."""
    width = cell_width(line[: _METADATA_CELLS + 1])
    if width > _METADATA_CELLS:
        return False
    if _FACT.match(line):
        return width <= _BYLINE_CELLS or not _STOPPED.search(line)
    if _ADDRESS.fullmatch(line):
        return True
    if width > _BYLINE_CELLS or _STOPPED.search(line.rstrip("）)")):
        return False
    if _PERSON.match(line) or _BYLINE.match(line):
        return True
    date = BARE_DATE.match(line)
    if date and (len(line) - date.end() <= 40 or _LATER_LABEL.search(line)):
        return True
    labels = len(_LATER_LABEL.findall(f" {line.lstrip('（([【')}")) if _MARKS.search(line) else 0
    return labels > 1 or _SIGNED.fullmatch(line) is not None


def is_caption(line: str) -> bool:
    """Whether the line says of itself that it describes a picture."""
    if len(line) > 300:
        return False
    return bool(_CAPTION.match(line)) or (len(line) <= 160 and bool(_CREDIT.search(line)))


def begins_related(line: str) -> bool:
    """Whether the line is a heading after which other items, comments or share buttons follow."""
    return len(line) <= 60 and _RELATED.fullmatch(line.strip()) is not None


def heads_a_list(line: str) -> bool:
    """Whether a line that begins what is related heads a list of links, and not comments or a note on the author."""
    return _PROSE_FOLLOWS.search(line) is None


def is_furniture(line: str) -> bool:
    """Whether the line is furniture of the page: share and print buttons, a breadcrumb, a copyright notice."""
    return (len(line) <= 60 and _FURNITURE.fullmatch(line) is not None) or (
        len(line) <= 300 and _FURNITURE_START.match(line) is not None
    )

"""What the lines around a news text say of themselves: dates and sources, captions, related items, stock phrases.

Every pattern is tried at the beginning of one line and looks at a bounded part of it.
"""

from __future__ import annotations

import re

from bitext.text.display import cell_width

_METADATA_CELLS = 240
_BYLINE_CELLS = 120

_ZH_FACTS = (
    "(?:发布|发表|发稿|更新|刊发|录入|上传|公布)?(?:时间|日期|单位|部门|者|人)|(?:信息|稿件|文章|新闻|图片|内容)?来源|"
    "(?:总)?(?:浏览|点击|阅读|访问)(?:量|次数|数|率)?|字体|字号"
)
_ZH_PEOPLE = (
    "作者|撰稿人?|撰文|供稿|供图|来稿|文字?|图片?|文[/、]图|图[/、]文|图文|文图|摄影|摄像|(?:本报|见习|实习|特约)?记者|"
    "(?:特约|学生)?通讯员|(?:责任|执行|本期|新媒体)?编辑|责编|美编|编审|审核人?|审校|校对|校审|审稿|[初复终一二三]审|"
    "签发|监制|策划|排版|翻译|译者?|值班主任"
)
_EN_FACTS = (
    r"(?:release|publish(?:ed|ing)?|post(?:ed)?|updat(?:ed?|ing)|creation)?\s?(?:time|date)(?: published| posted)?|"
    r"published(?: on| at)?|posted(?: on| at)?|(?:last )?(?:updated|modified)(?: on| at)?|(?:article |news )?sources?|from|"
    r"views?|page ?views?|visits?|clicks?|click (?:count|times|rate)|hits|reads?|font(?: size)?"
)
_EN_PEOPLE = (
    r"(?:by|authors?|writers?|written by|text(?: by)?|words(?: by)?|story(?: by)?|(?:photo(?:s|graph(?:s|er|ers|y))?|"
    r"pictures?|images?)(?: by)?|"
    r"(?:executive |chief |managing )?editors?|edited by|(?:staff )?reporters?|reported by|correspondents?|contributors?|"
    r"contributed by|proofread(?:er|ers|ing)?(?: by)?|review(?:er|ers|ed by)|approved by|translat(?:or|ors|ed by)|"
    r"(?:text|words) and (?:photos?|pictures)(?: by)?)"
)

_ZH_DATE = r"(?:[12]\d{3}\s?(?:年\s?\d{1,2}\s?月\s?\d{1,2}\s?日|[-/.]\s?\d{1,2}[-/.]\s?\d{1,2}))"
_MONTH = (
    "(?:Jan(?:uary|\\.)?|Feb(?:ruary|\\.)?|Mar(?:ch|\\.)?|Apr(?:il|\\.)?|May|June?\\.?|July?\\.?|Aug(?:ust|\\.)?|"
    "Sept?(?:ember|\\.)?|Oct(?:ober|\\.)?|Nov(?:ember|\\.)?|Dec(?:ember|\\.)?)"
)
_EN_DATE = rf"(?:{_MONTH}\s{{0,2}}\d{{1,2}}(?:st|nd|rd|th)?,?\s{{0,2}}[12]\d{{3}}|\d{{1,2}}\s{{0,2}}{_MONTH},?\s{{0,2}}[12]\d{{3}})"
_CLOCK = r"(?:[\s,，T]{0,3}(?:at )?\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?: ?[ap]\.?m\.?)?)?"

_FACT = re.compile(rf"[【\[（(]?\s*(?:{_ZH_FACTS}|{_EN_FACTS})\s{{0,3}}[:：]", re.IGNORECASE)
_PERSON = re.compile(rf"[【\[（(]?\s*(?:{_ZH_PEOPLE}|{_EN_PEOPLE})\s{{0,3}}[:：/|丨]", re.IGNORECASE)
_BARE_DATE = re.compile(rf"(?:[(（\[]\s?)?(?:{_ZH_DATE}|{_EN_DATE}){_CLOCK}", re.IGNORECASE)
_BYLINE = re.compile(
    r"[（(]?\s*(?:(?:本报|本网|见习|实习|特约)?记者|通讯员|文图?|图|摄影|编辑)\s?[/／丨|\s\u3000]\s?[\u4e00-\u9fff]"
    r"|(?:By|Text by|Photos? by|Written by|Posted by|Reported by)\s+[A-Z]"
    r"|(?:Published|Posted|Updated|Last updated|Last modified|Created)\s+(?:on\s+|at\s+|:\s*)?(?:\d|[A-Z][a-z]{2,8}\.?\s\d)"
)
_STOPPED = re.compile(r"[。！？!?]$|[a-z]{3}[.]$")

_CAPTION = re.compile(
    r"[▲△▼▽↑↓◆■]\s?\S|[（(]?\s?(?:(?:上|下|左|右|资料)?图(?:为|：|:|片说明|[一二三四五六七八九十\d]{1,3}[\s:：、.])|图\s{1,3}\S)"
    r"|(?:Photo|Picture|Image|Figure|Fig\.|Caption)(?:\s\d{1,2})?\s?[:：]",
)
_PHOTO_CREDIT = re.compile(
    r"[（(](?:[^（()）]{0,40}(?:摄|供图)|(?:Photo|Picture|Image|Source|Courtesy)s?(?: by| courtesy of|[:：])[^()（）]{0,80})[)）]$",
    re.IGNORECASE,
)

_RELATED = re.compile(
    r"[【\[■◆●>»\s]*(?:"
    r"(?:相关|推荐|热门|热点|精彩|延伸|最新|最近|更多|其他|其它|关联)\s?(?:新闻|阅读|文章|链接|报道|推荐|内容|信息|资讯|专题|动态|稿件|产品|视频)"
    r"|猜你喜欢|大家都在看|往期(?:回顾|推荐|精彩)|上一篇|下一篇|网友评论|发表评论|我要评论|评论区?|阅读排行榜?|点击排行榜?|热门排行榜?|"
    r"related (?:articles?|news|posts?|stor(?:y|ies)|links?|contents?|reading|information|items?|pages?|reports?|topics?|events?)"
    r"|more (?:news|stories|articles|from\b.{0,40}|related\b.{0,20}|like this)|recommended(?: for you| reading| articles| stories)?"
    r"|you (?:may|might) also (?:like|be interested in)|read (?:more|next|also)|(?:latest|recent|popular|other|top|trending) (?:news|posts|articles|stories)"
    r"|share (?:this|on|via)(?: article| story| page| post)?|(?:\d+ )?comments?|leave a (?:comment|reply)|post a comment"
    r"|what to read next|keep reading|further reading"
    r")\s*[】\]:：>»…]*\s*(?:more|更多)?[>»+]*",
    re.IGNORECASE,
)

_STOCK = re.compile(
    r"[【\[|<>«»\s]*(?:"
    r"(?:一键)?分享(?:到|至|给|本文|按钮)?.{0,20}|(?:我要)?(?:分享|评论|纠错|收藏|打印|投稿)(?:本页|本文|此页)?"
    r"|(?:打印|关闭|收藏|返回)(?:本页|窗口|此页|页面|顶部|首页|列表|上一页|上页)?|字[体号]\s?[:：]?\s?(?:[【\[]?\s?[大中小]\s?[】\]]?\s?){1,3}"
    r"|扫一扫.{0,30}|阅读下一篇.{0,3}|(?:点击)?(?:查看|阅读|了解)(?:更多|全文|详情|原文)|加载更多|阅读原文|回到顶部"
    r"|share(?: (?:this|on|via|with|to)\b.{0,30})?|print(?: (?:this )?(?:page|article|friendly.{0,10}))?|e-?mail(?: this.{0,20})?|tweet|pin it"
    r"|back to (?:top|list|news|home).{0,20}|skip to (?:main |the )?(?:content|navigation).{0,10}|close(?: window)?|top|read more|learn more|see more|view more"
    r"|facebook|twitter|linkedin|wechat|weibo|instagram|youtube|whatsapp|pinterest|reddit|copy link"
    r")[】\]|<>«»\s…]*",
    re.IGNORECASE,
)
_STOCK_START = re.compile(
    r"[【\[|<>«»\s]*(?:"
    r"(?:上|下)(?:一)?(?:篇|条|页|则)\s?(?:[:：]|新闻|文章|$)|(?:当前|您?(?:现在|当前)?(?:的|所在)?)?(?:位置|所在)\s?[:：]|(?:首页|主页)\s?(?:[>»›/|]|&gt;|-{1,2}>|→)"
    r"|(?:previous|next|prev)(?: article| post| page| news| one)?\s?[:：]|home(?: page)?\s?(?:[>»›/]|→)|you are here\s?[:：]?|(?:current )?(?:location|position)\s?[:：]"
    r"|copyright\b|©|版权所有|all rights reserved|(?:粤|京|沪|浙|苏|鄂|湘|川|闽|津|渝)ICP备|【(?:打印|关闭|纠错|字[体号])"
    r")",
    re.IGNORECASE,
)


def is_metadata(line: str) -> bool:
    """Whether the line tells when, where or by whom the text was published, written, edited or read."""
    width = cell_width(line[: _METADATA_CELLS + 1])
    if width > _METADATA_CELLS:
        return False
    if _FACT.match(line):
        return width <= _BYLINE_CELLS or not _STOPPED.search(line)
    if width > _BYLINE_CELLS:
        return False
    if _PERSON.match(line) or _BYLINE.match(line):
        return not _STOPPED.search(line.rstrip("）)"))
    date = _BARE_DATE.match(line)
    return bool(date) and (len(line) - date.end() <= 40 if date else False) and not _STOPPED.search(line)


def is_caption(line: str) -> bool:
    """Whether the line says of itself that it describes a picture."""
    if len(line) > 300:
        return False
    return bool(_CAPTION.match(line)) or (len(line) <= 160 and bool(_PHOTO_CREDIT.search(line)))


def begins_related(line: str) -> bool:
    """Whether the line is a heading after which other items, comments or share buttons follow."""
    return len(line) <= 60 and _RELATED.fullmatch(line.strip()) is not None


def is_stock(line: str) -> bool:
    """Whether the line is furniture of the page: share and print buttons, a breadcrumb, a copyright notice."""
    return (len(line) <= 60 and _STOCK.fullmatch(line) is not None) or (
        len(line) <= 300 and _STOCK_START.match(line) is not None
    )


_ISO_PARTS = re.compile(r"(?<!\d)([12]\d{3})\s?(?:年\s?|[-/.]\s?)(\d{1,2})\s?(?:月\s?|[-/.]\s?)(\d{1,2})(?!\d)")
_NAME_FIRST = re.compile(
    rf"({_MONTH})\s{{0,2}}(\d{{1,2}})(?:st|nd|rd|th)?,?\s{{0,2}}([12]\d{{3}})(?!\d)", re.IGNORECASE
)
_DAY_FIRST = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?\s{{0,2}}({_MONTH}),?\s{{0,2}}([12]\d{{3}})(?!\d)", re.IGNORECASE
)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


def date_in(line: str) -> str:
    """The first full date in the line as ISO 8601, or nothing."""
    line = line[:400]
    found: list[tuple[int, int, int, int]] = []
    if match := _ISO_PARTS.search(line):
        found.append((match.start(), int(match[1]), int(match[2]), int(match[3])))
    if match := _NAME_FIRST.search(line):
        found.append((match.start(), int(match[3]), _MONTHS.index(match[1][:3].lower()) + 1, int(match[2])))
    if match := _DAY_FIRST.search(line):
        found.append((match.start(), int(match[3]), _MONTHS.index(match[2][:3].lower()) + 1, int(match[1])))
    for _, year, month, day in sorted(found):
        if 1900 <= year <= 2100 and 1 <= month <= 12 and 1 <= day <= 31:
            return f"{year:04}-{month:02}-{day:02}"
    return ""

"""Where a stop ends a Chinese segment.

Policy, as published Chinese is cut by people who align it:
- 。！？ and runs of them end a segment together with the quotes and brackets that close after them, in quoted speech
  too: “走吧。”|他说。 Each sentence of a long quotation is a segment.
- A quotation that is a part of speech of its sentence does not end it: 喊着“加油！”的学生.
- 《…！》 never ends a segment, nor does anything inside brackets that opened within the sentence.
- ；：，、—— end nothing. …… ends a segment after a clause of some length, unless what follows takes the clause up
  (我…… 我不知道; 他想说什么……却没有说).
- A number and its stop (1. 一．) belong to what they number.
- A half-width . between two Chinese characters ends a segment unless it stands in a foreign name (约翰.史密斯).
"""

from __future__ import annotations

import re

from bitext.segment.context import Candidate, is_wide

_CONTINUING = "，、；：。,;:…—）)】》"
# What goes on with a sentence after a quotation in it; 的确, 和尚, 等他 and the like are other words.
_GOES_ON = re.compile(
    r"的(?!确)|地(?![上下面方])|[和与與及或、](?=[“「『《‘])|等(?![他她我你到了着])|一词|一语|一书|一文|字样|口号|声(?!音)"
)
_NUMBERING = re.compile(r"\W*(?:第?[一二三四五六七八九十百]{1,4}|[0-9０-９]{1,3}(?:[.．][0-9]{1,2})*|[A-Za-z])\Z")
_CLAUSE = re.compile(r"[^\W\d_]*\Z")
_SHORT_CLAUSE = 6
_HANGING = "的地得是会會在把被和与與跟或对對从從向这這那个個了"
_TAKING_UP = "却卻又也就还還才而但都便则則，、"
# Characters that write foreign names; a stop between two of them is the dot in a name.
_FOREIGN = frozenset(
    "阿埃艾安奥巴贝比波伯博布查达戴德迪蒂杜顿多厄尔法菲费弗福盖格戈古哈海汉赫霍基吉加杰卡凯科克肯库拉莱兰劳勒雷里利莉林琳卢鲁罗洛马玛迈麦曼"
    "梅蒙米莫姆穆纳娜内尼诺欧帕佩皮普乔琼丘瑞萨塞桑沙舍什史斯思苏索塔泰坦特汤唐托瓦威韦维温文沃伍西希夏肖谢辛雪亚扬耶伊易英尤约泽扎詹珍朱翰"
)


def ends_at_stop(place: Candidate) -> bool:
    """Whether a run with 。！？ ends the segment."""
    if place.attached and place.attached in _CONTINUING:
        # A dash after 。 begins the next sentence; after ！？ it goes on with this one.
        return place.attached == "—" and place.run == "。"
    if not place.closed:
        return True
    goes_on = _GOES_ON.match(place.after)
    return not goes_on or ("。" in place.run and goes_on.group() != "的")


def ends_at_ellipsis(place: Candidate) -> bool:
    """Whether …… ends the segment."""
    after = place.after
    following = after.lstrip()
    if not following:
        return True
    if place.closed:
        return following[0] not in _CONTINUING and not _GOES_ON.match(after)
    clause = _clause(place.before)
    if len(clause) < _SHORT_CLAUSE or clause[-1] in _HANGING or following[0] in _TAKING_UP:
        return False
    return following[0] not in "”’」』" and clause[-1] != following[0]


def ends_at_half_width(place: Candidate) -> bool:
    """Whether . ! ? beside a Chinese character end the segment."""
    attached = place.attached
    if attached and attached in _CONTINUING:
        return False
    previous = place.before[-1:]
    if "!" in place.run or "?" in place.run:
        # A name that ends in a mark (Yahoo!) stands in the middle of Chinese more often than a sentence ends so.
        return not (previous.isascii() and previous.isalnum() and is_wide(attached)) or place.closed
    if _NUMBERING.match(place.before) or not is_wide(previous):
        return False
    if not is_wide(attached):
        return not (attached.isascii() and attached.isalnum())
    return len(_clause(place.before)) >= _SHORT_CLAUSE and not (previous in _FOREIGN and attached in _FOREIGN)


def _clause(before: str) -> str:
    """The letters that `before` ends with, back to the last mark or blank."""
    match = _CLAUSE.search(before)
    return match.group() if match else ""

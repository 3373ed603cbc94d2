"""English abbreviations by how they stand to the end of a sentence: lower case, without their last stop."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ADDRESSES = _words(
    """
    mr mrs ms dr prof
    """
)
"""Titles that some write without a capital letter."""

TITLES = _words(
    """
    Mr Mrs Ms Mx Messrs Mmes Dr Drs Prof Profs Assoc Asst Adj Ste Mt Mts Fr Rev Revd Hon Gen Gens Maj Brig Col
    Cols Lt Lts Cpt Capt Capts Cmdr Cmdt Cdr Adm Sgt Sgts Cpl Pvt Pte Gov Govs Sen Sens Rep Reps Pres Insp Supt
    Det Atty Amb Msgr Dir Pfc Spc Ald Ens Lieut Rt Congr Geo Wm Chas Jas Thos
    """
)
"""Stand before a name, with a capital letter: never end a segment."""

INNER = _words(
    """
    e.g eg i.e ie vs v cf viz approx ca circa c resp incl excl esp b d fl nee née aka a.k.a w.r.t P.S N.B q.v
    """
)
"""Always followed by more: never end a segment. Not in capitals, which are initials, save as they stand here."""

BEFORE_NUMBER = _words(
    """
    no nos nr fig figs eq eqs eqn sec secs sect vol vols ch chap chaps p pp pg pgs para paras
    pt pts vers ver rev rm apt ste bldg fl flr tel ext col cols l ll n° nº § op bk ln lns corr
    suppl sch subpara amend
    """
)
"""Stand before a number or a letter that names a part."""

PARTS_OF_TEXTS = _words(
    """
    Art Arts Tab Ex App Ser Ed Eds Add Doc Docs Reg Regs Res Cl
    """
)
"""Stand as BEFORE_NUMBER does, with their capital letter only: without it they are words."""

MONTHS_AND_DAYS = _words(
    """
    Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Tues Wed Weds Thu Thur Thurs Fri Sat Sun
    """
)
"""End a segment only where the next word begins one for sure."""

NAME_ENDS = _words(
    """
    st ft co cos corp inc ltd plc llc llp pty bros jr sr esq al et.al ave av blvd rd hwy pkwy dept depts univ inst
    assn intl natl mfg dist govt ctr bldg ph.d phd m.d d.d.s b.a b.s b.sc m.a m.s m.sc m.b.a ll.b ll.m ed.d d.phil
    dr.h.c r.n c.p.a j.d esqr s.a s.p.a n.v a.g gmbh cie ind
    """
)
"""May end a segment: they do where the next word begins one for sure, or is not a name."""

STATES = _words(
    """
    Ala Ariz Ark Calif Cal Colo Conn Del Fla Ga Ill Ind Kan Ky Mass Md Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa
    Penn Tenn Tex Va Vt Wash Wis Wyo Ont Que Alta
    """
)
"""American states and the like, with their capital letter: they stand as NAME_ENDS do."""

MEASURES = _words(
    """
    etc lb lbs oz yd yds km cm mm kg mg ml hr hrs min mins sec secs wk wks mos yr yrs avg est max temp misc a.m
    p.m am pm b.c a.d b.c.e c.e
    """
)
"""May end a segment before any capital letter, but not before a number or a lower-case letter."""

STARTERS = _words(
    """
    the this that these those it its it's he she they we you i in on at for from with as but and or so if when
    while where what why who whom whose which how there here then after before since although though however
    because also his her their our my your an a by to not no yes did do does is are was were will would can could
    should have has had let let's once now today yesterday tomorrow another some most many all both each every
    under during through according meanwhile moreover furthermore therefore thus nevertheless even despite among
    one two three next last just only such please he's she's they're we're i'm i'd i've i'll you're that's there's
    what's don't didn't both additionally finally first second third later soon still yet until unless instead
    overall over perhaps maybe well oh
    """
)
"""Words whose capital letter shows that a sentence begins, since they are no names."""


SPEECH = _words(
    """
    said says say asked asks replied replies answered answers cried cries shouted shouts called exclaimed
    whispered murmured muttered added adds continued continues explained explains told yelled screamed demanded
    inquired responded remarked observed commanded insisted declared interrupted repeated agreed admitted snapped
    growled roared pleaded begged ordered urged suggested announced stammered wondered retorted commented noted
    protested returned echoed chimed shrieked hissed ventured persisted concluded
    """
)
"""Verbs that tie a quotation to its speaker."""

TIME_ZONES = _words(
    """
    et est edt pt pst pdt ct cst cdt mt mst mdt gmt utc bst cet cest hkt jst eastern pacific central mountain
    beijing hong london local monday tuesday wednesday thursday friday saturday sunday january february march
    april may june july august september october november december
    """
)
"""Follow a.m. and p.m. in the same sentence; days and months too."""

LETTERED = _words(
    """
    vitamin vitamins hepatitis plan grade type class group appendix category section exhibit option team part
    level phase tier influenza gate terminal building block ward
    """
)
"""Words after which a single capital letter is a name and no initial."""

PARTS = _words(
    """
    section chapter figure table page part step phase grade class no number version and or to of in at by since
    level type unit room act scene volume article
    """
)
"""Words after which a number is the name of a part and not that of the next list item."""

MARKED_NAMES = _words(
    """
    Yahoo Jeopardy Yum Wham
    """
)
"""Names that are written with a mark of exclamation or question."""

"""A Chinese person's name that is not spelled as the national standard asks, or not always the same way.

Why: an editor is embarrassed by one wrong name, and a person whose name is spelled in two ways becomes two persons to
a search engine. By GB/T 28039 the surname comes first and the given name is one word: 刘锦 is Liu Jin, 王小明 is
Wang Xiaoming, 欧阳文 is Ouyang Wen. Some surnames have a reading of their own (单 Shan, 仇 Qiu, 解 Xie, 曾 Zeng), and
吕 may be Lü, Lyu or Lv. The rule looks at names that stand by a post, a title or a verb of saying, and at those that
the translation gives away by a form that is right or nearly so. It speaks up only where the translation holds a form
that is one slip away: other order, hyphen, parted given name, one letter wrong. Names of people of Hong Kong, Taiwan,
national minorities and other countries are spelled as they spell them and are not touched. Who is called the western
way throughout the item is mentioned once; the surname in capitals, Zhonghai LU, is silent. A house that writes the
given name first says so in its settings: under `[style]`, `names` is "surname-first", "given-first" or "either".
Another Chinese person's name in the place of the name is reported where no other person can be meant. In a project
one person is to be spelled in one way in all items.

How to mend: write the form proposed, or, if the person spells it otherwise, waive it or put the name into the glossary.

How to waive: `<!-- bitext-ignore name-romanisation: reason -->` before the sentence.

Fires:

    zh: 党委书记刘锦出席签约仪式。
    en: Liu Jing, Secretary of the Party Committee, attended the signing ceremony.
    marks: Liu Jing

    zh: 校长王小明表示感谢。
    en: President Xiaoming Wang expressed his thanks.
    marks: Xiaoming Wang

    zh: 教授吕明致辞。
    en: Professor Lü Ming gave a speech.
    zh: 吕明介绍了项目。
    en: Lyu Ming introduced the project.
    zh: 吕明回答了提问。
    en: Lü Ming answered questions.
    marks: Lyu Ming

    zh: 党委书记刘锦出席签约仪式。
    en: Wang Wei, Secretary of the Party Committee, attended the signing ceremony.
    marks: Wang Wei

Silent:

    zh: 党委书记刘锦、教授单田和曾华出席。
    en: Party Secretary Liu Jin and Professors Shan Tian and Zeng Hua attended.

    zh: 行政长官李家超表示欢迎，总理李显龙致辞。
    en: Chief Executive John Lee Ka-chiu expressed his welcome and Prime Minister Lee Hsien Loong gave a speech.

    zh: 项目由鲁中海教授主持。
    en: The project is led by Prof. Zhonghai LU.

    zh: 党委书记刘锦与王伟出席签约仪式，省长马云飞致辞。
    en: The Party Secretary attended the signing ceremony with Wang Wei in Hong Kong, and Governor Ma gave a speech.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bitext.checks.context import Context
from bitext.checks.figures import shifted
from bitext.checks.person_forms import Use, all_uses, exchanged, person_names_of
from bitext.checks.rule import Rule
from bitext.model.alignment import Side
from bitext.model.findings import Edit, Finding, Message, Observation, Severity
from bitext.text.names import near, preferred, romanisations
from bitext.text.normal import simplified

_REGULAR = {
    "surname-first": frozenset({"standard"}),
    "given-first": frozenset({"order"}),
    "either": frozenset({"standard", "order"}),
}
"""The kinds of forms that a house with this order of names writes."""
_ORDERS = {"order": "figures.name-romanisation.order", "standard": "figures.name-romanisation.given-first"}
"""The two orders of a name, and what is said of each where the house writes the other."""


def check(context: Context) -> Iterator[Finding]:
    """Forms of names that are a slip away from an admissible one, then admissible ones that vary within the item."""
    chinese, english = context.side_in("zh"), context.side_in("en")
    if chinese is None or english is None:
        return
    regular = _REGULAR[context.facts.style.names]
    right: list[Use] = []
    turned: dict[str, list[Use]] = {}
    names = person_names_of(context, chinese, english)
    for use in all_uses(context, names, chinese, english):
        if use.form.kind in regular:
            right.append(use)
        elif use.form.kind in _ORDERS:
            if not _shows_surname(use):
                turned.setdefault(use.name, []).append(use)
        else:
            yield _finding(context, use, chinese, english, f"figures.name-romanisation.{use.form.kind}", "")
    for row in exchanged(context, names, chinese, english):
        use = Use(row.name, row.unit, row.place, row.form)
        yield _finding(context, use, chinese, english, "figures.name-romanisation.other", "")
    # One who is always called the other way may want it so: said once, and of one mention only hinted at. Not so in a
    # house that has chosen an order other than the standard's.
    strict = context.facts.style.names == "given-first"
    known = {use.name for use in right}
    for name, uses in turned.items():
        certain = strict or name in known
        for use in uses if certain else uses[:1]:
            finding = _finding(context, use, chinese, english, _ORDERS[use.form.kind], "")
            yield finding if certain or len(uses) > 1 else replace(finding, severity=Severity.INFO)
    yield from _varying(context, right, chinese, english)


def _shows_surname(use: Use) -> bool:
    """Whether capitals say which word is the surname: Zhonghai LU."""
    words = use.form.text.split()
    return words[-1 if use.form.kind == "order" else 0].isupper()


def observe(context: Context) -> Iterator[Observation]:
    """One observation for each admissible spelling of a name, at its first place."""
    chinese, english = context.side_in("zh"), context.side_in("en")
    if chinese is None or english is None:
        return
    seen: set[tuple[str, str]] = set()
    for use in all_uses(context, person_names_of(context, chinese, english), chinese, english):
        pair = (use.name, _folded(use))
        if use.form.kind in ("standard", "order") and pair not in seen:
            seen.add(pair)
            yield Observation(
                rule=RULE.id,
                key=simplified(use.name),
                rendering=pair[1],
                mark=context.mark(english, shifted(context, use.unit, english, use.form.span)),
                other=context.mark(chinese, shifted(context, use.unit, chinese, use.place)),
                unit=use.unit.id,
                confidence=use.unit.confidence,
                name=use.name,
            )


def _varying(context: Context, uses: Sequence[Use], chinese: Side, english: Side) -> Iterator[Finding]:
    """Mentions in another admissible spelling than the one that the item uses most (of equals, first)."""
    counts: dict[str, Counter[str]] = {}
    for use in uses:
        counts.setdefault(use.name, Counter())[_folded(use)] += 1
    for use in uses:
        spellings = counts[use.name]
        usual = spellings.most_common(1)[0][0]
        if _folded(use) != usual:
            form = next(other.form.text for other in uses if other.name == use.name and _folded(other) == usual)
            yield _finding(context, use, chinese, english, "figures.name-romanisation.varies", form)


def _folded(use: Use) -> str:
    return use.form.text.lower().replace("’", "'")


def _finding(context: Context, use: Use, chinese: Side, english: Side, key: str, wanted: str) -> Finding:
    wanted = wanted or _proposed(context, use)
    span = shifted(context, use.unit, english, use.form.span)
    marks = {
        chinese: context.mark(chinese, shifted(context, use.unit, chinese, use.place)),
        english: context.mark(english, span),
    }
    return Finding(
        rule=RULE.id,
        message=Message.of(key, name=use.name, form=use.form.text, wanted=wanted),
        severity=RULE.severity,
        unit=use.unit.id,
        source=marks["source"],
        target=marks["target"],
        edit=Edit(english, span, wanted),
        suggestion=wanted,
    )


def _proposed(context: Context, use: Use) -> str:
    """The admissible form that the slip is nearest to, else the likeliest reading; in the order of the house."""
    written = use.form.text.lower()
    if use.form.kind in _ORDERS:
        return _turned(use.form.text)
    close = sorted(form for form in romanisations(use.name) if _is_near(form.lower(), written))
    first = preferred(use.name)
    wanted = first if first in close or not close else close[0]
    return _turned(wanted) if context.facts.style.names == "given-first" else wanted


def _is_near(form: str, written: str) -> bool:
    return near(form, written) or near(_turned(form), written)


def _turned(form: str) -> str:
    """A name of two words with its given name first."""
    return " ".join(reversed(form.split(" ")))


RULE: Rule = Rule("name-romanisation", "item", Severity.WARNING, check)

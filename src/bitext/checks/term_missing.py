"""A term of the glossary has no licensed rendering in the aligned text.

Why: names and terms that the institution has fixed must come out in the fixed form, or readers take one thing for two.
The rule counts occurrences: two mentions need two renderings. A short form, an acronym, one that the page introduces
itself ("the Future Fund (FF)"), a term inside a longer name, "the institute" after its name, a pronoun in the same
sentence or at the beginning of the next one, and a second verb of the same subject all count. So does a rendering that
the sentence before or after has to spare, unless this one names something else instead. What has all the words of the
term, but in another order, is a warning only. What is part of a longer Chinese word (血压 in 高血压), and an
institution that acts in the Chinese and goes without saying in an English passive ("Three seminars were held"), is a
note. If a deprecated variant stands there, term-deprecated says so; if the term was left in Chinese or in pinyin,
term-untranslated does.
A term whose column `translate` says no must stand in the translation as it is, to the letter.

How to mend: write the term that the finding proposes. If what the translation says is right too, admit it in the
glossary.

How to waive: `<!-- bitext-ignore term-missing: reason -->` before the sentence.

Fires:

    glossary: 腾飞班 = Ascend Class
    zh: 腾飞班入选典型案例。
    en: The programme was selected as a typical case.
    marks: 腾飞班

    glossary: 产教融合 = industry-education integration
    zh: 学校深化产教融合。
    en: The school deepens the integration of education with industry.
    marks: integration of education with industry

    glossary: 深圳信息职业技术学院 = Shenzhen Institute of Information Technology
    zh: 深圳信息职业技术学院与腾讯签约。
    en: Shenzhen Institute of Information Technolgy signed with Tencent.
    marks: Shenzhen Institute of Information Technolgy

    glossary: 深信院 = SZIIT
    zh: 深信院教师和深信院学生参加了活动。
    en: SZIIT teachers and students took part.

    glossary: 微电子学院 = School of Microelectronics
    zh: 微电子学院成立。
    en: The School of Microelectronics was founded.
    zh: 座谈会由微电子学院院长主持。
    en: The discussion was chaired by the Dean of the School of Gathering.
    marks: 微电子学院

    glossary: 金融管理专员 = Monetary Authority
    zh: 金融管理专员发布指引。
    en: The Monetary Authority issued guidelines.
    zh: 金融管理专员根据授权管理基金。
    en: The Treasurer, under delegated authority from the Secretary, manages the fund.

    glossary: 腾飞班 = Ascend Class
    zh: 腾飞班开班。
    en: The Ascend Class opened.
    zh: 腾飞班采取了提高质量的措施。
    en: The college took measures that raise quality.

    glossary: 外汇基金 = Exchange Fund
    zh: 外汇基金增长。
    en: The Exchange Fund grew.
    zh: 外汇基金持有美元资产。
    en: Large US assets are held.

    glossary: 腾飞班 = Ascend Class
    zh: 腾飞班开班。
    en: The Ascend Class opened.
    zh: 腾飞班邀请了一位作者介绍新作。
    en: The college invited an author to present its new work.

Silent:

    glossary: 病毒 = virus
    zh: 新冠病毒传播很快。
    en: The novel coronavirus spreads fast.

    glossary: 未来基金 = Future Fund
    zh: 未来基金表现良好。
    en: The Future Fund3 did well.

    glossary: 谅解备忘录 = MoUs
    zh: 双方举行谅解备忘录签署仪式。
    en: The two sides held an MoU signing ceremony.

    glossary: 深信院 = SZIIT; Shenzhen Institute of Information Technology
    zh: 深信院与腾讯签约，深信院校长出席。
    en: SZIIT signed with Tencent, and the president of the institute attended.

    glossary: 深信院 = SZIIT
    zh: 深信院表示，深信院将扩大合作。
    en: SZIIT said it would widen the cooperation.

    glossary: 腾飞班 = Ascend Class
    zh: 腾飞班获奖，腾飞班由腾讯设立。
    en: The Ascend Class won a prize and was set up by Tencent.

    glossary: 腾讯 = Tencent
    glossary: 腾讯云 = Tencent Cloud
    zh: 腾讯的云业务负责人出席。
    en: The head of Tencent Cloud attended.

    glossary: 未来基金 = Future Fund
    zh: 未来基金成立。
    en: The Future Fund (FF) was set up.
    zh: 他介绍了未来基金。
    en: He presented the FF.

    glossary: 弱方兑换保证 = weak-side Convertibility Undertaking
    zh: 弱方兑换保证是兑换保证之一。
    en: The weak-side Convertibility Undertaking is a Convertibility Undertaking (CU).
    zh: 弱方兑换保证没有触发。
    en: The weak-side CU was not triggered.

    glossary: 债券市场 = bond market
    zh: 债券市场和股票市场回落。
    en: Bond and equity markets fell back.

    glossary: 大学生 = university student
    zh: 大学生活丰富多彩。
    en: Campus life is colourful.

    glossary: 研发中心 = R&D centre
    zh: 两个研发中心揭牌。
    en: Two R & D Centers were unveiled.
"""

from __future__ import annotations

from collections.abc import Iterator

from bitext.checks.context import Context
from bitext.checks.renderings import Unrendered
from bitext.checks.rule import Rule
from bitext.model.findings import Edit, Finding, Message, Severity


def check(context: Context) -> Iterator[Finding]:
    """One finding for each name of the source without a rendering."""
    for one in context.renderings.unrendered:
        if one.instead not in ("nothing", "variant"):
            continue
        key = "again" if one.again else "found" if one.place is None else "variant"
        source = context.mark("source", one.mention.span)
        target = None if one.place is None else context.mark("target", one.place)
        yield Finding(
            rule=RULE.id,
            message=Message.of(
                f"rules.term-missing.{key}",
                term=source.text,
                preferred=one.preferred.text,
                variant="" if target is None else target.text,
            ),
            severity=_severity(one),
            unit=one.unit.id,
            source=source,
            target=target,
            edit=None if target is None else Edit("target", target.span, one.preferred.text),
            suggestion=one.preferred.text,
            concept=one.concept.id,
        )


def _severity(one: Unrendered) -> Severity:
    """Ordinary nouns are left out the second time in good English too: "Ebola and Marburg viruses"."""
    if one.tacit or (one.again and one.preferred.text.islower()):
        return Severity.INFO
    return Severity.WARNING if one.again or one.complete else RULE.severity


RULE = Rule("term-missing", "unit", Severity.ERROR, check)

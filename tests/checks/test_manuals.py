"""Every rule keeps what its manual promises, in both languages."""

import pytest
from tests.checks.examples import Example, facts, item, parse

from bitext.checks.registry import DEFAULT, RULES
from bitext.checks.rule import manual
from bitext.checks.run import judged

LANGUAGES = ("en", "zh")
CASES = [
    pytest.param(rule, example, id=f"{name}-{language}-{'fires' if example.fires else 'silent'}-{number}")
    for name, rule in RULES.items()
    for language in LANGUAGES
    for number, example in enumerate(parse(manual(rule, language)))
]


@pytest.mark.parametrize(("rule", "example"), CASES)
def test_an_example_of_the_manual_holds(rule: object, example: Example) -> None:
    chosen = next(known for known in RULES.values() if known is rule)
    bitext, glossary = item(example)
    # That a waiver is of no use is known only after all other rules have spoken.
    rules = DEFAULT if chosen is RULES["waiver-unused"] else [chosen]
    found = judged(bitext, glossary, rules, facts=facts(example)).findings
    findings = [finding for finding in found if finding.rule == chosen.id]
    assert bool(findings) is example.fires, [str(finding.message) for finding in findings]
    marked = {mark.text for f in findings for mark in (f.source, f.target, *f.related) if mark is not None}
    assert set(example.marks) <= marked


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", RULES)
def test_every_manual_has_an_example_that_fires_and_one_that_is_silent(name: str, language: str) -> None:
    assert {example.fires for example in parse(manual(RULES[name], language))} == {True, False}


@pytest.mark.parametrize("name", RULES)
def test_both_manuals_show_the_same_examples(name: str) -> None:
    english, chinese = (parse(manual(RULES[name], language)) for language in LANGUAGES)
    assert [example.rows for example in english] == [example.rows for example in chinese]

"""All rules, by id. A new rule is a module with a `RULE` and one entry here."""

from __future__ import annotations

from bitext.checks import (
    alignment_unsure,
    date_mismatch,
    english_variant,
    name_romanisation,
    number_mismatch,
    page_stale,
    page_unpaired,
    page_untranslated,
    plain_captions,
    plain_doubled,
    plain_han,
    plain_links,
    plain_quotes,
    plain_spaces,
    plain_width,
    rendering_inconsistent,
    segment_added,
    segment_omitted,
    term_case,
    term_deprecated,
    term_first_mention,
    term_inconsistent,
    term_missing,
    term_untranslated,
    title_mismatch,
    waiver_unused,
)
from bitext.checks.rule import Rule

RULES: dict[str, Rule] = {
    rule.id: rule
    for rule in (
        term_missing.RULE,
        term_deprecated.RULE,
        term_inconsistent.RULE,
        term_untranslated.RULE,
        term_case.RULE,
        term_first_mention.RULE,
        rendering_inconsistent.RULE,
        english_variant.RULE,
        number_mismatch.RULE,
        date_mismatch.RULE,
        name_romanisation.RULE,
        title_mismatch.RULE,
        segment_omitted.RULE,
        segment_added.RULE,
        alignment_unsure.RULE,
        page_untranslated.RULE,
        page_unpaired.RULE,
        page_stale.RULE,
        plain_width.RULE,
        plain_quotes.RULE,
        plain_doubled.RULE,
        plain_han.RULE,
        plain_spaces.RULE,
        plain_links.RULE,
        plain_captions.RULE,
        waiver_unused.RULE,
    )
}
"""Every rule, in the order in which they are listed to users."""

DEFAULT: tuple[Rule, ...] = tuple(rule for rule in RULES.values() if rule.default)
"""The rules that are run unless the user chooses others."""

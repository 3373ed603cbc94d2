"""A name is the subject of a further verb where the sentence says so plainly, and nowhere else."""

import pytest

from bitext.model.documents import Span
from bitext.terms.coordination import shared_subject

NAME = "Ascend Class"
CASES = [
    ("The Ascend Class won a prize and was set up by Tencent.", "passive"),
    ("The Ascend Class won a prize and has been extended.", "passive"),
    ("The Ascend Class won a prize and will be extended.", "passive"),
    ("The Ascend Class was set up in 2021 and has now trained 120 students.", "active"),
    ("The Ascend Class opened in May and later held a contest.", "active"),
    ("The Ascend Class then won a prize but never opened a laboratory.", "active"),
    ("In May the Ascend Class won a prize, and signed with Tencent.", "active"),
    ("In May the Ascend Class won a prize and signed contracts.", ""),
    # No second verb, or one with a subject of its own.
    ("The Ascend Class won a prize.", ""),
    ("The Ascend Class won a prize and Tencent set up a laboratory.", ""),
    ("The Ascend Class won a prize and invited experts.", ""),
    ("The Ascend Class won a prize and a medal.", ""),
    # The name is no subject, or the verb stands in another sentence.
    ("The students of the Ascend Class won a prize and were praised.", ""),
    ("Tencent set up the Ascend Class and won a prize.", ""),
    ("The Ascend Class won a prize. Tencent came and was praised.", ""),
    ("The Ascend Class, founded in May and led by Li, won.", ""),
]


@pytest.mark.parametrize(("text", "kind"), CASES)
def test_only_a_plain_second_verb_shares_the_subject(text: str, kind: str) -> None:
    start = text.index(NAME)
    found = shared_subject(text, Span(start, start + len(NAME)))
    assert found == kind


def test_long_sentences_cost_little() -> None:
    text = f"The {NAME} won " + "and or but " * 20_000
    assert shared_subject(text, Span(4, 4 + len(NAME))) == ""

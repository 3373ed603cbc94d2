"""The language of a text is told by its letters."""

from __future__ import annotations

import pytest

from bitext.text.languages import guess_language, han_share


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("深信院与腾讯签约。", "zh"),
        ("深信院與騰訊簽約，Tencent Cloud 負責人出席。", "zh"),
        ("SZIIT (深信院) signed with Tencent.", "en"),
        ("近日，中国天眼发现原子气体。 The China Sky Eye has found a huge structure of gas. " * 3, "en"),
        ("Ｔｅｎｃｅｎｔ signed.", "en"),
        ("Москва слезам не верит", None),
        ("これはテストです。ありがとう", None),
        ("2022-05-13 12:00", None),
        ("", None),
    ],
)
def test_a_text_has_the_language_of_most_of_its_letters(text: str, language: str | None) -> None:
    assert guess_language(text) == language


def test_the_share_counts_letters_only() -> None:
    assert han_share("中文ab 12，。") == 0.5
    assert han_share("12，。") == 0.0

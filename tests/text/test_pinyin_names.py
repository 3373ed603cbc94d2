"""Names of persons by their Latin forms: what looks like one, and which Chinese name it is a form of."""

import pytest

from bitext.text.names import split_readings, surnames, words
from bitext.text.pinyin_names import names_by_forms, pinyin_names, surname_readings


def test_the_table_of_surnames_in_pinyin_is_that_of_the_chinese_surnames() -> None:
    assert surname_readings() == {form for family in surnames() for form in split_readings(f"{family}一")[0]}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Wang Wei and Li Xiaoming spoke.", ["Wang Wei", "Li Xiaoming"]),
        ("of Interpol Meng Hongwei has confessed", ["Meng Hongwei"]),
        ("Author: Sun Liping Editor: Wang Sishuo", ["Sun Liping", "Wang Sishuo"]),
        ("Christopher Hui Ching-yu spoke.", []),
        ("Wang Wei Street", []),
        ("in Hong Kong", []),
    ],
)
def test_names_in_pinyin_are_found_by_their_form(text: str, names: list[str]) -> None:
    assert [form.text for form in pinyin_names(words(text))] == names


@pytest.mark.parametrize(
    ("chinese", "english", "names"),
    [
        ("会后王小红参观了学校", "Then Wang Xiaohang looked around.", {"王小红": "misspelt"}),
        ("会后王小红参观了学校", "Then Xiaohong Wang looked around.", {"王小红": "order"}),
        ("会后王小红参观了学校", "Then Wang Xiao-hong looked around.", {"王小红": "hyphen"}),
        ("會後歐陽文參觀", "Then Ouyang Wen looked around.", {"歐陽文": "standard"}),
        ("会后参观了学校", "Then Wang Xiaohong looked around.", {}),
        ("会后王小红参观了学校", "Then the Long March began.", {}),
    ],
)
def test_a_chinese_name_is_known_by_a_form_of_it(chinese: str, english: str, names: dict[str, str]) -> None:
    found = {name: forms[0].kind for name, _, forms in names_by_forms(chinese, words(english))}
    assert found == names

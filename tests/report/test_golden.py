"""The outputs as users see them are those in tests/golden/. To change them: `python -m tests.report.golden`."""

import pytest
from tests.report.golden import FOLDER, outputs

OUTPUTS = dict(outputs())


@pytest.mark.parametrize("name", OUTPUTS)
def test_an_output_is_as_kept(name: str) -> None:
    assert OUTPUTS[name] == (FOLDER / name).read_bytes().decode("utf-8")


def test_no_kept_output_is_left_over() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(OUTPUTS)

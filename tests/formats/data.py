"""Where the evaluation data lie beside the checkout; what needs them is skipped where they are absent."""

from __future__ import annotations

from pathlib import Path

import pytest


def data_folder(name: str) -> Path:
    """The folder `name` of the evaluation data, or a skip."""
    folder = Path(__file__).resolve().parents[3] / "shared" / "data" / name
    if not folder.is_dir():
        pytest.skip(f"the evaluation data are not beside the checkout ({name})")
    return folder

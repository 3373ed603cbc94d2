"""Language tags of bitexts: spelled in many ways, and chosen from where a file has more than two."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache

_PRIMARY = {"zho": "zh", "chi": "zh", "cmn": "zh", "chinese": "zh", "eng": "en", "english": "en"}
_TRADITIONAL = frozenset({"hant", "tw", "hk", "mo"})


@lru_cache(maxsize=1024)
def folded(tag: str) -> str:
    """`tag` as it is compared: zh-CN, zh_CN and ZH-cn are the same."""
    return tag.strip().replace("_", "-").lower()


@lru_cache(maxsize=1024)
def primary(tag: str) -> str:
    """The language of `tag` without script and region: "zh" for zh-CN, zho and cmn-Hans."""
    first = folded(tag).split("-", 1)[0]
    return _PRIMARY.get(first, first)


def _traditional(tag: str) -> bool:
    return not _TRADITIONAL.isdisjoint(folded(tag).split("-")[1:])


def best(wanted: str, tags: Sequence[str], taken: Collection[int] = ()) -> int:
    """The index of the one of `tags` that is `wanted`, or is nearest to it in the same language and script; -1 if none.

    The indexes `taken` are left out.
    """
    ranked = [
        (folded(tag) != folded(wanted), _traditional(tag) != _traditional(wanted), index)
        for index, tag in enumerate(tags)
        if primary(tag) == primary(wanted) and index not in taken
    ]
    return min(ranked)[2] if ranked else -1


def pair_of(source: str, target: str, seen: Sequence[str]) -> tuple[str, str]:
    """Source and target language of a file that declares `source` and `target` (either may be empty) and holds `seen`.

    `seen` are the tags in the order of the file. Chinese and English are chosen where both are there, else what is
    declared, else the first ones.
    """
    spelled = _spelled(source, [tag for tag in seen if folded(tag) != folded(target)])
    target = _spelled(target, [tag for tag in seen if folded(tag) != folded(spelled or source)])
    source = spelled or (source if len(seen) < 2 else "")
    chinese = best("zh", [*filter(None, (source, target)), *seen])
    english = best("en", [*filter(None, (source, target)), *seen])
    known = [*filter(None, (source, target)), *seen]
    if chinese >= 0 and english >= 0:
        first, second = sorted((chinese, english))
        if primary(source) == "en" or (primary(target) == "zh" and primary(source) != "zh"):
            return known[english], known[chinese]
        return (known[chinese], known[english]) if primary(source) == "zh" else (known[first], known[second])
    source = source or next((tag for tag in seen if folded(tag) != folded(target)), "")
    others = [tag for tag in seen if folded(tag) != folded(source)]
    return source or "zh", target or next(iter(others), "") or ("zh" if primary(source) == "en" else "en")


def _spelled(tag: str, seen: Sequence[str]) -> str:
    """`tag` as the file spells it; as it is where the file has no language, nothing where it has others only."""
    if not tag or not seen or any(folded(tag) == folded(other) for other in seen):
        return tag
    near = best(tag, seen)
    return seen[near] if near >= 0 else ""

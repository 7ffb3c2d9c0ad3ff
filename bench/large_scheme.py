"""Schemes larger than any that ships: so many criteria in so many groups, with levels like those of the shipped one."""

from pathlib import Path
from typing import Any

import yaml

_Tree = dict[str, Any]
_CATEGORIES = 9
_LEVELS = ((60, "30%"), (70, "40%"), (85, "50%"))


def write_large_scheme(path: Path, criteria: int, groups: int) -> Path:
    """A scheme file with so many criteria, yes or no, spread over so many groups within at most nine categories.

    Each level asks for a share of the total and of each category, for prerequisites (a criterion in ten is one), and
    that little is excused, as the shipped scheme does.
    """
    inner = [
        _group(number, range(criteria * number // groups, criteria * (number + 1) // groups))
        for number in range(groups)
    ]
    places = min(groups, _CATEGORIES)
    tree = {
        "scheme": "large",
        "version": "1",
        "title": "Large",
        "languages": ["en"],
        "scoring": {"points": 100},
        "categories": [
            {"category": f"C{place}", "title": f"Category {place}", "categories": inner[place::places]}
            for place in range(places)
        ],
        "levels": [_level(number, total, share) for number, (total, share) in enumerate(_LEVELS, 1)],
    }
    path.write_text(yaml.safe_dump(tree, sort_keys=False), encoding="utf-8")
    return path


def _group(number: int, criteria: range) -> _Tree:
    return {"category": f"G{number}", "title": f"Group {number}", "criteria": [_criterion(at) for at in criteria]}


def _criterion(number: int) -> _Tree:
    kind: _Tree = {"prerequisite": True} if number % 10 == 9 else {"points": 1 + number % 5}
    words = {"title": f"Criterion {number}", "type": "boolean", "ask": "Is it so?"}
    return {"id": f"N-{number:04}", **words, **kind, "evidence": ["photo"]}


def _level(number: int, total: int, share: str) -> _Tree:
    requires = {
        "total": f"{total}%",
        "each_category": {"min": share, "where_applies": "50%"},
        "excused": "15%",
        "findings": {"major": 0},
        "prerequisites": "all",
    }
    return {"id": f"star-{number}", "title": f"Star {number}", "stars": number, "requires": requires}

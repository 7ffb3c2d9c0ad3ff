"""The schemes of a database, for a program."""

from collections.abc import Sequence
from typing import Any

from greenstar.services.schemes.stored_schemes import StoredScheme


def schemes_json(stored: Sequence[StoredScheme], language: str) -> list[dict[str, Any]]:
    """`schemes list --json`."""
    return [_row(scheme, language) for scheme in stored]


def scheme_json(stored: StoredScheme, language: str) -> dict[str, Any]:
    """One version of `schemes show --json`."""
    scheme = stored.scheme
    assert scheme is not None
    cycles: dict[str, dict[str, int]] = {}
    for visits in stored.visits:
        cycles.setdefault(visits.cycle, {})[visits.status] = visits.count
    return {
        **_row(stored, language),
        "criteria": len(scheme.criteria),
        "categories": [group.category for group in scheme.categories],
        "levels": [level.id for level in scheme.levels],
        "cycles": [{"cycle": cycle, **counts} for cycle, counts in cycles.items()],
    }


def _row(stored: StoredScheme, language: str) -> dict[str, Any]:
    row = stored.row
    return {
        "scheme": row.name,
        "version": row.version,
        "title": stored.title.in_(language),
        "scheme_sha256": row.sha256,
        "rules_sha256": row.rules,
        "edition": row.edition,
        "added": stored.wordings[0].added_at,
        "wordings": [wording.sha256 for wording in stored.wordings],
        "other_rules": stored.other_rules,
        "visits": stored.count(),
        "drafts": stored.count("draft"),
    }

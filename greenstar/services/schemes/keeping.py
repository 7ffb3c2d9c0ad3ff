"""Keeping schemes in the storage: one version means one set of rules, whose wording may be mended."""

import json
from collections.abc import Iterator
from typing import Any

from greenstar.errors import BadInput
from greenstar.i18n.phrase import Phrase
from greenstar.numbers import written
from greenstar.scheme.levels import Level, RankKey
from greenstar.scheme.model import Scheme
from greenstar.scoring.edges import of_excused_points, of_total
from greenstar.services.schemes import registry
from greenstar.services.schemes.diff import SchemeChange, diff
from greenstar.storage.protocols.schemes import SchemeRow
from greenstar.storage.protocols.storage import Storage
from greenstar.text import first_of

_MOST_NAMED = 5


def keep(storage: Storage, scheme: Scheme, at: str) -> bool:
    """Put a scheme into the storage; whether it is new there. BadInput: its version is there with other rules only.

    Under rules that are there already it has the edition of these: one league is scored by one measure.
    """
    if storage.schemes.get(scheme.sha256) is not None:
        return False
    refuse_other_rules(storage, scheme)
    alike = registry.wordings_of(storage, scheme.rules_sha256)
    edition = alike[-1].edition if alike else scheme.edition
    text = json.dumps(summary(scheme), ensure_ascii=False)
    row = SchemeRow(scheme.sha256, scheme.name, scheme.version, text, at, scheme.rules_sha256, edition)
    storage.schemes.keep(row, scheme.canonical)
    registry.remember(scheme)
    return True


def refuse_other_rules(storage: Storage, scheme: Scheme) -> None:
    """Refuse (BadInput) a scheme whose version is in the storage with other rules only, naming what differs."""
    stored = other_rules(storage, scheme)
    if stored is not None:
        raise other_rules_error(stored, scheme)


def other_rules_error(stored: Scheme, scheme: Scheme) -> BadInput:
    """That a version is stored with other rules, and what differs."""
    changes = list(rule_changes(stored, scheme))
    values = {"scheme": scheme.name, "version": scheme.version, "count": len(changes)}
    return BadInput("storage.other_rules", changes=first_of(changes, _MOST_NAMED), **values)


def other_rules(storage: Storage, scheme: Scheme) -> Scheme | None:
    """What is stored under the version of a scheme, where that has other rules; else None."""
    rows = [row for row in storage.schemes.all() if (row.name, row.version) == (scheme.name, scheme.version)]
    if not rows or scheme.rules_sha256 in {row.rules for row in rows}:
        return None
    return registry.stored(storage, rows[-1].sha256)


def rule_changes(old: Scheme, new: Scheme) -> Iterator[Phrase]:
    """What differs in the rules of two schemes, each with what it is of."""
    for change in diff(old, new).changes:
        if not change.is_wording:
            yield Phrase("diff.line", head=_head(change), sentence=change.message)


def _head(change: SchemeChange) -> Phrase:
    return Phrase(f"diff.head_{change.area}", name=change.subject)


def summary(scheme: Scheme) -> dict[str, Any]:
    """What a ranking shows of a scheme, so that it need not read it; texts by language, figures exact."""
    edges, excused = of_total(scheme), of_excused_points(scheme)
    keys = scheme.lighthouse.rank_by
    return {
        "title": scheme.title.by_language,
        "categories": [{"id": group.category, "title": group.title.by_language} for group in scheme.categories],
        "levels": [
            {"id": level.id, "title": level.title.by_language, "stars": level.stars, **_total(level)}
            for level in scheme.levels
        ],
        "rank_by": [
            {"id": key.id, "title": key.title.by_language} if isinstance(key, RankKey) else {"id": "total"}
            for key in keys
        ],
        "edges": {
            "total": [written(edge) for edge in edges.points],
            "share": [written(edge) for edge in edges.shares],
        },
        "excused": {
            "points": [written(edge) for edge in excused.most.points],
            "shares": [written(edge) for edge in excused.most.shares],
            "of": written(excused.worth),
        },
    }


def _total(level: Level) -> dict[str, Any]:
    """The total that a level asks for at least, where it asks for one."""
    total = level.requires.total
    return {} if total is None else {"total": {"least": written(total.value), "percent": total.percent}}

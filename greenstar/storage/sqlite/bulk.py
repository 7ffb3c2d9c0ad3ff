"""Stores and sealed visits by the thousand: a few statements that run once a row."""

from collections.abc import Sequence
from operator import attrgetter

from typing_extensions import override

from greenstar.assessment.cycles import cycle_key
from greenstar.storage.protocols.bulk import Bulk, SealedVisit
from greenstar.storage.protocols.scorecards import GroupRow
from greenstar.storage.protocols.stores import StoreRow
from greenstar.storage.sqlite.connection import Database
from greenstar.storage.sqlite.scorecards import FIGURES, GROUP, KEEP, KEEP_GROUP
from greenstar.text import folded

_STORE = "INSERT INTO store (code, folded, name, city, region, added_at) VALUES (?, ?, ?, ?, ?, ?)"
_VISIT = """
    INSERT INTO assessment (
        id, ulid, kind, store, store_name, city, region, cycle, cycle_key, scheme_name, scheme, revision, status,
        assessor, visited, started_at, changed_at, submitted_at, seal, sealed
    ) VALUES (?, ?, 'visit', ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_figures, _group = attrgetter(*FIGURES), attrgetter(*GROUP)


class BulkTables(Bulk):
    """The tables of stores, visits and scorecards."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @override
    def add_stores(self, stores: Sequence[StoreRow], at: str) -> None:
        rows = ((store.code, folded(store.code), store.name, store.city, store.region, at) for store in stores)
        self._database.write_many(_STORE, rows)

    @override
    def add_sealed(self, visits: Sequence[SealedVisit], *, scheme_name: str, scheme: str, event: int) -> None:
        first = self._database.value("SELECT coalesce(max(id), 0) + 1 FROM assessment")
        keys = {cycle: cycle_key(cycle) for cycle in {visit.cycle for visit in visits}}
        numbered = list(enumerate(visits, first))
        self._database.write_many(
            _VISIT,
            (
                (
                    *(number, visit.ulid, visit.store.code, visit.store.name, visit.store.city, visit.store.region),
                    *(visit.cycle, keys[visit.cycle], scheme_name, scheme, visit.status, visit.assessor),
                    *(visit.visited, visit.at, visit.at, visit.at, visit.seal, visit.sealed),
                )
                for number, visit in numbered
            ),
        )
        self._database.write_many(
            KEEP, ((number, event, visit.at, *_figures(visit.card)) for number, visit in numbered)
        )
        groups = ((number, group) for number, visit in numbered for group in visit.card.groups)
        self._database.write_many(KEEP_GROUP, ((number, *_row(group)) for number, group in groups))


def _row(group: GroupRow) -> tuple[object, ...]:
    row: tuple[object, ...] = _group(group)
    return row

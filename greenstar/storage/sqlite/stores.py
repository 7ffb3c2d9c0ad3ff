"""Stores and their facts as rows."""

from typing import Literal

from typing_extensions import override

from greenstar.assessment.cycles import cycle_key
from greenstar.record.replay import State
from greenstar.storage.protocols.stores import OverviewRow, StoreRow, Stores
from greenstar.storage.sqlite.connection import Database
from greenstar.storage.sqlite.error_messages import Translated
from greenstar.storage.sqlite.states import store_state
from greenstar.text import folded

_STORES = "SELECT code, name, city, region FROM store"
_OVERVIEW = """
    SELECT
        store.code, store.name, store.city, store.region,
        assessment.cycle, assessment.scheme, assessment.status, assessment.changed_at,
        scorecard.level, coalesce(scorecard.stars, 0) AS stars, scorecard.total, scorecard.available,
        coalesce(scorecard.answered, 0) AS answered, coalesce(scorecard.asked, 0) AS asked, store.closed,
        assessment.visited, assessment.cursor, assessment.id AS assessment
    FROM store
    LEFT JOIN assessment ON assessment.id = (
        SELECT latest.id FROM assessment AS latest
        WHERE latest.store = store.code AND latest.kind = 'visit' AND latest.cycle_key <= :cycle_key
        AND latest.set_aside IS NULL
        ORDER BY latest.cycle_key DESC, latest.revision DESC, latest.id DESC
        LIMIT 1
    )
    LEFT JOIN scorecard ON scorecard.assessment = assessment.id
    ORDER BY assessment.status IS NOT 'draft', CASE assessment.status WHEN 'draft' THEN assessment.changed_at END DESC,
        store.code
"""


class StoreTables(Stores):
    """The tables of stores and facts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @override
    def add(self, store: StoreRow, at: str) -> None:
        self._database.execute(
            "INSERT INTO store (code, folded, name, city, region, added_at) VALUES (?, ?, ?, ?, ?, ?)",
            (store.code, folded(store.code), store.name, store.city, store.region, at),
        )

    @override
    def change(self, store: StoreRow) -> None:
        sql = "UPDATE store SET name = :name, city = :city, region = :region WHERE code = :code"
        self._database.execute(sql, vars(store))

    @override
    def get(self, code: str) -> StoreRow | None:
        row = self._database.row(f"{_STORES} WHERE code = ?", (code,))
        return None if row is None else StoreRow(**row)

    @override
    def all(self) -> dict[str, StoreRow]:
        return {row["code"]: StoreRow(**row) for row in self._database.rows(f"{_STORES} ORDER BY code")}

    @override
    def called(self, code: str) -> str | None:
        sql = "SELECT code FROM store WHERE folded = ? ORDER BY code <> ?, added_at, code LIMIT 1"
        return self._database.text(sql, (folded(code), code))

    @override
    def closed_on(self, code: str) -> str | None:
        return self._database.text("SELECT closed FROM store WHERE code = ?", (code,))

    @override
    def put_closed(self, code: str, day: str | None) -> None:
        self._database.execute("UPDATE store SET closed = ? WHERE code = ?", (day, code))

    @override
    def codes(self) -> list[str]:
        return [row["code"] for row in self._database.rows("SELECT code FROM store ORDER BY code")]

    @override
    def regions(self) -> list[str]:
        sql = "SELECT region FROM store UNION SELECT region FROM assessment WHERE kind = 'visit' ORDER BY region"
        return [row["region"] for row in self._database.rows(sql)]

    @override
    def lies_elsewhere(self, code: str, place: Literal["city", "region"], name: str) -> bool:
        sql = f"SELECT 1 FROM store WHERE {place} = ? AND code <> ? LIMIT 1"  # noqa: S608 - of two names
        return bool(self._database.rows(sql, (name, code)))

    @override
    def cities_but_of(self, code: str) -> list[str]:
        sql = "SELECT city FROM store WHERE code <> ? GROUP BY city ORDER BY min(rowid)"
        return [row["city"] for row in self._database.rows(sql, (code,))]

    @override
    def regions_but_of(self, code: str) -> list[str]:
        sql = "SELECT region FROM store WHERE code <> ? GROUP BY region ORDER BY min(rowid)"
        return [row["region"] for row in self._database.rows(sql, (code,))]

    @override
    def state(self, code: str) -> State | None:
        with Translated(self._database.path):
            return store_state(self._database.tables.execute, code)

    @override
    def overview(self, cycle: str) -> list[OverviewRow]:
        return [OverviewRow(**row) for row in self._database.rows(_OVERVIEW, {"cycle_key": cycle_key(cycle)})]

    @override
    def facts(self, code: str) -> dict[str, str]:
        rows = self._database.rows("SELECT name, value FROM fact WHERE store = ? ORDER BY name", (code,))
        return {row["name"]: row["value"] for row in rows}

    @override
    def fact(self, code: str, name: str) -> str | None:
        return self._database.text("SELECT value FROM fact WHERE store = ? AND name = ?", (code, name))

    @override
    def copy_facts(self, code: str, assessment: int) -> None:
        sql = "INSERT INTO visit_fact SELECT ?, name, value, at, by FROM fact WHERE store = ?"
        self._database.execute(sql, (assessment, code))

    @override
    def put_fact(self, store: str, name: str, value: str | None, *, at: str, by: str) -> None:
        if value is None:
            self._database.execute("DELETE FROM fact WHERE store = ? AND name = ?", (store, name))
            return
        self._database.execute(
            "INSERT INTO fact (store, name, value, at, by) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (store, name) DO UPDATE SET value = excluded.value, at = excluded.at, by = excluded.by",
            (store, name, value, at, by),
        )

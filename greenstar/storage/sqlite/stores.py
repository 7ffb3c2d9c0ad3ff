"""Stores and their facts as rows."""

from greenstar.storage.sqlite.connection import Database, Row

_OVERVIEW = """
    SELECT
        store.code, store.name, store.city, store.region,
        assessment.cycle, assessment.status, assessment.changed_at,
        scorecard.level, coalesce(scorecard.stars, 0) AS stars, scorecard.total,
        coalesce(scorecard.answered, 0) AS answered, coalesce(scorecard.asked, 0) AS asked
    FROM store
    LEFT JOIN assessment ON assessment.id = (
        SELECT latest.id FROM assessment AS latest
        WHERE latest.store = store.code AND latest.cycle <= :cycle
        ORDER BY latest.cycle DESC, latest.revision DESC, latest.id DESC
        LIMIT 1
    )
    LEFT JOIN scorecard ON scorecard.assessment = assessment.id
    ORDER BY assessment.status IS NOT 'draft', CASE assessment.status WHEN 'draft' THEN assessment.changed_at END DESC,
        store.code
"""


def add(database: Database, row: Row) -> None:
    """Add a store: `code, name, city, region, added_at`."""
    database.execute(
        "INSERT INTO store (code, name, city, region, added_at) VALUES (:code, :name, :city, :region, :added_at)", row
    )


def change(database: Database, row: Row) -> None:
    """Change what a store is called and where it lies."""
    database.execute("UPDATE store SET name = :name, city = :city, region = :region WHERE code = :code", row)


def one(database: Database, code: str) -> Row | None:
    """The store of that code."""
    return database.row("SELECT code, name, city, region FROM store WHERE code = ?", (code,))


def in_any_case(database: Database, code: str) -> str | None:
    """The code of the store that is called so but for capital letters."""
    found: str | None = database.value("SELECT code FROM store WHERE lower(code) = lower(?)", (code,))
    return found


def codes(database: Database) -> list[str]:
    """All codes."""
    return [row["code"] for row in database.rows("SELECT code FROM store ORDER BY code")]


def regions(database: Database) -> list[str]:
    """All regions in use."""
    return [row["region"] for row in database.rows("SELECT DISTINCT region FROM store ORDER BY region")]


def overview(database: Database, cycle: str) -> list[Row]:
    """Every store with its latest assessment up to a cycle: drafts first, the newest before the others."""
    return database.rows(_OVERVIEW, {"cycle": cycle})


def facts(database: Database, code: str) -> dict[str, str]:
    """A store's facts, as JSON texts."""
    rows = database.rows("SELECT name, value FROM fact WHERE store = ? ORDER BY name", (code,))
    return {row["name"]: row["value"] for row in rows}


def fact(database: Database, code: str, name: str) -> str | None:
    """One fact, as JSON text."""
    found: str | None = database.value("SELECT value FROM fact WHERE store = ? AND name = ?", (code, name))
    return found


def put_fact(database: Database, row: Row) -> None:
    """Keep a fact: `store, name, value, at, by`; a value of None removes it."""
    if row["value"] is None:
        database.execute("DELETE FROM fact WHERE store = :store AND name = :name", row)
        return
    database.execute(
        "INSERT INTO fact (store, name, value, at, by) VALUES (:store, :name, :value, :at, :by) "
        "ON CONFLICT (store, name) DO UPDATE SET value = excluded.value, at = excluded.at, by = excluded.by",
        row,
    )

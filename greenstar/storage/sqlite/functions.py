"""What migrations call from SQL. None of it ever fails: what is stored always opens."""

import sqlite3
from datetime import UTC, datetime

from greenstar.assessment.cycles import cycle_key
from greenstar.ranking.stored import first_reason, key_number
from greenstar.record.canonical import sha256_of
from greenstar.record.ulids import new_ulid
from greenstar.scheme.loader import scheme_from_json
from greenstar.storage.sqlite.carrying import carry_journal_over, identity_of
from greenstar.text import folded


def register(connection: sqlite3.Connection) -> None:
    """Make them known to a connection."""
    connection.create_function("cycle_key", 1, cycle_key, deterministic=True)
    connection.create_function("folded", 1, folded, deterministic=True)
    connection.create_function("rules_sha256", 1, _rules_of_stored, deterministic=True)
    connection.create_function("ulid_of", 2, identity_of, deterministic=True)
    connection.create_function("key_number", 2, _key_number, deterministic=True)
    connection.create_function("first_reason", 1, _first_reason, deterministic=True)
    connection.create_function("new_identity", 0, lambda: new_ulid(datetime.now(UTC)))
    connection.create_function("carry_journal_over", 0, lambda: carry_journal_over(connection))


def _rules_of_stored(text: str) -> str:
    """The hash of the rules of a stored scheme; of its text, where that cannot be read any more."""
    try:
        return scheme_from_json(text).rules_sha256
    except Exception:  # noqa: BLE001 - whatever an old file holds: it must open
        return sha256_of(text)


def _key_number(keys: str, place: int) -> float | None:
    try:
        return key_number(keys, place)
    except Exception:  # noqa: BLE001 - whatever an old file holds: it must open
        return None


def _first_reason(why_not: str) -> str | None:
    try:
        return first_reason(why_not)
    except Exception:  # noqa: BLE001 - whatever an old file holds: it must open
        return None

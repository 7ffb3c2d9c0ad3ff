"""Statements and signatures as rows."""

import json
from collections.abc import Iterator, Mapping, Sequence

from typing_extensions import override

from greenstar.record.canonical import sha256_of
from greenstar.record.statement import Statement
from greenstar.storage.protocols.statements import Signatures, StatementRow, Statements
from greenstar.storage.sqlite.connection import Database, batches

_SELECT = "SELECT sha256, seal, kind, at, document FROM statement"


class StatementTable(Statements):
    """The table of statements; triggers keep it from being changed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @override
    def keep(self, statement: Statement) -> str:
        document = statement.document.decode()
        sha256 = sha256_of(document)
        self._database.execute(
            "INSERT INTO statement (sha256, seal, kind, at, document) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (sha256, statement.seal, statement.kind, statement.at, document),
        )
        return sha256

    @override
    def of_seals(self, seals: Sequence[str]) -> list[StatementRow]:
        sql = f"{_SELECT} WHERE seal IN (SELECT value FROM json_each(?))"  # noqa: S608 - a constant of this file
        rows = [row for batch in batches(seals) for row in self._database.rows(sql, (json.dumps(batch),))]
        return sorted((StatementRow(**row) for row in rows), key=lambda row: (row.at, row.sha256))

    @override
    def all(self) -> Iterator[StatementRow]:
        return (StatementRow(**row) for row in self._database.stream(f"{_SELECT} ORDER BY at, sha256"))


class SignatureTable(Signatures):
    """The table of signatures; triggers keep it from being changed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @override
    def keep(self, document: str, key: str, armour: str) -> None:
        sql = "INSERT INTO signature (document, key, armour) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
        self._database.execute(sql, (document, key, armour))

    @override
    def of(self, documents: Sequence[str]) -> Mapping[str, Sequence[str]]:
        sql = "SELECT document, armour FROM signature WHERE document IN (SELECT value FROM json_each(?)) ORDER BY key"
        armours: dict[str, list[str]] = {}
        for batch in batches(documents):
            for row in self._database.rows(sql, (json.dumps(batch),)):
                armours.setdefault(row["document"], []).append(row["armour"])
        return armours

    @override
    def is_any(self) -> bool:
        return bool(self._database.value("SELECT EXISTS (SELECT 1 FROM signature)"))

    @override
    def all(self) -> Iterator[tuple[str, str, str]]:
        rows = self._database.stream("SELECT document, key, armour FROM signature ORDER BY document, key")
        return ((row["document"], row["key"], row["armour"]) for row in rows)

"""Statements: small documents about a seal, each written in one way only."""

import json

import pytest

from greenstar.record.statement import NoStatement, Statement, read_statement
from tests.rows import rows

SEAL = "ab" * 32
DECIDED = Statement(
    id="01ARZ3NDEKTSV4RRFFQ69G5FAV",
    kind="decided",
    seal=SEAL,
    at="2026-05-12T09:30:00.000Z",
    by="王工",
    database="01ARZ3NDEKTSV4RRFFQ69G5FAW",
    content={"level": "star-2", "certificate": "GS-2026-abababab", "last_day": None},
)


def test_a_statement_is_read_back_from_its_document() -> None:
    assert read_statement(DECIDED.document) == DECIDED


def test_a_statement_is_canonical_json_that_says_what_it_is() -> None:
    assert DECIDED.document.decode() == (
        '{"at":"2026-05-12T09:30:00.000Z","by":"王工","certificate":"GS-2026-abababab",'
        '"database":"01ARZ3NDEKTSV4RRFFQ69G5FAW","domain":"greenstar/statement","id":"01ARZ3NDEKTSV4RRFFQ69G5FAV",'
        f'"kind":"decided","last_day":null,"level":"star-2","seal":"{SEAL}","version":1}}'
    )


@rows(
    "changed",
    [
        {"domain": "greenstar/event"},
        {"version": 2},
        {"kind": "bought"},
        {"seal": "AB" * 32},
        {"seal": "ab"},
        {"seal": None},
        {"by": 5},
        {"id": None},
    ],
)
def test_a_document_that_says_something_else_is_no_statement(changed: dict[str, object]) -> None:
    held = {**json.loads(DECIDED.document), **changed}
    with pytest.raises(NoStatement):
        read_statement(json.dumps(held, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode())


@rows(
    "document",
    [
        b"",
        b"\xff",
        b"[]",
        b"{}",
        b"[" * 100_000,
        DECIDED.document + b"\n",
        DECIDED.document.replace(b'"at"', b' "at"'),
        DECIDED.document.replace(b'"at"', b'"at":"2027-05-12T09:30:00.000Z","at"'),
        DECIDED.document.replace(b'"by":"\xe7\x8e\x8b', b'"by":"\\u738b'),
    ],
)
def test_a_document_that_is_written_in_another_way_is_no_statement(document: bytes) -> None:
    with pytest.raises(NoStatement):
        read_statement(document)

"""Events, their journal and the sealed document: pure, byte for byte."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from greenstar.assessment.model import Evidence, Finding
from greenstar.record.canonical import canonical, sha256_of
from greenstar.record.event import COLUMNS, Change
from greenstar.record.journal import START, chained, first_broken
from greenstar.record.plain import plain_visit, visit_from
from greenstar.record.sealed import sealed_document
from greenstar.record.timestamps import read_time, written_time
from greenstar.scoring.score import score
from tests.builders import figure, scheme_of, visit
from tests.rows import rows

AT = "2026-05-12T09:30:00.000Z"


def journal(*changes: Change) -> Iterator[dict[str, Any]]:
    """The events that note changes from the beginning, as a storage reads them back."""
    for columns, sha256 in chained(changes, AT, "Ada", number=0, previous=START):
        yield {**dict(zip(COLUMNS, columns, strict=True)), "hash": sha256}


def test_canonical_json_is_sorted_without_spaces_and_in_its_own_characters() -> None:
    assert canonical({"b": [1, None], "a": "读数"}) == '{"a":"读数","b":[1,null]}'
    assert sha256_of("读数") == hashlib.sha256("读数".encode()).hexdigest()


def test_an_event_is_hashed_by_the_names_of_its_columns_and_without_what_it_lacks() -> None:
    (event,) = journal(Change("answer", "q", None, '"5"', store="S-1"))
    kept = {"id": 1, "store": "S-1", "at": AT, "by": "Ada", "kind": "answer", "subject": "q", "became": '"5"'}
    assert event["hash"] == sha256_of(canonical({**kept, "previous": START}))


def test_a_journal_goes_on_from_its_last_event() -> None:
    first, second = journal(Change("one"), Change("two"))
    ((columns, sha256),) = chained([Change("two")], AT, "Ada", number=1, previous=first["hash"])
    assert (dict(zip(COLUMNS, columns, strict=True)), sha256) == (
        {name: second[name] for name in COLUMNS},
        second["hash"],
    )


@rows("column", ["id", "kind", "became", "by", "previous", "hash"])
def test_a_journal_breaks_where_an_event_is_altered(column: str) -> None:
    events = list(journal(*(Change("note", str(number), None, "1") for number in range(3))))
    assert first_broken(events) is None
    events[1][column] = "other"
    assert first_broken(events) == 2


def test_a_journal_breaks_where_an_event_is_missing() -> None:
    events = list(journal(Change("one"), Change("two"), Change("three")))
    assert first_broken([events[0], events[2]]) == 2


def test_a_sealed_document_is_canonical_and_gives_its_visit_back() -> None:
    made = scheme_of(figure("a") + figure("b"))
    sealed = visit(
        {"a": 5, "b": 3},
        away="b",
        findings=(Finding("a", "minor", "loose", "fasten", date(2026, 8, 1)),),
    )
    sealed = replace(sealed, evidence={"a": (Evidence("meter.jpg", True, "读数", "ab" * 32, 5, AT),)})
    text = sealed_document(made, sealed, score(made, sealed), revision=2, submitted=AT)
    document = json.loads(text)
    assert text == canonical(document)
    assert (document["format"], document["revision"], document["submitted"]) == (1, 2, AT)
    assert document["scheme"]["sha256"] == made.sha256
    assert visit_from(document, made) == visit_from(plain_visit(sealed, made), made) == sealed


def test_times_are_written_in_one_zone_and_sort_as_they_do() -> None:
    at = datetime(2026, 5, 12, 9, 30, tzinfo=UTC)
    assert written_time(at.astimezone(timezone(timedelta(hours=8)))) == written_time(at) == AT
    assert read_time(AT) == at

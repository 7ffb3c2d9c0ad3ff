"""Canonical texts and the sealed document: pure, byte for byte."""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenstar.assessment.model import Evidence, Finding
from greenstar.record.canonical import canonical, canonical_of_plain, sha256_of
from greenstar.record.event import Event
from greenstar.record.journal import Head
from greenstar.record.plain import plain_evidence, plain_findings, plain_visit, visit_from
from greenstar.record.replay import HeldContent, State
from greenstar.record.sealed import Sealing, sealed_document
from greenstar.record.timestamps import read_time, written_time
from greenstar.scoring.score import score
from tests.builders import figure, scheme_of, visit

AT = "2026-05-12T09:30:00.000Z"


def test_canonical_json_is_sorted_without_spaces_and_in_its_own_characters() -> None:
    assert canonical({"b": [1, None], "a": "读数"}) == '{"a":"读数","b":[1,null]}'
    assert (
        canonical({"\U0001f600": 1.0, "\ufb33": 1e21}) == '{"\U0001f600":1,"\ufb33":1e+21}'
    )  # RFC 8785's order, and numbers
    assert sha256_of("读数") == hashlib.sha256("读数".encode()).hexdigest()


@given(st.dictionaries(st.sampled_from(["a", "Z", "_b"]), st.text() | st.integers(0, 2**50) | st.lists(st.text())))
def test_the_quick_canonical_form_is_the_same(plain: dict[str, Any]) -> None:
    assert canonical_of_plain(plain) == canonical(plain)


def test_what_no_other_program_reads_has_no_canonical_form() -> None:
    for value in ({"a": "\ud800"}, {"a": "\ud800读"}):
        with pytest.raises(ValueError, match=r"UTF-8|surrogates"):
            canonical(value)
        with pytest.raises(ValueError, match="surrogates"):
            canonical_of_plain(value)


def of_document(document: dict[str, Any], keys: str) -> list[Any]:
    """Some of what a document says."""
    return [document[key] for key in keys.split()]


def test_a_sealed_document_is_canonical_and_gives_its_visit_back() -> None:
    made = scheme_of(figure("a") + figure("b"))
    sealed = visit(
        {"a": 5, "b": 3},
        away="b",
        findings=(Finding("a", "minor", "loose", "fasten", date(2026, 8, 1)),),
    )
    sealed = replace(sealed, evidence={"a": (Evidence("meter.jpg", True, "读数", "ab" * 32, 5, AT),)})
    held = State({"kind": "visit", "revision": 2, "replaces": "cd" * 32, "representative": "Li", "remarks": "none"})
    held.held["answer", "a"] = HeldContent('"5"', AT, "Bo")
    sealing = Sealing(
        held, plain_evidence(sealed), plain_findings(sealed), "visit:1", [Head("ef" * 32, 7)], "1", AT, "Ada", "2"
    )
    text = sealed_document(made, sealed, score(made, sealed), sealing)
    document = json.loads(text)
    assert text == canonical(document)
    assert of_document(document, "domain format revision submitted by") == ["greenstar/seal", 2, 2, AT, "Ada"]
    assert of_document(document, "replaces representative remarks") == ["cd" * 32, "Li", "none"]
    assert document["entered"]["answers"] == {"a": {"at": AT, "by": "Bo"}}
    assert document["journal"] == {"chain": "visit:1", "heads": ["ef" * 32], "place": 7}
    assert document["scheme"]["rules"] == made.rules_sha256
    assert visit_from(document, made) == visit_from(plain_visit(sealed, made), made) == sealed


def test_times_are_written_in_one_zone_and_sort_as_they_do() -> None:
    at = datetime(2026, 5, 12, 9, 30, tzinfo=UTC)
    assert written_time(at.astimezone(timezone(timedelta(hours=8)))) == written_time(at) == AT
    assert read_time(AT) == at


def test_the_text_of_an_event_is_that_of_the_canonical_form() -> None:
    texts = ("01A", "visit:01A", "01B", "2026-05-12T09:30:00.000Z", 'Ada "阿达"\\', "note")
    for before, previous in (('"a\\n\x1f\x7f"', ()), (None, ("0" * 64, "1" * 64))):
        identity, chain, database, at, by, kind = texts
        rest = ("W1", before, '"读数 🚗"', None, None, "Bo", None, previous)
        event = Event(identity, chain, 2, database, at, by, kind, *rest)
        assert event.text() == canonical(event.document())

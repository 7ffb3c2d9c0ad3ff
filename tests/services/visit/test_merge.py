"""Merging recorded files: twice is once, what comes later wins, and files that share nothing come in any order."""

from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from greenstar.assessment.answers_file import AnswersFile
from greenstar.assessment.model import Evidence, Finding, Store, Visit
from greenstar.record.plain import plain_evidence, plain_findings
from greenstar.scheme.locator import Locator
from greenstar.scheme.model import Scheme
from greenstar.services.visit.codec import load
from greenstar.services.visit.import_answers import record
from greenstar.services.visit.merge import StatedRow, merged_entries, merged_texts, said_evidence, said_findings
from greenstar.services.visit.recording import Recording
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols import Row
from tests.builders import as_written

STORE = Store("S-1", "First", "Wuxi", "East")
UNREAD = cast("Scheme", None)  # merging looks at no scheme
shas = st.sampled_from(("", "a" * 64, "b" * 64))
texts = st.sampled_from(("", "x", "y"))
pieces = st.builds(
    lambda file, sha256, caption, verified: Evidence(file, verified, caption, sha256, 3 if sha256 else 0),
    st.sampled_from(("m.jpg", "n.jpg")),
    shas,
    texts,
    st.booleans(),
)
findings = st.builds(
    Finding,
    st.sampled_from(("W1", "W2")),
    st.sampled_from(("minor", "major")),
    st.sampled_from(("no lid", "a crack")),
    texts,
)
visits = st.builds(
    lambda answers, notes, evidence, finding: Visit(
        STORE, "2026", answers=answers, notes=notes, evidence=evidence, findings=tuple(finding)
    ),
    st.fixed_dictionaries({}, optional={"W2": st.booleans(), "E1": st.sampled_from((Fraction(0), Fraction(1)))}),
    st.dictionaries(st.sampled_from(("W1", "W2")), st.sampled_from(("read", "counted"))),
    st.dictionaries(st.sampled_from(("W1", "W2")), st.lists(pieces, max_size=3).map(tuple)),
    st.lists(findings, max_size=3),
)


files = st.builds(
    lambda visit, removed: AnswersFile(
        Path("visit.yaml"), UNREAD, visit, None, Locator(None), {}, tuple(removed - visit.answers.keys())
    ),
    visits,
    st.sets(st.sampled_from(("W2", "E1"))),
)


def after(*files: AnswersFile) -> dict[str, Any]:
    """What a visit holds once these files were merged, one after the other."""
    answers: dict[str, Any] = {}
    notes: dict[str, Any] = {}
    entries: dict[str, list[Row]] = {"evidence": [], "finding": []}
    for file in files:
        answers = merged_texts(answers, file.visit.answers, file.remove)  # type: ignore[arg-type]
        notes = merged_texts(notes, file.visit.notes)
        entries["evidence"] = merged_entries("evidence", entries["evidence"], said_evidence(file, file.visit))
        entries["finding"] = merged_entries("finding", entries["finding"], said_findings(file.visit))
    held = {kind: sorted(rows, key=str) for kind, rows in entries.items()}
    return {"answers": answers, "notes": notes, "evidence": held["evidence"], "findings": held["finding"]}


@given(files)
def test_a_file_merged_twice_is_as_once(file: AnswersFile) -> None:
    assert after(file, file) == after(file)


@given(files, files)
def test_what_is_merged_later_wins_and_the_rest_stays(first: AnswersFile, second: AnswersFile) -> None:
    merged = after(first, second)
    kept = {name: value for name, value in first.visit.answers.items() if name not in second.remove}
    assert merged["answers"] == {**kept, **second.visit.answers}
    assert merged["notes"] == {**first.visit.notes, **second.visit.notes}
    assert merged == after(first, second, second)
    for finding in after(second)["findings"]:
        said = {name: value for name, value in finding.items() if value}
        assert any(said.items() <= other.items() for other in merged["findings"])
    assert {(row["severity"], row["text"], row["criterion"]) for row in merged["findings"]} == {
        (finding.severity, finding.text, finding.criterion)
        for finding in (*first.visit.findings, *second.visit.findings)
    }


@given(files)
def test_files_that_share_nothing_come_in_any_order(file: AnswersFile) -> None:
    first, second = (replace(file, visit=_share(file.visit, *names), remove=()) for names in (("W1", "E1"), ("W2",)))
    assert after(first, second) == after(second, first) == after(replace(file, remove=()))


def _share(visit: Visit, *names: str) -> Visit:
    """What a visit says of these criteria and questions."""
    parts: dict[str, Any] = {
        part: {name: value for name, value in getattr(visit, part).items() if name in names}
        for part in ("answers", "notes", "evidence")
    }
    return replace(visit, **parts, findings=tuple(finding for finding in visit.findings if finding.criterion in names))


@pytest.mark.slow
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(files, min_size=1, max_size=2))
def test_the_database_holds_what_was_merged_and_the_same_again_is_no_event(
    workspace: Workspace, small: Scheme, recorded: list[AnswersFile]
) -> None:
    storage = workspace.storage
    with suppress(ZeroDivisionError), storage.transaction():
        for file in recorded:
            record(workspace, replace(file, scheme=small), how=Recording(without_files=True))
        (row,) = storage.assessments.of_store(STORE.code)
        visit = load(storage, row.id, small)
        held = after(*(replace(file, visit=_named_only(file.visit)) for file in recorded))
        assert (visit.answers, visit.notes) == (held["answers"], held["notes"])
        assert sorted(plain_evidence(visit), key=str) == held["evidence"]
        assert sorted(plain_findings(_as_written(visit)), key=str) == held["findings"]
        newest = storage.events.last_number()
        (again,) = record(workspace, replace(recorded[-1], scheme=small), how=Recording(without_files=True))
        assert (again.changes, storage.events.last_number()) == ((), newest)
        raise ZeroDivisionError  # the next example starts afresh


def _as_written(visit: Visit) -> Visit:
    """A visit without the ids that its findings got."""
    return replace(visit, findings=tuple(map(as_written, visit.findings)))


def _named_only(visit: Visit) -> Visit:
    """A visit none of whose evidence has bytes here."""
    evidence = {
        name: tuple(replace(piece, verified=False) for piece in pieces) for name, pieces in visit.evidence.items()
    }
    return replace(visit, evidence=evidence)


@given(st.lists(pieces, max_size=5), st.lists(pieces, max_size=5))
def test_the_same_hash_at_a_criterion_is_one_entry(now: list[Evidence], said: list[Evidence]) -> None:
    rows, more = (plain_evidence(Visit(STORE, evidence={"W1": tuple(entries)})) for entries in (now, said))
    merged = merged_entries("evidence", merged_entries("evidence", [], map(whole, rows)), map(whole, more))
    hashes = [row["sha256"] for row in merged if row["sha256"]]
    assert len(hashes) == len(set(hashes))
    assert set(hashes) == {row["sha256"] for row in (*rows, *more)} - {""}
    assert {row["file"] for row in merged} <= {"m.jpg", "n.jpg"}


def whole(row: dict[str, Any]) -> StatedRow:
    """A row of which all is said."""
    return StatedRow(row, frozenset(row) - {name for name in ("sha256", "bytes") if not row[name]})

"""Draft, submitted, decided, withdrawn: each step only from where it may be taken, and what is sealed stays."""

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from fractions import Fraction
from itertools import count
from pathlib import Path

import pytest

from greenstar.assessment.model import Finding, Status, Store
from greenstar.errors import BadInput, StorageError
from greenstar.record.canonical import canonical
from greenstar.scheme.model import Scheme
from greenstar.services.evidence.evidence import attach
from greenstar.services.findings.findings import add
from greenstar.services.results.ranking import league
from greenstar.services.schemes.registry import stored
from greenstar.services.stores.stores import add_store
from greenstar.services.visit.certificates import certificate_number
from greenstar.services.visit.closing_meeting import Meeting, OtherWords, keep_meeting, meeting_of
from greenstar.services.visit.lifecycle import decide, reopen, submit, withdraw
from greenstar.services.visit.opening import open_visit
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols.assessments import AssessmentRow
from greenstar.storage.protocols.evidence import StoredFile
from tests.builders import of
from tests.journals import journal_faults
from tests.services.conftest import Clock, Opener, events_of, fill
from tests.services.seals import seal_holds
from tests.sql import database_of, path_of


def latest(workspace: Workspace) -> AssessmentRow:
    """The latest revision of the first store's visit."""
    row = workspace.storage.assessments.latest("S-1", "2026", "small")
    assert row is not None
    return row


def key_of(act: Callable[[], object]) -> str:
    """The sentence with which something is refused."""
    with pytest.raises(BadInput) as caught:
        act()
    return caught.value.message.key


def test_what_was_submitted_and_decided_is_in_a_copy_of_the_one_file_while_the_program_is_open(
    workspace: Workspace, visit: OpenVisit, tmp_path: Path
) -> None:
    fill(visit)
    for step, status in ((submit, "submitted"), (decide, "decided")):
        with workspace.storage.transaction():  # as the screen does it
            step(workspace, "S-1")
        copy = shutil.copy(path_of(workspace), tmp_path / "copied.db")
        with closing(sqlite3.connect(copy)) as copied:
            assert copied.execute("SELECT status FROM assessment").fetchall() == [(status,)]


def test_submitting_seals_the_visit(workspace: Workspace, visit: OpenVisit, small: Scheme) -> None:
    fill(visit)
    visit.note("W1", "读数两次")
    submission = submit(workspace, "S-1")
    assert of(submission, "total level") == [100, "two"]
    text = workspace.storage.assessments.sealed(latest(workspace).id) or ""
    assert hashlib.sha256(text.encode()).hexdigest() == submission.seal == latest(workspace).seal
    sealed = json.loads(text)
    assert text == canonical(sealed)
    assert sealed["scheme"] == {
        "name": "small", "version": "1", "sha256": small.sha256, "rules": small.rules_sha256,
    }  # fmt: skip
    assert sealed["answers"] == {"E1": "100", "W2": True, "fresh": "10", "used": "100"}
    assert sealed["facts"] == {"has_wash": True}
    assert sealed["scorecard"]["total"] == "100"
    assert sealed["scorecard"]["criteria"]["W1"] == {"outcome": "met", "points": "60", "available": "60"}
    assert stored(workspace.storage, sealed["scheme"]["sha256"]).canonical == small.canonical


def test_what_is_hashed_and_sealed_stays_byte_for_byte_what_it_is(
    tmp_path: Path, scheme_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    random = count(2)  # as if the database had its identity from it as well

    def counted(size: int) -> bytes:
        return (next(random) if size == 10 else 0).to_bytes(size, "big")  # what is longer or shorter is a key's

    monkeypatch.setattr("greenstar.__version__", "0.3.0")
    monkeypatch.setattr("greenstar.services.visit.sealing.signer_of", lambda _: None)  # a key is new each time
    at = datetime(2026, 5, 12, 9, 30, tzinfo=UTC)
    with Workspace.open(
        tmp_path / "still.db", scheme=str(scheme_file), cycle="2026", assessor="Ada 阿达", clock=lambda: at
    ) as workspace:
        workspace.storage.events.put_database_id("01KRDRB8BRQ0A01MY7JKDH5YKN")
        workspace.storage.events.begin(workspace.now(), "Ada 阿达")
        monkeypatch.setattr("greenstar.record.ulids.os.urandom", counted)
        add_store(workspace, Store("S-1", "First 第一", "Wuxi", "East"))
        visit = open_visit(workspace, "S-1")
        visit.answer("W2", True)
        visit.answer("E1", Fraction(33, 100))
        visit.mark_not_applicable("W1", "no wash bay here")
        visit.note("W1", "读数两次\ntwice")
        visit.flag("W2", on=True)
        attach(visit, "W1", [StoredFile('meter "1".jpg', "ab" * 32, 1234, "2026-05-11T08:00:00.000Z")])
        submission = submit(workspace, "S-1")
        decide(workspace, "S-1")
        withdraw(workspace, "S-1", "wrong store")
        sql = "SELECT kind, hash FROM event ORDER BY id"
        hashes = {row["kind"]: row["hash"] for row in database_of(workspace).rows(sql)}
    assert submission.seal == "83ea586b28592edb05eee59d5e7782f1ebe12bf5e1171c85d8ffd3c17b95aafd"
    assert hashes["submitted"] == "2ee189ca3c6f9ce3db61b5730f3c07db33d751fa42367771efc39d5a4291b541"
    assert hashes["withdrawn"] == "c646c8745e0853989bfc80c225c24ea9002c08aad5455e6d8c54245442e90cb2"


def test_a_seal_says_of_each_finding_which_it_is_and_whose(workspace: Workspace, visit: OpenVisit) -> None:
    kept = add(visit, Finding("W1", "minor", "loose", "fasten", date(2026, 8, 1), owner="Ms Zhang")).finding
    submit(workspace, "S-1")
    (sealed,) = json.loads(workspace.storage.assessments.sealed(latest(workspace).id) or "")["findings"]
    assert sealed == {
        "criterion": "W1", "severity": "minor", "text": "loose", "action": "fasten", "due": "2026-08-01",
        "closed": None, "id": kept.id, "follows": "", "owner": "Ms Zhang", "found_at": sealed["found_at"],
        "by": "Ada",
    }  # fmt: skip
    assert len(kept.id) == 26


def test_an_incomplete_visit_can_be_submitted_and_what_is_open_earns_nothing(
    workspace: Workspace, visit: OpenVisit
) -> None:
    visit.answer("W2", True)
    assert of(submit(workspace, "S-1"), "total level") == [10, None]


def test_a_contradiction_stops_submitting(workspace: Workspace, visit: OpenVisit) -> None:
    visit.answer("fresh", Fraction(50))
    visit.set_fact("has_wash", False)
    visit.answer("used", Fraction(20))
    visit.set_fact("has_wash", True)
    assert key_of(lambda: submit(workspace, "S-1")) == "storage.refused_answers"
    assert latest(workspace).status is Status.DRAFT


@pytest.mark.parametrize(
    ("status", "refused"),
    [
        (
            "draft",
            {"decide": "decide_submitted_only", "withdraw": "withdraw_sealed_only", "reopen": "reopen_sealed_only"},
        ),
        ("submitted", {"submit": "submit_draft_only"}),
        ("decided", {"submit": "submit_draft_only", "decide": "decide_submitted_only"}),
        (
            "withdrawn",
            {"submit": "submit_draft_only", "decide": "decide_submitted_only", "withdraw": "withdraw_sealed_only"},
        ),
    ],
)
def test_a_step_from_the_wrong_status_says_what_would_be_right(
    workspace: Workspace, visit: OpenVisit, status: str, refused: dict[str, str]
) -> None:
    fill(visit)
    if status != "draft":
        submit(workspace, "S-1")
    if status in ("decided", "withdrawn"):
        decide(workspace, "S-1")
    if status == "withdrawn":
        withdraw(workspace, "S-1", "closed")
    steps: dict[str, Callable[[], object]] = {
        "submit": lambda: submit(workspace, "S-1"),
        "decide": lambda: decide(workspace, "S-1"),
        "withdraw": lambda: withdraw(workspace, "S-1", "why"),
        "reopen": lambda: reopen(workspace, "S-1", "why"),
    }
    before = events_of(workspace)
    for step, key in refused.items():
        assert key_of(steps[step]) == f"storage.{key}"
    assert events_of(workspace) == before


@pytest.mark.parametrize("step", [submit, decide, lambda w, c: reopen(w, c, "x"), lambda w, c: withdraw(w, c, "x")])
def test_a_store_without_a_visit_and_an_unknown_store_are_told_apart(
    workspace: Workspace, step: Callable[[Workspace, str], object]
) -> None:
    assert key_of(lambda: step(workspace, "S-2")) == "storage.no_visit"
    assert key_of(lambda: step(workspace, "S-9")) == "storage.unknown_store"


@pytest.mark.parametrize("step", [reopen, withdraw])
def test_reopening_and_withdrawing_need_a_reason(
    workspace: Workspace, visit: OpenVisit, step: Callable[[Workspace, str, str], object]
) -> None:
    fill(visit)
    submit(workspace, "S-1")
    assert key_of(lambda: step(workspace, "S-1", " \n\x07")) == "storage.because_needed"
    step(workspace, "S-1", "meter read again")
    row = database_of(workspace).row("SELECT because FROM event WHERE because IS NOT NULL")
    assert row == {"because": "meter read again"}


def test_reopening_keeps_the_seal_and_starts_the_next_revision(workspace: Workspace, visit: OpenVisit) -> None:
    fill(visit)
    visit.note("W1", "noted")
    visit.remember("W2")
    first = submit(workspace, "S-1")
    before = open_visit(workspace, "S-1").visit
    draft = reopen(workspace, "S-1", "typing error").draft
    again = open_visit(workspace, "S-1")
    assert (draft.revision, again.assessment.id, again.read_only) == (2, draft.id, False)
    assert (again.visit, again.assessment.cursor) == (before, "W2")
    again.answer("E1", Fraction(1, 2))
    second = submit(workspace, "S-1")
    rows = workspace.storage.assessments.of_store("S-1")
    assert [(row.revision, row.status, row.seal) for row in rows] == [
        (2, Status.SUBMITTED, second.seal),
        (1, Status.SUBMITTED, first.seal),
    ]
    assert all(seal_holds(workspace, row) for row in rows)
    assert first.seal != second.seal


def test_a_reopened_visit_counts_as_it_was_until_it_is_submitted_again(workspace: Workspace, visit: OpenVisit) -> None:
    fill(visit)
    submit(workspace, "S-1")
    reopen(workspace, "S-1", "typing error")
    open_visit(workspace, "S-1").answer("E1", Fraction(0))
    assert [ranked.entry.total for ranked in league(workspace).stores] == [100]
    submit(workspace, "S-1")
    assert [ranked.entry.total for ranked in league(workspace).stores] == [70]


def test_a_decision_gives_a_numbered_certificate_with_a_last_day(
    workspace: Workspace, visit: OpenVisit, clock: Clock
) -> None:
    fill(visit)
    submit(workspace, "S-1")
    clock.at = datetime(2026, 6, 1, 12, tzinfo=UTC)
    done = decide(workspace, "S-1")
    number = f"GS-2026-{(latest(workspace).seal or '')[:8]}"
    assert (done.certificate, done.last_day, done.level) == (number, date(2029, 5, 31), "two")
    assert latest(workspace).certificate == number


def test_a_certificate_has_its_year_and_the_first_signs_of_its_seal(
    workspace: Workspace, visit: OpenVisit, clock: Clock
) -> None:
    fill(visit)
    fill(open_visit(workspace, "S-2"))
    for code in ("S-1", "S-2"):
        submit(workspace, code)
    numbers = [decide(workspace, code).certificate for code in ("S-1", "S-2")]
    reopen(workspace, "S-1", "again")
    submit(workspace, "S-1")
    clock.at = datetime(2027, 1, 2, tzinfo=UTC)
    numbers.append(decide(workspace, "S-1").certificate)
    sql = "SELECT seal FROM assessment ORDER BY id"
    first, second, again = (row["seal"] for row in database_of(workspace).rows(sql))
    assert numbers == [f"GS-2026-{first[:8]}", f"GS-2026-{second[:8]}", f"GS-2027-{again[:8]}"]
    assert certificate_number(workspace.storage, "2026", first[:9] + "0" * 55) == f"GS-2026-{first[:9]}"  # taken


@pytest.mark.parametrize(
    ("place", "moment", "visited", "last"),
    [
        ("Asia/Shanghai", datetime(2025, 12, 31, 23, 30, tzinfo=UTC), date(2026, 1, 1), date(2028, 12, 31)),
        ("America/New_York", datetime(2026, 1, 1, 3, 30, tzinfo=UTC), date(2025, 12, 31), date(2028, 12, 30)),
    ],
)
@pytest.mark.usefixtures("workspace")
def test_days_and_years_are_those_of_the_place_and_times_are_kept_in_utc(
    opened: Opener,
    clock: Clock,
    zone: Callable[[str], None],
    *,
    place: str,
    moment: datetime,
    visited: date,
    last: date,
) -> None:
    zone(place)
    clock.at = moment
    here = opened(cycle=None)
    visit = open_visit(here, "S-1")
    fill(visit)
    submit(here, "S-1")
    decision = decide(here, "S-1")
    assert (visit.assessment.cycle, visit.assessment.visited) == (f"{visited:%Y}", visited)
    assert (str(decision.certificate)[:8], decision.last_day) == (f"GS-{visited:%Y}-", last)
    row = here.storage.assessments.get(visit.assessment.id)
    assert f"{row.changed_at:%Y-%m-%d %H:%M}" == f"{moment:%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("day", "last"),
    [
        (date(2026, 5, 12), date(2029, 5, 11)),
        (date(2026, 1, 1), date(2028, 12, 31)),
        (date(2028, 2, 29), date(2031, 2, 28)),  # 36 months on there is no 29 February
        (date(2026, 3, 1), date(2029, 2, 28)),
    ],
)
def test_a_certificate_holds_so_many_months(
    workspace: Workspace, visit: OpenVisit, clock: Clock, day: date, last: date
) -> None:
    fill(visit)
    submit(workspace, "S-1")
    clock.at = datetime(day.year, day.month, day.day, 8, tzinfo=UTC)
    assert decide(workspace, "S-1").last_day == last


def test_where_no_level_is_reached_the_decision_gives_no_certificate(workspace: Workspace, visit: OpenVisit) -> None:
    visit.answer("W2", True)
    submit(workspace, "S-1")
    done = decide(workspace, "S-1")
    assert (done.level, done.certificate, done.last_day) == (None, None, None)
    assert latest(workspace).status is Status.DECIDED


def test_a_withdrawn_visit_counts_no_more_and_brings_no_older_one_back(workspace: Workspace, visit: OpenVisit) -> None:
    fill(visit)
    submit(workspace, "S-1")
    reopen(workspace, "S-1", "typing error")
    submit(workspace, "S-1")
    withdraw(workspace, "S-1", "store closed")
    assert league(workspace).stores == ()
    assert seal_holds(workspace, latest(workspace))


def test_a_withdrawn_visit_can_be_reopened(workspace: Workspace, visit: OpenVisit) -> None:
    fill(visit)
    submit(workspace, "S-1")
    withdraw(workspace, "S-1", "by mistake")
    assert reopen(workspace, "S-1", "withdrawn by mistake").draft.revision == 2


def test_nothing_can_change_a_seal(workspace: Workspace, visit: OpenVisit) -> None:
    fill(visit)
    submit(workspace, "S-1")
    for statement in (
        "UPDATE assessment SET sealed = '{}'",
        "UPDATE assessment SET seal = NULL, sealed = NULL, status = 'draft'",
        "DELETE FROM assessment",
        "UPDATE event SET by = 'somebody'",
        "DELETE FROM event",
    ):
        with pytest.raises(StorageError):
            database_of(workspace).execute(statement)
    assert seal_holds(workspace, latest(workspace))


def test_a_seal_changed_behind_the_programs_back_does_not_hold(
    workspace: Workspace, visit: OpenVisit, opened: Opener
) -> None:
    fill(visit)
    submit(workspace, "S-1")
    path = path_of(workspace)
    workspace.close()
    forger = sqlite3.connect(path)
    with forger:
        forger.execute("DROP TRIGGER assessment_seal_is_never_changed")
        forger.execute("UPDATE assessment SET sealed = replace(sealed, '\"100\"', '\"101\"')")
    forger.close()
    assert not seal_holds(opened(), latest(opened()))


def test_the_life_of_a_visit_is_in_its_events(workspace: Workspace, visit: OpenVisit) -> None:
    fill(visit)
    submit(workspace, "S-1")
    decide(workspace, "S-1")
    reopen(workspace, "S-1", "again")
    kinds = [kind for kind, _, _, _ in events_of(workspace)]
    assert [kind for kind in kinds if kind not in ("begun", "answer", "fact", "store_added")] == [
        "started",
        "submitted",
        "decided",
        "started",
        "reopened",
    ]
    assert journal_faults(workspace) == []


def test_only_what_was_looked_at_is_submitted(visit: OpenVisit, opened: Opener) -> None:
    fill(visit)
    seen = open_visit(visit.workspace, "S-1")
    with opened() as other:
        open_visit(other, "S-1").answer("W2", False)
    with pytest.raises(BadInput) as caught:
        submit(visit.workspace, "S-1", seen=seen)
    assert caught.value.message.key == "storage.changed_since_seen"
    seen.refresh()
    submit(visit.workspace, "S-1", seen=seen)
    reopen(visit.workspace, "S-1", "again")
    with pytest.raises(BadInput):  # it is another revision by now
        submit(visit.workspace, "S-1", seen=seen)


def test_a_file_of_another_version_does_not_open_a_visit_of_this_one(
    visit: OpenVisit, opened: Opener, scheme_file: Path, tmp_path: Path
) -> None:
    newer, reworded = tmp_path / "newer.yaml", tmp_path / "reworded.yaml"
    text = scheme_file.read_text(encoding="utf-8")
    newer.write_text(text.replace('version: "1"', 'version: "2"'), encoding="utf-8")
    reworded.write_text(text.replace("en: Lamps", "en: Lights"), encoding="utf-8")
    with opened(scheme=str(newer)) as asked:
        assert key_of(lambda: open_visit(asked, "S-1")) == "storage.other_version"
        assert key_of(lambda: submit(asked, "S-1")) == "storage.other_version"
        assert open_visit(asked, "S-2").scheme.version == "2"
    for same in (str(reworded), "small"):
        with opened(scheme=same) as asked:
            assert open_visit(asked, "S-1").assessment.id == visit.assessment.id


def test_the_words_of_the_closing_meeting_are_kept_with_the_visit_noted_in_its_history_and_fixed_by_its_seal(
    workspace: Workspace, visit: OpenVisit
) -> None:
    kept = keep_meeting(workspace, visit.assessment.id, Meeting(" Mr  Wang ", "The roof\nis leased."))
    assert kept == Meeting("Mr Wang", "The roof\nis leased.")
    assert keep_meeting(workspace, visit.assessment.id, kept) == kept
    noted = [kind for kind, *_ in events_of(workspace) if kind in ("representative", "remarks")]
    assert noted == ["representative", "remarks"]
    with pytest.raises(OtherWords) as other:  # what another window wrote meanwhile is not overwritten in silence
        keep_meeting(workspace, visit.assessment.id, Meeting("Li", ""), seen=Meeting())
    assert other.value.theirs == meeting_of(workspace.storage.assessments.get(visit.assessment.id)) == kept
    fill(visit)
    submit(workspace, "S-1")
    assert key_of(lambda: keep_meeting(workspace, visit.assessment.id, Meeting("Li", ""))) == "storage.sealed"
    assert meeting_of(reopen(workspace, "S-1", "read again").draft) == kept

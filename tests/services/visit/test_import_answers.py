"""Recording answers files: answer by answer, each change an event, all of a visit or nothing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction

import pytest

from greenstar.assessment.answers_file import AnswersFile, read_answers_files
from greenstar.assessment.model import Store, Visit
from greenstar.errors import BadFile, BadInput
from greenstar.resources import SHIPPED_SCHEME
from greenstar.services.schemes.registry import find_scheme
from greenstar.services.stores.stores import find_store
from greenstar.services.visit.import_answers import record
from greenstar.services.visit.lifecycle import submit, withdraw
from greenstar.services.visit.opening import open_visit
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace
from tests.builders import as_written
from tests.services.conftest import Clock, Opener, events_of

Read = Callable[[str], AnswersFile]

PAPER = """
    store: {code: P-1, name: Paper store, city: Wuxi, region: East, facts: {has_wash: true, area_m2: 70}}
    cycle: "2026"
    assessor: Bob
    visited: 2026-05-11
    answers: {fresh: 10, used: 100, E1: 86.7}
    notes: {W1: "read [twice]"}
    evidence: {W1: [{file: meters.jpg, verified: true}, {file: log.pdf}]}
    findings: [{criterion: W2, severity: minor, text: no lid, due: 2026-08-01}]
"""


def as_filed(visit: Visit) -> Visit:
    """The visit without the ids that its findings got."""
    return replace(visit, findings=tuple(map(as_written, visit.findings)))


def test_a_recorded_visit_is_the_visit_of_the_file(workspace: Workspace, answers: Read) -> None:
    file = answers(PAPER)
    assert record(workspace, file) == "P-1"
    opened = open_visit(workspace, "P-1")
    assert as_filed(opened.visit) == file.visit
    assert opened.scorecard.total == 60 + Fraction("26.01")
    assert opened.assessment.assessor == "Bob"


def test_recording_again_changes_only_what_differs(workspace: Workspace, answers: Read) -> None:
    record(workspace, answers(PAPER))
    before = len(events_of(workspace))
    record(workspace, answers(PAPER))
    assert len(events_of(workspace)) == before
    changed = PAPER.replace("fresh: 10", "fresh: 20").replace(", E1: 86.7", "").replace("no lid", "no cover")
    record(workspace, answers(changed.replace('notes: {W1: "read [twice]"}', "not_applicable: {E1: no lamps at all}")))
    kinds = [(kind, subject, old, new) for kind, subject, old, new in events_of(workspace)[before:]]
    assert [(kind, subject) for kind, subject, _, _ in kinds] == [
        ("answer", "fresh"),
        ("answer", "E1"),
        ("exemption", "E1"),
        ("note", "W1"),
        ("finding", "W2"),
    ]
    assert kinds[0][2:] == ('"10"', '"20"')
    assert kinds[1][2:] == ('"86.7"', None)
    assert open_visit(workspace, "P-1").visit.answers == {"fresh": 20, "used": 100}


def test_recording_goes_on_in_the_draft_that_an_assessor_began(
    workspace: Workspace, visit: OpenVisit, answers: Read
) -> None:
    visit.answer("W2", True)
    record(workspace, answers('{store: {code: S-1}, cycle: "2026", answers: {used: 100}}'))
    visit.refresh()
    assert visit.visit.answers == {"used": 100}
    assert visit.visit.store == Store("S-1", "First", "Wuxi", "East")
    assert visit.visit.facts == {"has_wash": True}  # facts are the store's: a file that is silent leaves them


def test_a_submitted_visit_is_not_recorded_over(workspace: Workspace, answers: Read) -> None:
    record(workspace, answers(PAPER))
    submit(workspace, "P-1")
    before = events_of(workspace)
    with pytest.raises(BadInput) as caught:
        record(workspace, answers(PAPER.replace("fresh: 10", "fresh: 20")))
    assert caught.value.message.key == "storage.sealed"
    assert events_of(workspace) == before


def test_after_a_withdrawal_the_next_revision_is_recorded(workspace: Workspace, answers: Read) -> None:
    record(workspace, answers(PAPER))
    submit(workspace, "P-1")
    withdraw(workspace, "P-1", "wrong store")
    record(workspace, answers(PAPER))
    assert open_visit(workspace, "P-1").assessment.revision == 2


def test_a_contradiction_is_refused_at_its_place_and_nothing_is_kept(workspace: Workspace, answers: Read) -> None:
    before = events_of(workspace)
    with pytest.raises(BadFile) as caught:
        record(workspace, answers(PAPER.replace("fresh: 10", "fresh: 101")))
    (problem,) = caught.value.problems
    assert (problem.mark.line, problem.message.key) == (6, "answers.refused_by_check")
    assert events_of(workspace) == before
    with pytest.raises(BadInput):
        find_store(workspace, "P-1")


def test_a_file_without_a_cycle_is_of_the_workspaces(opened: Opener, answers: Read) -> None:
    with opened(cycle="2031") as workspace:
        record(workspace, answers("{store: {code: P-2}, answers: {W2: true}}"))
        recorded = open_visit(workspace, "P-2")
        assert (recorded.assessment.cycle, recorded.visit.store.name) == ("2031", "P-2")


@pytest.mark.parametrize("code", ["A" * 41, "s_1/2"])
def test_a_store_code_that_cannot_be_is_refused(workspace: Workspace, answers: Read, code: str) -> None:
    with pytest.raises(BadInput):
        record(workspace, answers(f"{{store: {{code: {code}}}, answers: {{W2: true}}}}"))


@pytest.mark.parametrize("name", sorted(path.name for path in (SHIPPED_SCHEME / "examples").glob("*.yaml")))
def test_the_shipped_examples_score_the_same_after_recording(opened: Opener, clock: Clock, name: str) -> None:
    clock.at = datetime(2026, 7, 1, tzinfo=UTC)
    scheme = find_scheme(None)
    (file,) = read_answers_files(SHIPPED_SCHEME / "examples" / name, lambda _name, _base: scheme)
    assert file.expect is not None
    with opened(scheme="leading-green-star") as workspace:
        recorded = open_visit(workspace, record(workspace, file))
        assert as_filed(recorded.visit) == file.visit
        assert recorded.scorecard.total == file.expect.total


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ("visited: 2026-05-11", "visited: {}"),
        ("due: 2026-08-01", "due: 2026-08-01, closed: {}"),
        ("{file: log.pdf}", '{{file: log.pdf, taken_at: "{}T12:00:00Z"}}'),
    ],
)
def test_a_day_that_has_not_come_is_not_recorded_with_a_days_grace(
    workspace: Workspace, answers: Read, written: str, instead: str
) -> None:
    with pytest.raises(BadFile) as caught:
        record(workspace, answers(PAPER.replace(written, instead.format("2026-05-14"))))
    (problem,) = caught.value.problems
    assert problem.message.key == "answers.to_come"
    assert problem.mark.line == 1 + next(at for at, line in enumerate(PAPER.splitlines()) if written in line)
    with pytest.raises(BadInput):
        find_store(workspace, "P-1")
    record(workspace, answers(PAPER.replace(written, instead.format("2026-05-13"))))


def test_a_time_that_cannot_be_read_is_kept_as_it_is(workspace: Workspace, answers: Read) -> None:
    record(workspace, answers(PAPER.replace("{file: log.pdf}", "{file: log.pdf, taken_at: in spring}")))
    assert open_visit(workspace, "P-1").visit.evidence["W1"][1].taken_at == "in spring"

"""Findings from answers files: which kept ones they are, and which of the last visit they go on from."""

from collections.abc import Callable
from pathlib import Path

from greenstar.assessment.answers_file import AnswersFile, read_answers_files
from greenstar.assessment.model import Finding
from greenstar.scheme.model import Scheme
from greenstar.services.findings.findings import add, close, confirm_previous, findings_of, to_settle
from greenstar.services.visit.import_answers import record
from greenstar.services.visit.lifecycle import submit
from greenstar.services.visit.opening import open_visit
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace
from tests.exported import answers_json
from tests.services.conftest import Clock, Opener

Read = Callable[[str], AnswersFile]
LEAK = Finding("W1", "major", "A leak")
HEAD = "store: {code: S-1}\nassessor: Bo\ncycle: '2027'\nanswers: {W2: true}\n"


def leaks(*kinds: str) -> str:
    """A file with findings at W1 of the same text."""
    return f"{HEAD}findings: [{', '.join(f'{{criterion: W1, text: A leak, {kind}}}' for kind in kinds)}]\n"


def test_a_file_without_ids_settles_as_many_as_are_the_same_and_no_others(
    visit: OpenVisit, opened: Opener, answers: Read
) -> None:
    for severity in ("major", "major", "minor"):
        add(visit, Finding("W1", severity, "A leak"))
    submit(visit.workspace, "S-1")
    first, second, minor = (finding.id for finding in visit.visit.findings)
    later = opened(cycle="2027")
    record(later, answers(leaks("severity: observation, closed: 2026-05-12", "severity: major")))
    draft = open_visit(later, "S-1")
    assert [finding.follows for finding in draft.visit.findings] == ["", first]
    assert [entry.finding.id for entry in to_settle(draft)] == [second, minor]
    record(later, answers(leaks(f"severity: minor, closed: 2026-05-12, follows: {second}", "severity: minor")))
    assert [finding.follows for finding in open_visit(later, "S-1").visit.findings][-2:] == [second, minor]


def test_recording_again_keeps_who_a_finding_is_and_when_it_was_found(workspace: Workspace, answers: Read) -> None:
    kinds = ("severity: minor", "severity: observation", "severity: major, owner: Ms Zhang")
    text = leaks(*kinds, "severity: minor").replace("2027", "2026")  # the last is the first
    record(workspace, answers(text))
    before = findings_of(open_visit(workspace, "S-1"))
    assert len({entry.finding.id for entry in before}) == 3
    record(workspace, answers(text.replace("severity: major", "severity: major, action: a seal")))
    after = findings_of(open_visit(workspace, "S-1"))
    assert [(entry.finding.id, entry.found_at) for entry in after] == [
        (entry.finding.id, entry.found_at) for entry in before
    ]
    assert [entry.finding.action for entry in after] == ["", "", "a seal"]


def test_ids_and_what_they_follow_go_to_another_database_and_back(
    visit: OpenVisit, opened: Opener, small: Scheme, tmp_path: Path, clock: Clock
) -> None:
    add(visit, LEAK)
    submit(visit.workspace, "S-1")
    later = opened(cycle="2027")
    again = open_visit(later, "S-1")
    confirm_previous(again, to_settle(again)[0])
    close(again, findings_of(again)[0])
    with Workspace.open(tmp_path / "other.db", scheme="small", assessor="Di", clock=clock) as other:
        for workspace in (visit.workspace, later):
            file = tmp_path / f"{workspace.cycle}.json"
            file.write_text(answers_json(workspace), encoding="utf-8")
            for read in read_answers_files(file, lambda _name, _base: small):
                record(other, read)
        kept = list(other.storage.contents.lists("finding", [1, 2]).values())
    assert [[(row["id"], row["follows"], row["closed"]) for row in rows] for rows in kept] == [
        [(finding.id, finding.follows, None) for finding in visit.visit.findings],
        [(finding.id, finding.follows, "2026-05-12") for finding in again.visit.findings],
    ]
    assert again.visit.findings[0].follows == visit.visit.findings[0].id

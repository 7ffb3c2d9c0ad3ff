"""A follow-up: what it closes, what it seals, and what becomes of the decision."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

from greenstar.assessment.model import Finding, Status
from greenstar.errors import BadInput, StorageError
from greenstar.i18n.catalogue import Catalogue
from greenstar.services.evidence.evidence import of_visit
from greenstar.services.findings.findings import add, confirm_previous, findings_of, remove, to_settle
from greenstar.services.findings.follow_up import FollowUp, follow_up, open_findings, sealed_visit, short_ids
from greenstar.services.visit.history import history
from greenstar.services.visit.history_text import entry_phrase
from greenstar.services.visit.lifecycle import decide, reopen, submit, withdraw
from greenstar.services.visit.opening import open_visit
from greenstar.services.visit.steps import VisitStep
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace
from greenstar.storage.files.evidence_store import EvidenceStore
from tests.builders import of
from tests.exported import finding_rows
from tests.services.conftest import SCHEME, Clock, Opener, fill
from tests.services.made_once import made_once
from tests.services.seals import seal_holds

CLOSED = date(2026, 5, 30)
LEAK = Finding("W1", "major", "A leak", owner="Ms Zhang")
LAMPS = Finding("E1", "observation", "Old lamps")


@dataclass
class Proof:
    """A workspace some days after the visit, and a photo that proves what was mended."""

    workspace: Workspace
    photo: Path

    def close(
        self, *ids: str, on: date | None = CLOSED, files: Sequence[str] | None = None, because: str = "mended"
    ) -> FollowUp:
        """Close findings of S-1."""
        proof = [str(self.photo)] if files is None else files
        return follow_up(self.workspace, "S-1", ids, on=on, files=proof, because=because)

    def refused(self, *ids: str, **how: object) -> str:
        """Why nothing is closed."""
        with pytest.raises(BadInput) as caught:
            self.close(*ids, **how)  # type: ignore[arg-type]  # whatever of it is wrong
        return caught.value.message.key


@pytest.fixture
def ids(visit: OpenVisit) -> list[str]:
    """A submitted visit with two open findings: one that costs a level, and one that costs nothing."""

    def assess() -> None:
        fill(visit)
        add(visit, LEAK)
        add(visit, LAMPS)
        submit(visit.workspace, "S-1")

    made_once(visit.workspace, assess, visit.scheme.sha256)
    return [entry.finding.id for entry in open_findings(sealed_visit(visit.workspace, "S-1"))]


@pytest.fixture
def proof(opened: Opener, clock: Clock, tmp_path: Path) -> Proof:
    """Twenty days after the visit, by another assessor."""
    photo = tmp_path / "seal.jpg"
    photo.write_bytes(b"a new seal")
    clock.at += timedelta(days=20)
    return Proof(opened(assessor="Bo"), photo)


def sealed(workspace: Workspace, number: int) -> dict[str, object]:
    """What was sealed of an assessment."""
    document: dict[str, object] = json.loads(workspace.storage.assessments.sealed(number) or "")
    return document


def test_a_follow_up_differs_from_what_was_sealed_in_findings_and_evidence_only(
    workspace: Workspace, visit: OpenVisit, ids: list[str], proof: Proof
) -> None:
    first = sealed(workspace, visit.assessment.id)
    done = proof.close(ids[0])
    assert of(done.row, "revision status") == [2, Status.SUBMITTED]
    assert (done.still_open, done.submission.level) == (1, "two")
    second = sealed(workspace, done.row.id)
    before = workspace.storage.assessments.get(visit.assessment.id)
    assert second.pop("follow_up") == {"replaces": before.seal, "closed": ids[:1], "because": "mended"}
    assert first.keys() == second.keys()
    differing = {name for name in second if first[name] != second[name]}
    of_itself = {"assessment", "revision", "replaces", "submitted", "by", "journal"}
    assert differing == {"evidence", "findings", "scorecard", *of_itself}
    assert (first["replaces"], second["replaces"]) == (None, before.seal)
    rows = {row["id"]: (row["closed"], row["revision"]) for row in finding_rows(workspace)}
    assert rows == {ids[0]: ("2026-05-30", 2), ids[1]: (None, 2)}
    assert (seal_holds(workspace, done.row), seal_holds(workspace, before)) == (True, True)


def test_the_proof_is_kept_with_its_bytes_at_each_criterion_that_a_finding_was_closed_at(
    workspace: Workspace, ids: list[str], proof: Proof
) -> None:
    done = proof.close(ids[0][:12], ids[1].lower(), ids[1])
    assert ([entry.finding.closed for entry in done.closed], done.still_open) == ([CLOSED, CLOSED], 0)
    evidence = OpenVisit(workspace, done.row).visit.evidence
    assert {name: [(piece.file, piece.verified) for piece in pieces] for name, pieces in evidence.items()} == {
        "W1": [("seal.jpg", True)],
        "E1": [("seal.jpg", True)],
    }
    assert workspace.storage.evidence.is_whole(evidence["W1"][0].sha256)


def test_the_decision_goes_on_as_long_as_the_level_is_the_one_that_was_decided_on(
    workspace: Workspace, ids: list[str], proof: Proof
) -> None:
    certificate = decide(workspace, "S-1").certificate
    last_day = workspace.storage.assessments.of_store("S-1")[0].last_day
    done = proof.close(ids[1])
    assert of(done.row, "status certificate last_day") == [Status.DECIDED, certificate, last_day]
    (_, before) = workspace.storage.assessments.of_store("S-1")
    assert (before.status, before.certificate) == (Status.DECIDED, None)  # the number stands once
    higher = proof.close(ids[0])
    assert (higher.row.status, higher.row.certificate, higher.submission.level) == (Status.SUBMITTED, None, "two")
    assert higher.was_decided
    anew = decide(workspace, "S-1").certificate
    assert anew not in (None, certificate)


@pytest.mark.usefixtures("workspace")
def test_whoever_follows_up_decides_no_more_than_who_assessed(
    tmp_path: Path, opened: Opener, proof: Proof, monkeypatch: pytest.MonkeyPatch
) -> None:
    strict = tmp_path / "strict.yaml"
    strict.write_text(SCHEME.replace("scheme: small", "scheme: strict\ndecided_by: another"), encoding="utf-8")
    visit = open_visit(opened(scheme=str(strict)), "S-1")
    kept = add(visit, LEAK)
    submit(opened(scheme="strict", assessor="Cy"), "S-1")
    by_bo = Proof(opened(scheme="strict", assessor="Bo"), proof.photo)
    by_bo.close(kept.finding.id, on=None)
    for name in ("Ada", "Bo", "Cy"):
        with pytest.raises(BadInput) as caught:
            decide(opened(scheme="strict", assessor=name), "S-1")
        assert caught.value.message.key == "storage.decides_on_own_work"
    monkeypatch.setenv("GREENSTAR_HOME", str(tmp_path / "office"))
    assert decide(opened(scheme="strict", assessor="Di"), "S-1").level is None


def test_what_cannot_be_closed_is_refused_and_nothing_is_sealed(
    workspace: Workspace, ids: list[str], proof: Proof, tmp_path: Path
) -> None:
    assert proof.refused() == "follow_up.which"
    assert proof.refused(" ") == "follow_up.which"
    assert proof.refused("XX") == "follow_up.unknown"
    assert proof.refused("0") == "follow_up.several"
    assert proof.refused(ids[0], on=date(2026, 6, 2)) == "findings.closed_in_future"
    assert proof.refused(ids[0], on=date(2026, 5, 11)) == "follow_up.before_found"
    assert proof.refused(ids[0], because=" ") == "storage.because_needed"
    assert proof.refused(ids[0], files=[]) == "follow_up.proof_needed"
    assert proof.refused(ids[0], files=[str(tmp_path / "none.jpg")]).startswith("evidence.")
    assert len(workspace.storage.assessments.of_store("S-1")) == 1
    proof.close(ids[0])
    assert proof.refused(ids[0]) == "follow_up.closed_already"
    proof.close(ids[1])
    assert proof.refused() == "follow_up.none_open"
    assert len(workspace.storage.assessments.of_store("S-1")) == 3


def test_without_room_for_the_proof_nothing_is_sealed_and_the_disk_is_named(
    workspace: Workspace, ids: list[str], proof: Proof, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StorageError("evidence.no_room", folder="f", needed="2", free="1")

    monkeypatch.setattr(EvidenceStore, "check_room", full)
    with pytest.raises(StorageError):
        proof.close(ids[0])
    assert len(workspace.storage.assessments.of_store("S-1")) == 1


def test_only_a_sealed_visit_that_counts_is_followed_up(workspace: Workspace, ids: list[str], proof: Proof) -> None:
    reopen(workspace, "S-1", "a second look")
    assert proof.refused(ids[0]) == "follow_up.draft"
    submit(workspace, "S-1")
    withdraw(workspace, "S-1", "by mistake")
    assert proof.refused(ids[0]) == "follow_up.does_not_count"


def test_without_a_cycle_it_is_the_latest_visit_that_counts_and_what_goes_on_in_a_later_one_is_closed_there(
    ids: list[str], proof: Proof, opened: Opener
) -> None:
    latest = Proof(opened(cycle=None, assessor="Bo"), proof.photo)
    again = open_visit(opened(cycle="2027"), "S-1")
    assert [entry.finding.id for entry in open_findings(sealed_visit(latest.workspace, "S-1"))] == ids
    confirm_previous(again, to_settle(again)[0])
    assert [entry.finding.id for entry in open_findings(sealed_visit(latest.workspace, "S-1"))] == ids[1:]
    assert latest.refused(ids[0]) == "follow_up.goes_on"
    latest.close(ids[1])
    again = open_visit(opened(cycle="2027"), "S-1")
    assert to_settle(again) == []  # closed meanwhile
    submit(again.workspace, "S-1")
    reopen(again.workspace, "S-1", "it was another leak")
    draft = open_visit(opened(cycle="2027"), "S-1")
    remove(draft, findings_of(draft)[0])
    assert [entry.finding.id for entry in open_findings(sealed_visit(proof.workspace, "S-1"))] == ids[:1]


def test_an_id_is_shown_as_short_as_it_tells_it_from_the_others(ids: list[str], proof: Proof) -> None:
    entries = open_findings(sealed_visit(proof.workspace, "S-1"))
    short = short_ids(entries)
    assert all(own.startswith(start) and len(start) >= 6 for own, start in zip(ids, short, strict=True))
    assert [start for start in short if sum(own.startswith(start) for own in ids) != 1] == []
    assert proof.close(short[1]).closed[0].finding.id == ids[1]


def test_its_history_says_what_it_follows_and_that_the_decision_goes_on(
    workspace: Workspace, ids: list[str], proof: Proof
) -> None:
    certificate = decide(workspace, "S-1").certificate
    opened_again = OpenVisit(workspace, proof.close(ids[1]).row)
    entries = history(opened_again)
    numbers = {entry.number: entry for entry in entries}
    told = [Catalogue("en").render(entry_phrase(opened_again.scheme, entry, numbers)) for entry in entries[::-1]]
    assert told == [
        "Revision 2 started: cycle 2026, criteria 1",
        "Follow-up of revision 1: mended",
        "E1 finding closed on 2026-05-30: Old lamps",
        "E1 evidence added: seal.jpg",
        "E1 evidence seal.jpg: verified: yes (was no)",
        "Submitted and sealed: One star",
        f"The decision goes on: One star, certificate {certificate}",
    ]


def test_a_decision_without_a_certificate_goes_on_without_one(
    workspace: Workspace, visit: OpenVisit, proof: Proof
) -> None:
    lamps = add(visit, LAMPS)
    submit(workspace, "S-1")
    decide(workspace, "S-1")
    followed = OpenVisit(workspace, proof.close(lamps.finding.id).row)
    last = history(followed)[0]
    assert (
        Catalogue("en").render(entry_phrase(followed.scheme, last, {}))
        == "The decision goes on: no level, no certificate"
    )


@pytest.mark.usefixtures("ids")
def test_its_cycle_may_be_spelt_otherwise(opened: Opener) -> None:
    assert sealed_visit(opened(cycle="２０２６"), "S-1").assessment.cycle == "2026"


@pytest.mark.screen
def test_a_follow_up_on_the_screen_tells_which_files_of_the_visit_have_other_bytes(
    ids: list[str], proof: Proof
) -> None:
    from greenstar.tui.steps.forms import result_phrase  # noqa: PLC0415 - the screen, which no other test here loads

    files = proof.workspace.storage.evidence
    proof.close(ids[1])
    kept = files.path_of(of_visit(open_visit(proof.workspace, "S-1"))[0].sha256)
    assert kept is not None
    kept.chmod(0o600)
    kept.write_bytes(kept.read_bytes()[:-1] + b"!")
    proof.photo.write_bytes(b"another seal")
    done = proof.close(ids[0])
    sentence = Catalogue("en").render(result_phrase(proof.workspace, "S-1", VisitStep.FOLLOW_UP, done))
    assert "E1 seal.jpg counts as not verified" in sentence

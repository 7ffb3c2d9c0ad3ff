"""Verifying: what is whole holds, and each way of changing it behind the program's back is told as what it is."""

import os
import shutil
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from greenstar.errors import StorageError
from greenstar.services.evidence.evidence import attach, files_of, of_visit, set_verified
from greenstar.services.evidence.evidence import path_of as evidence_path
from greenstar.services.trust.changes import revoke
from greenstar.services.trust.trust import Trust, load_trust
from greenstar.services.verification.damage import damage_in
from greenstar.services.verification.received import SIGNATURE, make_receipt
from greenstar.services.verification.verify import verify
from greenstar.services.visit.lifecycle import decide, submit, withdraw
from greenstar.services.visit.opening import open_visit
from greenstar.services.workspace import Workspace
from greenstar.storage.opening import open_storage
from tests.services.conftest import Opener, fill
from tests.services.verification.forgeries import ANOTHER_DECIDES, FORGERIES, kinds, make_whole, tampered, verified
from tests.sql import database_of, path_of

pytestmark = pytest.mark.usefixtures("scheme_file")


@pytest.fixture
def scheme_file(tmp_path: Path) -> Path:
    """The scheme that `small_scheme` takes here."""
    path = tmp_path / "small.yaml"
    path.write_text(ANOTHER_DECIDES, encoding="utf-8")
    return path


@pytest.fixture
def whole(opened: Opener, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database with a decided visit that has evidence, a finding and a note, and with a draft: its file."""
    workspace.storage.close()
    make_whole(opened, tmp_path, lambda home: monkeypatch.setenv("GREENSTAR_HOME", home))
    return path_of(workspace)


@pytest.mark.slow
def test_what_is_whole_holds_and_each_way_of_tampering_is_told_as_what_it_is(whole: Path) -> None:
    result = verified(whole)
    assert not result.problems, result.problems
    assert (result.visits, result.seals, result.statements, result.files) == (2, 1, 1, 1)
    assert result.signatures >= 2
    wrong = []
    for tamper, kind in FORGERIES:
        told = kinds(tampered(whole, tamper))
        if kind not in told:
            wrong.append((tamper, kind, told))
    assert not wrong


@pytest.mark.slow
def test_signers_are_told_apart_and_a_receipt_notices_what_was_rewritten_or_rolled_back(
    whole: Path, opened: Opener, tmp_path: Path
) -> None:
    assert kinds(verified(whole, trust=Trust())) == {"unknown_signer"}
    renamed = Trust(tuple(replace(signer, names=("Cy",)) for signer in load_trust().signers))
    assert kinds(verified(whole, trust=renamed)) == {"other_signer"}
    until = [replace(signer, before=datetime(2020, 1, 1, tzinfo=UTC)) for signer in load_trust().signers]
    handed_on = Trust((*until, *renamed.signers))  # Cy has the keys that were others' until 2020
    assert kinds(verified(whole, trust=handed_on)) == {"other_signer"}
    before = tmp_path / "before.db"
    shutil.copy(whole, before)
    shutil.copytree(f"{whole}.evidence", f"{before}.evidence")
    receipt = tmp_path / "S.receipt"
    with opened(assessor="Bo") as office:
        open_visit(office, "S-2").note("W1", "later")
        database = office.storage.events.database_id()
        made = make_receipt(office.storage, database, by="Bo", at=office.now(), signing=office.signing)
        withdraw(office, "S-1", "a meter of the neighbour's")
    receipt.write_bytes(made.receipt.document)
    beside = receipt.with_name(receipt.name + SIGNATURE)
    assert kinds(verified(whole, receipt)) == {"unsigned"}
    beside.write_text(made.signature.armour)
    result = verified(whole, receipt)
    assert (result.problems, result.receipts) == ([], 1)
    assert kinds(verified(before, receipt)) == {"rolled_back"}
    with closing(open_storage(before)) as storage, Workspace(storage, cycle="2026", assessor="Ada") as workspace:
        visit = open_visit(workspace, "S-2")
        for text in ("one", "two", "three"):
            visit.note("W1", text)
    assert kinds(verified(before, receipt)) == {"rewritten"}
    beside.write_text(made.signature.armour.replace("A", "B"))
    assert kinds(verified(whole, receipt)) == {"bad_signature"}
    revoke("Ada")
    assert kinds(verified(whole)) == {"revoked"}


def test_evidence_that_was_damaged_or_is_gone_is_told_only_where_it_is_read(whole: Path) -> None:
    (file,) = [path for path in Path(f"{whole}.evidence").rglob("*") if path.is_file()]
    file.chmod(0o600)
    file.write_bytes(b"what a meter shows!")
    assert kinds(verified(whole, evidence=False)) == set()
    assert kinds(verified(whole)) == {"evidence"}
    file.unlink()
    assert kinds(verified(whole, evidence=False)) == {"evidence"}


def test_a_draft_that_lost_a_verified_photo_has_lost_a_file_and_was_scored_rightly(
    workspace: Workspace, tmp_path: Path
) -> None:
    photo = tmp_path / "meter.jpg"
    photo.write_bytes(b"what a meter showed")
    with open_visit(workspace, "S-1") as visit:
        fill(visit)
        attach(visit, "W1", [files_of(visit).take(photo)])
        (entry,) = of_visit(visit)
        set_verified(visit, entry, on=True)
        (entry,) = of_visit(visit)
        file = evidence_path(visit, entry)
    assert file is not None
    assert not verify(workspace.storage, evidence=True).problems
    file.unlink()
    assert kinds(verify(workspace.storage, evidence=True)) == {"evidence"}


def test_pages_are_read_also_where_the_system_allows_no_thread(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_thread: object) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr("threading.Thread.start", refused)
    with workspace.storage.integrity.damage_sought() as damage:
        assert list(damage()) == []


def test_neither_submitting_nor_deciding_stands_on_what_does_not_hold(workspace: Workspace) -> None:
    visit = open_visit(workspace, "S-1")
    visit.answer("W2", True)
    file = database_of(workspace)
    file.execute("UPDATE answer SET value = 'false'")
    with pytest.raises(StorageError, match=r"verify\.refused"):
        submit(workspace, "S-1")
    file.execute("UPDATE answer SET value = 'true'")
    submit(workspace, "S-1")
    file.execute("UPDATE scorecard SET total = '100'")
    with pytest.raises(StorageError, match=r"verify\.refused"):
        decide(workspace, "S-1")


def test_what_stumbles_over_damaged_data_says_what_is_damaged(workspace: Workspace) -> None:
    visit = open_visit(workspace, "S-1")
    visit.answer("W2", True)
    submit(workspace, "S-1")
    assert damage_in(path_of(workspace)) is None
    database_of(workspace).execute("UPDATE scorecard SET keys = '7'")
    told = damage_in(path_of(workspace))
    assert told is not None
    assert told.key == "verify.damaged_content"


_BOTH_WAYS = """
import sys
from contextlib import closing
from pathlib import Path
from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.json.verification import verification_json
from greenstar.services.spread import in_this_process, second_process
from greenstar.services.trust.trust import Trust
from greenstar.services.verification.verify import verify
from greenstar.storage.opening import open_storage

def told(spread):
    with closing(open_storage(Path(sys.argv[1]), write=False)) as storage:
        return verification_json(verify(storage, trust=Trust(), spread=spread), Catalogue("en"))

with second_process() as spread:
    assert spread is not in_this_process
    beside = told(spread)
assert beside == told(in_this_process)
print(sorted({problem["kind"] for problem in beside["problems"]}))
"""


@pytest.mark.slow
@pytest.mark.process
@pytest.mark.skipif(
    sys.platform != "linux" or len(os.sched_getaffinity(0)) == 1, reason="all is done in one process here"
)
def test_a_second_process_says_the_same(whole: Path) -> None:
    tampered(whole, "UPDATE scorecard SET total = '1/3'")
    script = [sys.executable, "-W", "error", "-c", _BOTH_WAYS, str(whole.with_name("tampered.db"))]
    done = subprocess.run(script, check=False, capture_output=True, text=True, timeout=60)
    assert (done.stdout.strip(), done.stderr) == ("['score', 'unknown_signer']", "")

"""Verifying: what is whole holds, and each way of changing it behind the program's back is told as what it is."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from greenstar.assessment.model import Finding
from greenstar.errors import StorageError
from greenstar.record.allowed_signers import allowed_line
from greenstar.record.canonical import sha256_of
from greenstar.services.evidence.evidence import attach, files_of, of_visit, set_verified
from greenstar.services.findings.findings import add
from greenstar.services.trust.changes import add as trust_key
from greenstar.services.trust.changes import revoke
from greenstar.services.trust.trust import Trust, load_trust
from greenstar.services.verification.damage import damage_in
from greenstar.services.verification.problem import Verification
from greenstar.services.verification.received import SIGNATURE, make_receipt
from greenstar.services.verification.verify import verify
from greenstar.services.visit.lifecycle import decide, submit, withdraw
from greenstar.services.visit.opening import open_visit
from greenstar.services.workspace import Workspace
from greenstar.storage.opening import open_storage
from tests.services.conftest import Opener
from tests.sql import database_of, path_of

Tamper = Callable[[sqlite3.Connection], object]


@pytest.fixture
def whole(opened: Opener, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database with a decided visit that has evidence, a finding and a note, and with a draft: its file."""
    photo = tmp_path / "meter.jpg"
    photo.write_bytes(b"what a meter showed")
    visit = open_visit(workspace, "S-1")
    for question, value in (("fresh", Fraction(20)), ("used", Fraction(100)), ("W2", True), ("E1", Fraction(1))):
        visit.answer(question, value)
    visit.note("W1", "read twice")
    attach(visit, "W1", [files_of(visit).take(photo)])
    set_verified(visit, of_visit(visit)[0], on=True)
    add(visit, Finding("W1", "minor", "leaks", "mend it", None, None))
    submit(workspace, "S-1")
    open_visit(workspace, "S-2").answer("W2", True)
    workspace.storage.close()
    (allowed,) = load_trust().signers
    monkeypatch.setenv("GREENSTAR_HOME", str(tmp_path / "office"))  # somebody else, with a key of their own
    with opened(assessor="Bo") as office:
        decide(office, "S-1")
    trust_key(allowed_line("Ada", allowed.key))
    return path_of(workspace)


def verified(path: Path, *receipts: Path, trust: Trust | None = None, evidence: bool = True) -> Verification:
    with closing(open_storage(path, write=False)) as storage:
        return verify(storage, evidence=evidence, receipts=receipts, trust=trust)


def kinds(result: Verification) -> set[str]:
    return {problem.kind.value for problem in result.problems}


def tampered(path: Path, tamper: str | Tamper) -> Verification:
    """What verifying says once somebody changed the file with SQLite alone, and put its guards back in place."""
    copy = path.with_name("tampered.db")
    shutil.copy(path, copy)
    shutil.copytree(path.with_name(path.name + ".evidence"), copy.with_name("tampered.db.evidence"), dirs_exist_ok=True)
    with closing(sqlite3.connect(copy, isolation_level=None)) as file:
        guards = file.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            file.execute(f"DROP TRIGGER {name}")
        if isinstance(tamper, str):
            assert file.execute(tamper).rowcount > 0, tamper
        else:
            tamper(file)
        for _, sql in guards:
            file.execute(sql)
    return verified(copy)


def resealed(file: sqlite3.Connection) -> None:
    """Another result in what was sealed, with a seal that fits."""
    (text,) = file.execute("SELECT sealed FROM assessment WHERE sealed IS NOT NULL").fetchone()
    sealed = text.replace('"region":"East"', '"region":"West"')
    assert sealed != text
    values = (sealed, sha256_of(sealed))
    file.execute("UPDATE assessment SET sealed = ?, seal = ?, region = 'West' WHERE sealed IS NOT NULL", values)


def last_event_gone(file: sqlite3.Connection) -> None:
    """The last event of a draft, and all traces of it in the journal."""
    ulid, chain, previous = file.execute(
        "SELECT ulid, chain, previous FROM event WHERE assessment = 2 ORDER BY id DESC LIMIT 1"
    ).fetchone()
    file.execute("DELETE FROM event WHERE ulid = ?", (ulid,))
    file.execute("DELETE FROM head WHERE chain = ?", (chain,))
    (parent,) = json.loads(previous)
    file.execute("INSERT INTO head SELECT chain, hash, place FROM event WHERE hash = ?", (parent,))


def another_signature(file: sqlite3.Connection) -> None:
    """The signature of a statement in the place of the seal's."""
    (seal,) = file.execute("SELECT seal FROM assessment WHERE seal IS NOT NULL").fetchone()
    (armour,) = file.execute("SELECT armour FROM signature WHERE document <> ?", (seal,)).fetchone()
    file.execute("UPDATE signature SET armour = ? WHERE document = ?", (armour, seal))


FORGERIES: list[tuple[str | Tamper, str]] = [
    ("UPDATE scorecard SET total = '100', total_number = 100 WHERE assessment = 1", "score"),
    ("UPDATE scorecard SET key_1 = 100 WHERE assessment = 1", "score"),
    ("UPDATE scorecard SET level = 'two', stars = 2 WHERE assessment = 1", "score"),
    ("UPDATE scorecard SET candidate = 1 - candidate WHERE assessment = 1", "score"),
    ("UPDATE score SET points = 1, points_exact = '1' WHERE assessment = 1", "score"),
    ("DELETE FROM scorecard WHERE assessment = 1", "score"),
    ("UPDATE assessment SET sealed = replace(sealed, 'East', 'West') WHERE id = 1", "rewritten"),
    (resealed, "differs"),
    ("UPDATE answer SET value = '\"1\"' WHERE assessment = 1 AND question = 'fresh'", "differs"),
    ("UPDATE answer SET by = 'Cy' WHERE assessment = 1", "differs"),
    ("UPDATE answer SET value = 'false' WHERE assessment = 2", "differs"),
    ("DELETE FROM note", "differs"),
    ("DELETE FROM finding", "differs"),
    ("UPDATE evidence SET verified = 0", "differs"),
    ("UPDATE assessment SET certificate = 'GS-2026-1' WHERE id = 1", "differs"),
    ("UPDATE assessment SET status = 'withdrawn' WHERE id = 1", "differs"),
    ("UPDATE assessment SET store_name = 'Another' WHERE id = 1", "differs"),
    ("UPDATE assessment SET visited = '2026-03-01' WHERE id = 1", "differs"),
    ("UPDATE assessment SET assessor = 'Cy' WHERE id = 1", "differs"),
    ("UPDATE store SET region = 'West' WHERE code = 'S-1'", "differs"),
    ("UPDATE event SET became = '\"7\"' WHERE kind = 'answer'", "rewritten"),
    ("UPDATE event SET by = 'Cy' WHERE kind = 'submitted'", "rewritten"),
    ("DELETE FROM event WHERE kind = 'note'", "truncated"),
    (last_event_gone, "differs"),
    ("DELETE FROM event WHERE assessment = 2", "truncated"),
    ("UPDATE scheme SET canonical = replace(canonical, '60', '61')", "scheme"),
    ("UPDATE statement SET document = replace(document, 'Bo', 'Cy')", "rewritten"),
    ("DELETE FROM signature WHERE document = (SELECT seal FROM assessment WHERE id = 1)", "unsigned"),
    (another_signature, "bad_signature"),
    (lambda file: file.execute("CREATE TABLE other (x)"), "structure"),
]


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


def test_signers_are_told_apart_and_a_receipt_notices_what_was_rewritten_or_rolled_back(
    whole: Path, opened: Opener, tmp_path: Path
) -> None:
    assert kinds(verified(whole, trust=Trust())) == {"unknown_signer"}
    renamed = Trust(tuple(replace(signer, names=("Cy",)) for signer in load_trust().signers))
    assert kinds(verified(whole, trust=renamed)) == {"other_signer"}
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

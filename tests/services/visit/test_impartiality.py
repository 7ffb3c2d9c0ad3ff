"""`decided_by: another`: nobody decides on a visit that is partly their own work."""

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from greenstar.errors import BadInput, StorageError
from greenstar.services.demo.sample import MADE, is_sample
from greenstar.services.settings.settings import keep
from greenstar.services.settings.settings_file import SIGNING
from greenstar.services.stores.stores import set_fact
from greenstar.services.trust.signer_files import list_signer
from greenstar.services.verification.verify import verify
from greenstar.services.visit import lifecycle
from greenstar.services.visit.lifecycle import decide, reopen, submit
from greenstar.services.visit.opening import open_visit
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace
from greenstar.storage.opening import open_storage
from greenstar.text import folded
from tests.services.conftest import SCHEME, Opener, fill
from tests.sql import database_of, path_of


@pytest.fixture
def small_scheme(tmp_path: Path) -> Path:
    """The small scheme, whose visits are decided by another."""
    path = tmp_path / "small.yaml"
    path.write_text(SCHEME.replace('version: "1"\n', 'version: "1"\ndecided_by: another\n'), encoding="utf-8")
    return path


@pytest.fixture
def opened(opened: Opener, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Opener:
    """Everybody sits at a computer of their own, with their own key, and opens the same database."""

    def at_own_computer(**options: str) -> Workspace:
        monkeypatch.setenv("GREENSTAR_HOME", str(tmp_path / folded(options.get("assessor", "Ada"))))
        return opened(**options)

    return at_own_computer


def decided_by(opened: Opener, who: str, store: str = "S-1") -> str:
    """The key of the sentence that refuses this person's decision, or an empty text: then verifying agrees."""
    workspace = opened(assessor=who)
    try:
        decide(workspace, store)
    except BadInput as refused:
        return refused.message.key
    assert not own_work_told(workspace)
    return ""


def own_work_told(workspace: Workspace) -> set[str]:
    """The keys of the sentences by which verifying tells that somebody decided on their own work."""
    problems = verify(workspace.storage).problems
    return {problem.sentence.key for problem in problems if problem.kind == "own_work"}


def test_the_assessor_does_not_decide_however_the_name_is_written(visit: OpenVisit, opened: Opener) -> None:
    fill(visit)
    submit(opened(assessor="Sue"), "S-1")
    for who in ("Ada", "ADA", "  ada ", "Ａｄａ"):
        assert decided_by(opened, who) == "storage.decides_on_own_work", who
    assert decided_by(opened, "Dan") == ""


def test_neither_who_submitted_nor_who_answered_or_excused_decides(visit: OpenVisit, opened: Opener) -> None:
    fill(visit)
    open_visit(opened(assessor="Ann"), "S-1").answer("W2", False)
    open_visit(opened(assessor="Bob"), "S-1").answer("W2", True)
    open_visit(opened(assessor="Eve"), "S-1").mark_not_applicable("E1", "no lamps at all")
    submit(opened(assessor="Sue"), "S-1")
    for who in ("Ada", "Ann", "Bob", "Eve", "Sue"):
        assert decided_by(opened, who) == "storage.decides_on_own_work"
    assert decided_by(opened, "Dan") == ""


def test_who_answered_in_the_revision_before_does_not_decide_on_the_next(visit: OpenVisit, opened: Opener) -> None:
    fill(visit)
    open_visit(opened(assessor="Ann"), "S-1").answer("W2", False)
    submit(opened(assessor="Sue"), "S-1")
    reopen(opened(assessor="Dan"), "S-1", "meter read again")
    submit(opened(assessor="Sue"), "S-1")
    assert decided_by(opened, "Ann") == "storage.decides_on_own_work"
    assert decided_by(opened, "Dan") == ""


def test_whoever_keeps_the_list_of_stores_with_their_facts_decides(workspace: Workspace, opened: Opener) -> None:
    set_fact(opened(assessor="Dan"), "S-2", "has_wash", True)
    fill(open_visit(workspace, "S-2"))
    submit(opened(assessor="Sue"), "S-2")
    assert decided_by(opened, "Dan", "S-2") == ""


def test_names_are_compared_without_case_width_and_outer_blanks() -> None:
    assert folded(" Ｗang  Wei\t") == folded("wang wei")
    assert folded("王伟") != folded("王玮")


def test_whoever_uses_the_key_that_sealed_the_visit_does_not_decide_under_any_name(
    visit: OpenVisit, opened: Opener, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    fill(visit)
    submit(opened(assessor="Sue"), "S-1")
    reopen(opened(assessor="Sue"), "S-1", "meter read again")
    submit(opened(assessor="Tim"), "S-1")
    for computer in ("sue", "tim"):  # of the revision before as well
        office = opened(assessor="Dan")
        monkeypatch.setenv("GREENSTAR_HOME", str(tmp_path / computer))
        with pytest.raises(BadInput) as refused:
            decide(office, "S-1")
        assert refused.value.message.key == "signing.key_of_own_work"
    assert decided_by(opened, "Dan") == ""


def test_a_key_that_is_listed_as_somebodys_who_had_a_hand_in_it_does_not_decide(
    visit: OpenVisit, opened: Opener
) -> None:
    fill(visit)
    open_visit(opened(assessor="Ann"), "S-1").answer("W2", False)
    submit(opened(assessor="Sue"), "S-1")
    office = opened(assessor="Dan")
    list_signer("ANN", office.signing.key("Dan").public)
    assert decided_by(opened, "Dan") == "signing.key_of_own_work"


def test_where_the_seal_is_signed_nobody_decides_without_a_signature(visit: OpenVisit, opened: Opener) -> None:
    fill(visit)
    submit(opened(assessor="Sue"), "S-1")
    opened(assessor="Dan")
    keep(SIGNING, "off")
    assert decided_by(opened, "Dan") == "signing.decision_unsigned"


def test_where_nothing_is_signed_names_decide_as_they_did(visit: OpenVisit, opened: Opener) -> None:
    fill(visit)
    for name in ("Sue", "Dan"):
        opened(assessor=name)
        keep(SIGNING, "off")
    submit(opened(assessor="Sue"), "S-1")
    assert decided_by(opened, "Sue") == "storage.decides_on_own_work"
    assert decided_by(opened, "Dan") == ""


def test_an_event_that_says_that_all_is_a_sample_switches_no_signature_off(visit: OpenVisit, opened: Opener) -> None:
    fill(visit)
    seal = submit(opened(assessor="Sue"), "S-1").seal
    office = opened(assessor="Dan")
    file = database_of(office)
    file.tables.conn.execute("DROP TRIGGER event_is_never_changed")
    (begun,) = (event for event in office.storage.events.all() if event.chain.startswith("database:"))
    as_sample = begun._replace(kind=MADE).hashed()
    for sha256 in (begun.hash, as_sample.hash):  # with a hash of before, and with one that fits
        file.execute("UPDATE event SET kind = ?, hash = ? WHERE ulid = ?", (MADE, sha256, begun.id))
        assert is_sample(office)
        assert decided_by(opened, "Sue") == "storage.decides_on_own_work"
        opened(assessor="Dan")
        keep(SIGNING, "off")
        assert decided_by(opened, "Dan") == "signing.decision_unsigned"
        keep(SIGNING, "auto")
    decide(opened(assessor="Dan"), "S-1")
    (stated,) = office.storage.statements.of_seals([seal])
    assert office.storage.signatures.of([stated.sha256])


def test_a_signature_of_something_else_bars_nobody_from_the_next_revision(visit: OpenVisit, opened: Opener) -> None:
    fill(visit)
    seal = submit(opened(assessor="Sue"), "S-1").seal
    office = opened(assessor="Dan")
    forged = office.signing.sign(b"something else", "Dan")
    office.storage.signatures.keep(seal, forged.key.digits, forged.armour)
    with pytest.raises(StorageError) as damaged:  # nobody decides on this one: its record does not hold
        decide(office, "S-1")
    assert damaged.value.message.key == "verify.refused"
    reopen(opened(assessor="Sue"), "S-1", "sealed anew")
    submit(opened(assessor="Sue"), "S-1")
    assert decided_by(opened, "Dan") == ""


def test_verify_tells_a_decision_by_whoever_had_a_hand_in_it_that_a_changed_program_let_through(
    visit: OpenVisit, opened: Opener, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    fill(visit)
    submit(opened(assessor="Sue"), "S-1")
    reopen(opened(assessor="Sue"), "S-1", "meter read again")
    open_visit(opened(assessor="Ann"), "S-1").answer("W2", False)
    submit(opened(assessor="Tim"), "S-1")
    monkeypatch.setattr(lifecycle, "refuse_own_work", lambda *_: None)
    listed = opened(assessor="Cy")
    list_signer("Ann", listed.signing.key("Cy").public)
    for who, computer, told in (
        ("Dan", "sue", {"verify.decided_with_key"}),  # the key of the revision before
        ("Dan", "tim", {"verify.decided_with_key"}),
        ("Dan", "dan", set()),
        ("ann", "dan", {"verify.decided_own_work"}),
        ("Cy", "cy", {"verify.decided_with_key"}),  # listed as Ann's
    ):
        monkeypatch.setenv("GREENSTAR_HOME", str(tmp_path / computer))
        copy = shutil.copy(path_of(listed), tmp_path / f"{who}-{computer}.db")
        with closing(open_storage(Path(copy))) as storage:
            office = Workspace(storage, cycle="2026", assessor=who)
            decide(office, "S-1")
            assert own_work_told(office) == told, (who, computer)

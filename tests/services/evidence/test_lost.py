"""Evidence whose file was lost or damaged: it does not count as verified from then on, and that is said."""

from pathlib import Path

import pytest

from greenstar.errors import BadInput
from greenstar.i18n.catalogue import Catalogue
from greenstar.record.plain import plain_visit
from greenstar.services.evidence.evidence import attach, of_criterion, of_visit, set_verified
from greenstar.services.evidence.lost import lost_evidence, lost_in, lost_told
from greenstar.services.results.ranking import league
from greenstar.services.stores.past_visits import past_visits
from greenstar.services.stores.stores import list_stores
from greenstar.services.visit.lifecycle import reopen, submit
from greenstar.services.visit.opening import open_visit
from greenstar.services.visit.submission import again
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols.evidence import Keeping
from tests.exported import counting_or_drafts, criterion_rows, score_rows
from tests.journals import journal_faults
from tests.services.conftest import Opener, fill
from tests.services.seals import seal_holds

EN = Catalogue("en")


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A file to attach."""
    path = tmp_path / "meter.jpg"
    path.write_bytes(b"a picture of a meter")
    return path


@pytest.fixture
def verified(visit: OpenVisit, photo: Path) -> OpenVisit:
    """A full visit with a verified file."""
    return with_verified(visit, photo)


def with_verified(visit: OpenVisit, photo: Path) -> OpenVisit:
    """The visit, full and with a verified file."""
    fill(visit)
    attach(visit, "W1", [visit.workspace.storage.evidence.take(photo)])
    set_verified(visit, of_criterion(visit, "W1")[0], on=True)
    return visit


def kept(visit: OpenVisit) -> Path:
    """Where its only file lies."""
    path = visit.workspace.storage.evidence.path_of(of_visit(visit)[0].sha256)
    assert path is not None
    return path


def damage(visit: OpenVisit) -> None:
    """Cut a byte off the file."""
    path = kept(visit)
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[:-1])


def counted(workspace: Workspace) -> int:
    """How many verified files W1 has."""
    return int(criterion_rows(workspace)[0]["verified"])


@pytest.mark.parametrize("keeping", [Keeping.GONE, Keeping.DAMAGED])
def test_what_is_lost_of_a_draft_does_not_count_until_the_file_is_taken_in_again(
    workspace: Workspace, verified: OpenVisit, photo: Path, keeping: Keeping
) -> None:
    assert counted(workspace) == 1
    if keeping is Keeping.GONE:
        kept(verified).unlink()
    else:
        damage(verified)
    assert counted(workspace) == 0
    visit = again(verified)
    assert [entry.keeping for entry in lost_evidence(visit)] == [keeping]
    assert not visit.visit.evidence["W1"][0].verified
    (sentence,) = (EN.render(phrase) for phrase in lost_told(visit))
    assert sentence.startswith("W1 meter.jpg counts as not verified: ")
    with pytest.raises(BadInput) as caught:
        set_verified(visit, of_criterion(visit, "W1")[0], on=True)
    assert caught.value.message.key == f"evidence.not_verified_{keeping.value}"
    assert attach(visit, "W1", [workspace.storage.evidence.take(photo)]).already
    assert (lost_evidence(again(visit)), counted(workspace)) == ([], 1)


@pytest.mark.usefixtures("workspace")
def test_rankings_tables_and_lists_have_a_draft_as_its_files_are_now_whatever_was_kept_of_it(
    opened: Opener, small_scheme: Path, tmp_path: Path, photo: Path
) -> None:
    proving = tmp_path / "proving.yaml"
    text = small_scheme.read_text("utf-8").replace("{total: 80, findings: {major: 0}}", "{total: 80, evidence: 100%}")
    proving.write_text(text, "utf-8")
    workspace = opened(scheme=str(proving))
    visit = with_verified(open_visit(workspace, "S-1"), photo)

    def levels() -> set[str | None]:
        listed = next(overview.level for overview in list_stores(workspace) if overview.store.code == "S-1")
        tables = {league(workspace, drafts=True).stores[0].entry.level, score_rows(workspace)[0]["level"]}
        return {*tables, listed, past_visits(workspace, "S-1")[0].level}

    visit.close()
    assert levels() == {"two"}
    kept(visit).unlink()
    assert levels() == {"one"}  # what was kept of it did not know
    visit = again(visit)
    visit.note("W1", "the picture is gone")
    visit.close()
    assert levels() == {"one"}
    workspace.storage.evidence.take(photo)
    assert levels() == {"two"}  # nor what was kept in the meantime


def test_what_is_lost_is_sealed_as_not_verified_and_told(workspace: Workspace, verified: OpenVisit) -> None:
    seen = again(verified)
    kept(verified).unlink()
    with pytest.raises(BadInput) as caught:
        submit(workspace, "S-1", seen=seen)  # it is not what was looked at
    assert caught.value.message.key == "storage.changed_since_seen"
    done = submit(workspace, "S-1", seen=again(verified))
    assert [entry.file for entry in done.lost] == ["meter.jpg"]
    sealed = open_visit(workspace, "S-1")
    assert (sealed.visit.evidence["W1"][0].verified, of_visit(sealed)[0].verified) == (False, False)
    assert seal_holds(workspace, sealed.assessment)


def test_each_file_is_read_to_its_last_byte_when_it_is_sealed(workspace: Workspace, verified: OpenVisit) -> None:
    path = kept(verified)
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[:-1] + b"!")  # as long as it was
    assert lost_evidence(again(verified)) == []
    done = submit(workspace, "S-1", seen=again(verified))
    assert [(entry.file, entry.keeping) for entry in done.lost] == [("meter.jpg", Keeping.DAMAGED)]
    sealed = open_visit(workspace, "S-1")
    assert (sealed.visit.evidence["W1"][0].verified, of_visit(sealed)[0].verified) == (False, False)
    assert journal_faults(workspace) == []


def test_a_file_with_other_bytes_is_told_also_where_nobody_verified_it(
    workspace: Workspace, verified: OpenVisit
) -> None:
    set_verified(verified, of_visit(verified)[0], on=False)
    path = kept(verified)
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    done = submit(workspace, "S-1", seen=again(verified))
    assert [(entry.file, entry.keeping) for entry in done.lost] == [("meter.jpg", Keeping.DAMAGED)]


def test_what_is_sealed_stays_as_it_was_and_what_is_lost_of_it_is_told(
    workspace: Workspace, verified: OpenVisit, photo: Path
) -> None:
    submit(workspace, "S-1")
    sealed = open_visit(workspace, "S-1")
    before = plain_visit(sealed.visit, sealed.scheme), sealed.scorecard.total
    damage(verified)
    sealed = open_visit(workspace, "S-1")
    assert (plain_visit(sealed.visit, sealed.scheme), sealed.scorecard.total) == before
    assert counted(workspace) == 1
    (lost,) = lost_in(workspace, counting_or_drafts(workspace))
    assert (lost.row.store, lost.entry.file, lost.entry.keeping) == ("S-1", "meter.jpg", Keeping.DAMAGED)
    (sentence,) = (EN.render(phrase) for phrase in lost_told(sealed))
    assert sentence.endswith("what is sealed stays as it was sealed: W1 meter.jpg")
    reopen(workspace, "S-1", "look again")
    assert not open_visit(workspace, "S-1").visit.evidence["W1"][0].verified
    workspace.storage.evidence.take(photo)
    assert open_visit(workspace, "S-1").visit.evidence["W1"][0].verified

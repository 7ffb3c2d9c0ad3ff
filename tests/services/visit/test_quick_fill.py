"""Much of a place filled in at once, and taken back by one undo."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from greenstar.errors import BadInput
from greenstar.i18n.catalogue import Catalogue
from greenstar.services.evidence.evidence import attach, of_criterion
from greenstar.services.visit.lifecycle import submit
from greenstar.services.visit.opening import open_visit
from greenstar.services.visit.quick_fill import all_verified, fill, still_so
from greenstar.services.visit.undoing import redo_last, undo_last
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols.evidence import StoredFile
from tests.services.conftest import fill as answer_all


@pytest.fixture
def again(workspace: Workspace, visit: OpenVisit) -> Iterator[OpenVisit]:
    """The visit of the next cycle, in which nothing is answered yet."""
    answer_all(visit)
    submit(workspace, "S-1")
    with open_visit(workspace.in_cycle("2027"), "S-1") as following:
        yield following


def test_what_is_still_so_is_taken_over_at_once_but_what_is_answered_and_taken_back_as_one(again: OpenVisit) -> None:
    before = dict(again.visit.answers)
    criteria = list(again.scheme.criteria)
    again.answer("W2", False)
    count = still_so(again, criteria).count
    assert count > 1
    assert fill(again, still_so, criteria).count == count
    assert again.visit.answers["W2"] is False
    assert len(again.visit.answers) == count + 1
    assert again.scorecard.total == OpenVisit(again.workspace, again.assessment).scorecard.total
    with pytest.raises(BadInput, match="nothing"):
        fill(again, still_so, criteria)
    say = Catalogue("en").render
    assert say(undo_last(again)) == f"Taken back: {count} answers that were still so"
    assert again.visit.answers == {**before, "W2": False}
    redo_last(again)
    assert len(again.visit.answers) == count + 1
    undo_last(again)
    undo_last(again)
    assert again.visit.answers == before


def test_all_files_that_are_here_are_verified_at_once_and_one_undo_takes_that_back(
    visit: OpenVisit, tmp_path: Path
) -> None:
    files = []
    for name in ("a.jpg", "b.jpg"):
        (tmp_path / name).write_text(name, encoding="utf-8")
        files.append(visit.workspace.storage.evidence.take(tmp_path / name))
    gone = StoredFile("gone.jpg", "0" * 64, 3)
    attach(visit, "W1", [files[0], gone])
    attach(visit, "W2", files)
    criteria = list(visit.scheme.criteria)
    can_be = all_verified(visit, criteria)
    assert (can_be.count, can_be.left) == (3, 1)
    fill(visit, all_verified, criteria)
    assert [entry.verified for name in ("W1", "W2") for entry in of_criterion(visit, name)] == [True, False, True, True]
    assert Catalogue("en").render(undo_last(visit)) == "Taken back: evidence verified at 2 criteria"
    assert not any(entry.verified for name in ("W1", "W2") for entry in of_criterion(visit, name))

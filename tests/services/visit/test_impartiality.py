"""`decided_by: another`: nobody decides on a visit that is partly their own work."""

from pathlib import Path

import pytest

from greenstar.errors import BadInput
from greenstar.services.visit.lifecycle import decide, reopen, submit
from greenstar.services.visit.opening import open_visit
from greenstar.services.visit.visit import OpenVisit
from greenstar.text import folded
from tests.services.conftest import SCHEME, Opener, fill


@pytest.fixture
def small_scheme(tmp_path: Path) -> Path:
    """The small scheme, whose visits are decided by another."""
    path = tmp_path / "small.yaml"
    path.write_text(SCHEME.replace('version: "1"\n', 'version: "1"\ndecided_by: another\n'), encoding="utf-8")
    return path


def decided_by(opened: Opener, who: str) -> str:
    """The key of the sentence that refuses this person's decision, or an empty text."""
    try:
        decide(opened(assessor=who), "S-1")
    except BadInput as refused:
        return refused.message.key
    return ""


@pytest.mark.parametrize("who", ["Ada", "ADA", "  ada ", "Ａｄａ"])
def test_the_assessor_does_not_decide_however_the_name_is_written(visit: OpenVisit, opened: Opener, who: str) -> None:
    fill(visit)
    submit(opened(assessor="Sue"), "S-1")
    assert decided_by(opened, who) == "storage.decides_on_own_work"
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


def test_names_are_compared_without_case_width_and_outer_blanks() -> None:
    assert folded(" Ｗang  Wei\t") == folded("wang wei")
    assert folded("王伟") != folded("王玮")

"""Undo and redo over a whole visit, from its events alone."""

from fractions import Fraction

import pytest

from greenstar.database.events import canonical, first_broken
from greenstar.errors import BadInput
from greenstar.services.history import effects, history, redo, take_back, undo
from greenstar.services.life import submit
from greenstar.services.visits import OpenVisit, open_visit
from tests.services.conftest import Opener


def finding(text: str) -> dict[str, object]:
    """An entry as the database keeps it."""
    return {"criterion": "W1", "severity": "minor", "text": text, "action": "", "due": None, "closed": None,
            "found_at": "2026-05-12T09:30:00.000Z", "by": "Ada"}  # fmt: skip


def test_undo_and_redo_go_through_the_whole_visit_and_over_a_restart(visit: OpenVisit, opened: Opener) -> None:
    visit.answer("used", Fraction(100))
    visit.answer("used", Fraction(200))
    visit.note("W1", "seen")
    visit.flag("W2", on=True)
    visit.mark_not_applicable("E1", "none")
    with opened() as other:
        again = open_visit(other, "S-1")
        undone = [undo(again) for _ in range(7)]
        kinds = [one.kind if one is not None else None for one in undone]
        assert kinds == ["exemption", "flag", "note", "answer", "answer", "fact", None]
        assert (again.visit.answers, again.visit.facts, again.visit.notes, again.flags) == ({}, {}, {}, frozenset())
    with opened() as other:
        again = open_visit(other, "S-1")
        redone = [redo(again) for _ in range(7)]
        assert [one is None for one in redone] == [False] * 6 + [True]
        assert (again.visit.answers, again.visit.notes) == ({"used": 200}, {"W1": "seen"})
        assert (set(again.flags), dict(again.visit.not_applicable)) == ({"W2"}, {"E1": "none"})
        assert first_broken(other.database) is None


def test_a_change_after_an_undo_ends_what_could_be_redone(visit: OpenVisit) -> None:
    visit.answer("used", Fraction(100))
    undo(visit)
    visit.answer("W2", True)
    assert redo(visit) is None
    assert visit.visit.answers == {"W2": True}


def test_an_undo_can_be_undone_and_done_again(visit: OpenVisit) -> None:
    visit.answer("W2", True)
    for _ in range(3):
        undo(visit)
        assert visit.visit.answers == {}
        redo(visit)
        assert visit.visit.answers == {"W2": True}
    assert [one.undone for one in history(visit)][:1] == [False]


def test_any_entry_can_be_taken_back_out_of_its_turn(visit: OpenVisit) -> None:
    visit.answer("used", Fraction(100))
    visit.answer("W2", True)
    older = next(one for one in history(visit) if one.subject == "used")
    take_back(visit, older)
    assert visit.visit.answers == {"W2": True}
    undo(visit)
    assert visit.visit.answers == {}


def test_of_a_list_only_what_the_change_touched_is_put_back(visit: OpenVisit) -> None:
    first, second, closed = finding("one"), finding("two"), {**finding("one"), "closed": "2026-05-12"}
    visit.put("finding", "W1", canonical([first]))
    added = history(visit)[0]
    visit.put("finding", "W1", canonical([first, second]))
    take_back(visit, added)
    assert [one.text for one in visit.visit.findings] == ["two"]
    undo(visit)  # the addition of "two", which was before
    assert visit.visit.findings == ()
    redo(visit)
    redo(visit)
    assert sorted(found.text for found in visit.visit.findings) == ["one", "two"]
    visit.put("finding", "W1", canonical([closed, second]))
    with pytest.raises(BadInput) as caught:
        take_back(visit, added)
    assert caught.value.message.key == "history.changed_since"


def test_each_entry_says_what_it_moved_in_points(visit: OpenVisit) -> None:
    visit.answer("used", Fraction(100))
    visit.answer("fresh", Fraction(10))
    visit.answer("W2", True)
    visit.answer("W2", False)
    visit.set_fact("has_wash", False)
    entries = history(visit)
    moved = dict(zip([one.number for one in entries], effects(visit, entries), strict=True))
    assert [moved[one.number] for one in entries if one.kind == "answer"] == [-10, 10, 60, 0]
    assert [moved[one.number] for one in entries if one.kind == "fact"] == [-60, 0]
    assert [moved[one.number] for one in entries if one.kind == "started"] == [None]


def test_a_sealed_visit_is_not_undone(visit: OpenVisit) -> None:
    visit.answer("W2", True)
    submit(visit.workspace, "S-1")
    again = open_visit(visit.workspace, "S-1")
    with pytest.raises(BadInput):
        undo(again)
    assert again.visit.answers == {"W2": True}

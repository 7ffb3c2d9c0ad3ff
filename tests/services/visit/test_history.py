"""Undo and redo over a whole visit, from its events alone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from threading import Thread

import pytest

from greenstar.assessment.answers_file import AnswersFile
from greenstar.assessment.model import Finding
from greenstar.errors import BadInput
from greenstar.i18n.catalogue import Catalogue
from greenstar.record.canonical import canonical
from greenstar.services.findings.findings import (
    add,
    change,
    close,
    close_previous,
    confirm_previous,
    findings_of,
    to_settle,
)
from greenstar.services.visit.history import Effects, HistoryEntry, history, redo, take_back, undo
from greenstar.services.visit.history_text import entry_phrase
from greenstar.services.visit.import_answers import record
from greenstar.services.visit.lifecycle import decide, reopen, submit, withdraw
from greenstar.services.visit.opening import open_visit
from greenstar.services.visit.recording import Recording
from greenstar.services.visit.undoing import redo_last, turn_back, undo_last
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace
from tests.journals import journal_faults
from tests.services.conftest import Clock, Opener, fill
from tests.sql import path_of


def finding(text: str) -> dict[str, object]:
    """An entry as the database keeps it."""
    return {"criterion": "W1", "severity": "minor", "text": text, "action": "", "due": None, "closed": None,
            "id": f"F-{text}", "follows": "", "owner": "",
            "found_at": "2026-05-12T09:30:00.000Z", "by": "Ada"}  # fmt: skip


def test_undo_and_redo_go_through_the_whole_visit_and_over_a_restart(visit: OpenVisit, opened: Opener) -> None:
    visit.answer("used", Fraction(100))
    visit.answer("used", Fraction(200))
    visit.note("W1", "seen")
    visit.flag("W2", on=True)
    visit.mark_not_applicable("E1", "no lamps at all")
    with opened() as other:
        again = open_visit(other, "S-1")
        undone = [undo(again) for _ in range(7)]
        kinds = [entry.kind if entry is not None else None for entry in undone]
        assert kinds == ["exemption", "flag", "note", "answer", "answer", "fact", None]
        assert (again.visit.answers, again.visit.facts, again.visit.notes, again.flags) == ({}, {}, {}, frozenset())
    with opened() as other:
        again = open_visit(other, "S-1")
        redone = [redo(again) for _ in range(7)]
        assert [entry is None for entry in redone] == [False] * 6 + [True]
        assert (again.visit.answers, again.visit.notes) == ({"used": 200}, {"W1": "seen"})
        assert (set(again.flags), dict(again.visit.not_applicable)) == ({"W2"}, {"E1": "no lamps at all"})
        assert journal_faults(other) == []


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
    assert history(visit)[0].undone is None


def test_any_entry_can_be_taken_back_out_of_its_turn(visit: OpenVisit) -> None:
    visit.answer("used", Fraction(100))
    visit.answer("W2", True)
    older = next(entry for entry in history(visit) if entry.subject == "used")
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
    assert [finding.text for finding in visit.visit.findings] == ["two"]
    undo(visit)  # the addition of "two", which was before
    assert not visit.visit.findings
    redo(visit)
    redo(visit)
    assert sorted(finding.text for finding in visit.visit.findings) == ["one", "two"]
    visit.put("finding", "W1", canonical([closed, second]))
    with pytest.raises(BadInput) as caught:
        take_back(visit, added)
    assert caught.value.message.key == "history.changed_since"


def test_what_a_program_without_ids_changed_is_put_back_with_the_id_that_the_finding_has_now(visit: OpenVisit) -> None:
    old = finding("old")
    without = {name: value for name, value in old.items() if name not in ("id", "follows", "owner")}
    visit.put("finding", "W1", canonical([old]))
    entry = replace(history(visit)[0], before=canonical([{**without, "text": "older"}]), after=canonical([without]))
    take_back(visit, entry)
    assert [(finding.text, finding.id) for finding in visit.visit.findings] == [("older", "F-old")]
    removed = replace(entry, before=canonical([{**without, "text": "gone"}]), after=None)
    take_back(visit, removed)
    gone, older = sorted(visit.visit.findings, key=lambda finding: finding.text)
    assert (older.id, len(gone.id)) == ("F-old", 26)


def test_each_entry_says_what_it_moved_in_points(visit: OpenVisit) -> None:
    visit.answer("used", Fraction(100))
    visit.answer("fresh", Fraction(10))
    visit.answer("W2", True)
    visit.answer("W2", False)
    visit.set_fact("has_wash", False)
    entries = history(visit)
    effects = Effects(visit, entries)
    assert not effects.known(0)
    moved = {entry.number: effects.of(index) for index, entry in reversed(list(enumerate(entries)))}
    assert [moved[entry.number] for entry in entries if entry.kind == "answer"] == [-10, 10, 60, 0]
    assert [moved[entry.number] for entry in entries if entry.kind == "fact"] == [-60, 0]
    assert [moved[entry.number] for entry in entries if entry.kind == "started"] == [None]
    assert all(effects.known(index) for index in range(len(entries)))


def test_a_sealed_visit_is_not_undone(visit: OpenVisit) -> None:
    visit.answer("W2", True)
    submit(visit.workspace, "S-1")
    again = open_visit(visit.workspace, "S-1")
    with pytest.raises(BadInput):
        undo(again)
    assert again.visit.answers == {"W2": True}


def test_of_a_sealed_visit_later_changes_of_the_facts_are_no_history(visit: OpenVisit, opened: Opener) -> None:
    visit.answer("W2", True)
    submit(visit.workspace, "S-1")
    open_visit(opened(cycle="2027"), "S-1").set_fact("has_wash", False)
    sealed = open_visit(visit.workspace, "S-1")
    assert [entry.kind for entry in history(sealed)] == ["submitted", "answer", "fact", "started"]


# -- out of turn


def test_what_was_put_back_out_of_turn_does_not_hold_the_undo_up(visit: OpenVisit) -> None:
    for value in (100, 200, 100, 300):
        visit.answer("used", Fraction(value))
    take_back(visit, next(entry for entry in history(visit) if entry.after == '"200"'))
    assert visit.visit.answers == {"used": 100}
    done = undo(visit)  # the last one left it at 100 before, and so it is
    assert done is not None
    assert (done.after, visit.visit.answers) == ('"100"', {"used": 200})


def test_what_stands_is_told_from_what_was_taken_back(visit: OpenVisit) -> None:
    visit.answer("W2", True)
    undo(visit)
    undone = [entry.undone is not None for entry in history(visit)]
    assert undone[:2] == [False, True]  # the undo stands, the answer does not
    redo(visit)
    undone = [entry.undone is not None for entry in history(visit)]
    assert undone[:3] == [False, True, False]  # the answer stands again, as the undo was taken back


# -- in words


def words(visit: OpenVisit, language: str = "en", most: int | None = 20) -> list[str]:
    """The whole history as a person reads it, the newest first."""
    entries = history(visit)
    earlier = {entry.number: entry for entry in entries}
    return [Catalogue(language).render(entry_phrase(visit.scheme, entry, earlier, most)) for entry in entries]


def test_answers_and_facts_are_told_with_their_questions_units_and_what_they_were(visit: OpenVisit) -> None:
    visit.answer("used", Fraction(100))
    visit.answer("used", Fraction(201, 2))
    visit.answer("used", None)
    visit.answer("W2", True)
    visit.answer("E1", Fraction(867, 1000))
    assert words(visit)[:-1] == [
        "E1: 86.7 % - LED",
        "W2: yes - A tank?",
        "W1: removed (was 100.5 m³) - All",
        "W1: 100.5 m³ (was 100 m³) - All",
        "W1: 100 m³ - All",
        "Store: yes - Wash?",
    ]
    assert words(visit, "zh")[2:4] == ["W1：已清除（原为 100.5 m³） - 总量", "W1：100.5 m³（原为 100 m³） - 总量"]


def test_notes_flags_and_reasons_are_told_and_long_texts_cut(visit: OpenVisit) -> None:
    visit.note("W1", "[/x] {0}\n" + "long " * 100)
    visit.flag("W2", on=True)
    visit.flag("W2", on=False)
    visit.mark_not_applicable("E1", "no lamps at all")
    visit.mark_not_applicable("E1", None)
    assert words(visit)[:5] == [
        "E1 not applicable: removed (was no lamps at all)",
        "E1 not applicable: no lamps at all",
        "W2 flag taken away",
        "W2 flagged",
        "W1 note: [/x] {0} long long l...",
    ]
    assert words(visit, most=None)[4].endswith("long long")


def test_findings_and_evidence_are_told_by_what_became_of_each(visit: OpenVisit) -> None:
    add(visit, Finding("W1", "major", "A leak"))
    change(visit, findings_of(visit)[0], Finding("W1", "minor", "A leak", action="Seal"))
    close(visit, findings_of(visit)[0])
    evidence = {"criterion": "W1", "file": "a.jpg", "caption": "", "verified": 0, "sha256": "0", "bytes": 1}
    visit.put("evidence", "W1", canonical([evidence]))
    visit.put("evidence", "W1", canonical([{**evidence, "verified": 1}, {**evidence, "file": "b.jpg"}]))
    visit.put("evidence", "W1", None)
    visit.put("evidence", "W1", canonical([{**evidence, "sha256": ""}]))
    visit.put("evidence", "W1", canonical([evidence]))
    visit.put("evidence", "W1", canonical([{**evidence, "bytes": 2000, "taken_at": "2026-05-01"}]))
    assert words(visit)[:9] == [
        "W1 evidence a.jpg: size: 2.0 kB (was 1 B), the file's time: 2026-05-01",
        "W1 evidence a.jpg: its file is here now",
        "W1 evidence added: a.jpg",
        "W1 evidence removed: a.jpg, evidence removed: b.jpg",
        "W1 evidence a.jpg: verified: yes (was no), evidence added: b.jpg",
        "W1 evidence added: a.jpg",
        "W1 finding closed on 2026-05-12: A leak",
        "W1 finding changed, A leak: severity: minor (was major), what closes it: Seal",
        "W1 finding added (major): A leak",
    ]


def test_a_finding_of_the_last_visit_is_told_as_confirmed_or_closed(
    visit: OpenVisit, opened: Opener, clock: Clock
) -> None:
    add(visit, Finding("W1", "major", "A leak"))
    add(visit, Finding("W1", "minor", "A crack"))
    submit(visit.workspace, "S-1")
    clock.at += timedelta(days=365)
    again = open_visit(opened(cycle="2027"), "S-1")
    confirm_previous(again, to_settle(again)[0])
    close_previous(again, to_settle(again)[0])
    assert words(again)[:2] == [
        "W1 finding of the last visit closed (minor): A crack",
        "W1 finding of the last visit still open (major): A leak",
    ]


def test_the_life_of_a_visit_is_told(visit: OpenVisit, workspace: Workspace) -> None:
    fill(visit)
    submit(workspace, "S-1")
    certificate = decide(workspace, "S-1").certificate
    reopen(workspace, "S-1", "a new meter")
    first = OpenVisit(workspace, visit.assessment)
    assert words(first)[:3] == [
        "Reopened as revision 2: a new meter",
        f"Decided: Two stars, certificate {certificate}, to 2029-05-11",
        "Submitted and sealed: Two stars",
    ]
    assert words(first)[-1] == "Visit started: cycle 2026, criteria 1"
    submit(workspace, "S-1")
    withdraw(workspace, "S-1", "by mistake")
    assert words(open_visit(workspace, "S-1")) == [
        "Withdrawn: by mistake",
        "Submitted and sealed: Two stars",
        "Revision 2 started: cycle 2026, criteria 1",
    ]


def test_a_recorded_file_is_told_with_who_visited_and_when(
    workspace: Workspace, answers: Callable[[str], AnswersFile]
) -> None:
    text = """
        store: {code: S-2, name: Second}
        cycle: "2026"
        visited: 2026-04-02
        answers: {used: 10}
        findings: [{criterion: W2, severity: minor, text: A crack}]
        """
    record(workspace, answers(text))
    changed = text.replace("04-02", "04-03").replace("minor", "major").replace("used: 10", "used: 20")
    record(workspace, answers(changed), how=Recording(replace=True))
    visit = open_visit(workspace, "S-2")
    assert words(visit)[:3] == [
        "Date of the visit: 2026-04-03 (was 2026-04-02) (from answers.yaml)",
        "W2 finding removed (minor): A crack, finding added (major): A crack (from answers.yaml)",
        "W1: 20 m³ (was 10 m³) - All (from answers.yaml)",
    ]


def test_undo_redo_and_taking_back_say_what_was_done(visit: OpenVisit) -> None:
    visit.answer("used", Fraction(100))
    visit.answer("used", Fraction(200))
    say = Catalogue("en").render
    assert say(undo_last(visit)) == "Taken back: W1: 200 m³ (was 100 m³) - All"
    assert say(redo_last(visit)) == "Done again: W1: 200 m³ (was 100 m³) - All"
    assert say(redo_last(visit)) == "There is nothing to redo."
    assert words(visit)[:2] == [
        "Done again: W1: 200 m³ (was 100 m³) - All",
        "Taken back: W1: 200 m³ (was 100 m³) - All",
    ]
    first = next(entry for entry in history(visit) if entry.after == '"100"' and entry.undoes is None)
    assert say(turn_back(visit, first)) == "Taken back: W1: 100 m³ - All"
    assert visit.visit.answers == {}
    assert say(turn_back(visit, first)) == "It is so already; nothing was changed."  # another window was quicker
    assert visit.visit.answers == {}
    again = next(entry for entry in history(visit) if entry.number == first.number)
    assert say(turn_back(visit, again)) == "Done again: W1: 100 m³ - All"
    assert visit.visit.answers == {"used": 200}


def test_two_windows_that_redo_at_once_do_it_once(visit: OpenVisit, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace, windows = visit.workspace, list[Thread]()
    visit.put("finding", "W1", canonical([finding("one")]))
    undo(visit)

    def other_window() -> None:
        with Workspace.open(path_of(workspace), cycle="2026", assessor="Bob", clock=workspace.clock) as other:
            redo(open_visit(other, "S-1"))

    def meanwhile(of: OpenVisit) -> list[HistoryEntry]:
        entries = history(of)
        if of is visit and not windows:
            windows.append(Thread(target=other_window))
            windows[0].start()
            windows[0].join(0.3)
        return entries

    monkeypatch.setattr("greenstar.services.visit.history.history", meanwhile)
    redo(visit)
    windows[0].join()
    visit.refresh()
    assert [finding.text for finding in visit.visit.findings] == ["one"]


def test_an_entry_that_the_scheme_does_not_know_is_still_told(visit: OpenVisit) -> None:
    visit.answer("W2", True)
    entry = replace(history(visit)[0], subject="gone", after='["a"]', before='{"odd": 1}')
    assert Catalogue("en").render(entry_phrase(visit.scheme, entry, {})) == ": ['a'] (was {'odd': 1}) - gone"
    strange = replace(entry, kind="repainted", subject=None)
    assert Catalogue("en").render(entry_phrase(visit.scheme, strange, {})) == "repainted "

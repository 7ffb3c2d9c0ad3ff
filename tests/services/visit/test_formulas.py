"""How an answer was calculated stays with it: on disk, in events, through undo, seals, revisions, moves and files."""

import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from greenstar.assessment.answers_file import AnswersFile, read_answers_files
from greenstar.assessment.calculated import Calculated, formula_of
from greenstar.i18n.catalogue import Catalogue
from greenstar.scheme.model import Scheme
from greenstar.scoring.explain.explanation import Explanation
from greenstar.scoring.explain.tree import explain
from greenstar.services.stores.stores import set_fact
from greenstar.services.visit.conflict import Conflict
from greenstar.services.visit.history import history, redo, undo
from greenstar.services.visit.history_text import entry_phrase
from greenstar.services.visit.import_answers import record
from greenstar.services.visit.lifecycle import reopen, submit
from greenstar.services.visit.opening import open_visit
from greenstar.services.visit.recording import Recording
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace
from tests.exported import answer_rows, answers_json
from tests.journals import journal_faults
from tests.services.conftest import Opener, events_of, fill
from tests.services.visit.test_moving import draft_of, moved, version
from tests.sql import database_of

BY_METER = Calculated(Fraction(100), "1384.5-1284.5")
Read = Callable[[str], AnswersFile]


def stored(workspace: Workspace, question: str = "used") -> list[tuple[str, str | None]]:
    sql = "SELECT value, formula FROM answer WHERE question = ? ORDER BY assessment"
    rows = database_of(workspace).rows(sql, (question,))
    return [(row["value"], row["formula"]) for row in rows]


def formulas(visit: OpenVisit) -> dict[str, str | None]:
    return {name: formula_of(answer) for name, answer in visit.visit.answers.items() if formula_of(answer)}


def test_the_formula_lies_beside_the_value_and_is_noted_in_the_event(visit: OpenVisit, opened: Opener) -> None:
    visit.answer("used", BY_METER)
    assert stored(visit.workspace) == [('"100"', "1384.5-1284.5")]
    assert events_of(visit.workspace)[-1] == (
        *("answer", "used", None),
        '{"formula":"1384.5-1284.5","value":"100"}',
    )
    with opened() as other:
        assert formulas(open_visit(other, "S-1")) == {"used": "1384.5-1284.5"}
    assert journal_faults(visit.workspace) == []


def test_the_same_number_by_hand_takes_the_formula_away_and_undo_and_redo_turn_that(visit: OpenVisit) -> None:
    visit.answer("used", BY_METER)
    visit.answer("used", Fraction(100))
    assert stored(visit.workspace) == [('"100"', None)]
    lines = [Catalogue(language).render(entry_phrase(visit.scheme, history(visit)[1], {})) for language in ("en", "zh")]
    assert "100 m³ (1384.5-1284.5)" in lines[0]
    assert "100 m³（1384.5-1284.5）" in lines[1]
    assert undo(visit) is not None
    assert formulas(visit) == {"used": "1384.5-1284.5"}
    assert redo(visit) is not None
    assert (formulas(visit), visit.visit.answers["used"]) == ({}, 100)


def test_two_windows_that_calculate_otherwise_do_not_overwrite_each_other(visit: OpenVisit, opened: Opener) -> None:
    with opened() as other:
        open_visit(other, "S-1").answer("used", BY_METER)
    with pytest.raises(Conflict) as caught:
        visit.answer("used", Calculated(Fraction(100), "50*2"), seen=None)
    assert json.loads(caught.value.theirs or "") == {"formula": "1384.5-1284.5", "value": "100"}


def test_it_is_sealed_and_goes_into_the_next_revision(visit: OpenVisit, workspace: Workspace) -> None:
    fill(visit)
    visit.answer("used", BY_METER)
    submit(workspace, "S-1")
    sealed = json.loads(workspace.storage.assessments.sealed(visit.assessment.id) or "{}")
    assert (sealed["answers"]["used"], sealed["formulas"]) == ("100", {"used": "1384.5-1284.5"})
    assert formulas(open_visit(workspace, "S-1")) == {"used": "1384.5-1284.5"}
    reopen(workspace, "S-1", "one more look at it")
    assert formulas(open_visit(workspace, "S-1")) == {"used": "1384.5-1284.5"}
    assert stored(workspace) == [('"100"', "1384.5-1284.5")] * 2


def test_a_visit_without_formulas_is_sealed_as_it_always_was(visit: OpenVisit, workspace: Workspace) -> None:
    fill(visit)
    submit(workspace, "S-1")
    assert "formulas" not in json.loads(workspace.storage.assessments.sealed(visit.assessment.id) or "{}")


def test_it_moves_with_its_answer_to_another_version_and_back(visit: OpenVisit, tmp_path: Path) -> None:
    visit.answer("used", BY_METER)
    visit.answer("fresh", Calculated(Fraction(10), "5*2"))
    used = "used: {type: number, unit: m³, min: 0, plausible: [10, 5000],"
    fresh = "fresh: {type: number, unit: m³, min: 0,"
    rules = (
        ("fresh > used", "total_m3 < 0"),
        ("fresh < 0.05 * used", "total_m3 == 7"),
        ("1 - fresh / used", "total_m3 / 1000"),
    )
    changes = (used, "total_m3: {formerly: [used], type: number, unit: m³,"), (fresh, "fresh: {type: text,"), *rules
    moved(visit.workspace, version(tmp_path, ('version: "1"', 'version: "2"'), *changes))
    draft = draft_of(visit.workspace)
    assert formulas(draft) == {"total_m3": "1384.5-1284.5"}
    assert draft.visit.answers["fresh"] == "10"
    assert undo(draft) is not None
    assert formulas(draft) == {"used": "1384.5-1284.5", "fresh": "5*2"}


def test_a_fact_keeps_what_it_comes_to_and_not_how(visit: OpenVisit) -> None:
    visit.set_fact("area_m2", Calculated(Fraction(600), "20*30"))
    set_fact(visit.workspace, "S-1", "area_m2", Calculated(Fraction(601), "600+1"))
    again = open_visit(visit.workspace, "S-1")
    assert [formula_of(each.visit.facts["area_m2"]) for each in (visit, again)] == [None, None]


def test_explain_and_the_exports_say_how_an_answer_was_calculated(visit: OpenVisit, workspace: Workspace) -> None:
    fill(visit)
    visit.answer("used", BY_METER)
    rows = {row["question"]: (row["value"], row["formula"]) for row in answer_rows(workspace)}
    assert (rows["used"], rows["fresh"]) == ((100, "1384.5-1284.5"), (10, None))
    (document,) = json.loads(answers_json(workspace))
    assert (document["answers"]["used"], document["formulas"]) == (100, {"used": "1384.5-1284.5"})
    lines = [Catalogue("en").render(part.line) for part in _all(explain(visit.scheme, visit.visit, visit.scorecard))]
    assert any("100 m³ (1384.5-1284.5)" in line for line in lines)


def _all(explanation: Explanation) -> list[Explanation]:
    return [explanation, *(line for part in explanation.parts for line in _all(part))]


def test_an_exported_visit_is_recorded_with_its_formulas(
    visit: OpenVisit, workspace: Workspace, small: Scheme, tmp_path: Path
) -> None:
    fill(visit)
    visit.answer("used", BY_METER)
    path = tmp_path / "visits.json"
    path.write_text(answers_json(workspace).replace('"S-1"', '"S-2"'), encoding="utf-8")
    record(workspace, *read_answers_files(path, lambda _name, _base: small))
    assert open_visit(workspace, "S-2").visit.answers == visit.visit.answers
    assert formulas(open_visit(workspace, "S-2")) == {"used": "1384.5-1284.5"}


def test_a_file_that_says_an_answer_again_without_its_formula_leaves_it(workspace: Workspace, answers: Read) -> None:
    header = "store: {code: P-1}\nassessor: Ben\n"
    record(workspace, answers(f'{header}answers: {{used: 100}}\nformulas: {{used: "1384.5-1284.5"}}\n'))
    again = answers(f"{header}answers: {{used: 100}}\n")
    assert record(workspace, again)[0].changes == ()
    assert formulas(open_visit(workspace, "P-1")) == {"used": "1384.5-1284.5"}
    record(workspace, again, how=Recording(replace=True))
    assert formulas(open_visit(workspace, "P-1")) == {}
    record(workspace, answers(f'{header}answers: {{used: 100}}\nformulas: {{used: "50*2"}}\n'))
    record(workspace, answers(f"{header}answers: {{used: 101}}\n"))
    assert stored(workspace) == [('"101"', None)]

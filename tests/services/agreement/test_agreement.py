"""What double visits, events and excuses say of the assessors of a cycle."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest

from greenstar.assessment.model import AssessmentKind, Store
from greenstar.errors import BadInput
from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Phrase
from greenstar.ranking.agreement.alpha import NoAlpha
from greenstar.ranking.league import Ranking
from greenstar.reports.json.agreement import agreement_json
from greenstar.reports.text.agreement import agreement_page
from greenstar.reports.text.page import plain
from greenstar.reports.views.agreement import alike_phrase
from greenstar.services.agreement.agreement import Agreement, agreement, places_alike, places_told_apart
from greenstar.services.results.ranking import league
from greenstar.services.stores.stores import add_store
from greenstar.services.visit.lifecycle import submit
from greenstar.services.visit.opening import begin_check_visit, open_visit
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace
from greenstar.text import cell_width
from tests.builders import of
from tests.exported import score_rows
from tests.services.conftest import Clock, fill
from tests.services.made_once import made_once


def visited(workspace: Workspace, code: str, lamps: int, *, submitting: bool = True) -> None:
    """A visit to a store, which is there then, by Ada."""
    if code not in ("S-1", "S-2"):
        add_store(workspace, Store(code, f"Store {code}", region="East"))
    fill(open_visit(workspace, code), lamps=lamps)
    if submitting:
        submit(workspace, code)


def checked(workspace: Workspace, code: str, lamps: int, who: str = "Bob", *, tank: bool = True) -> OpenVisit:
    """A check visit that is complete."""
    other = workspace.as_person(who)
    check = OpenVisit(other, begin_check_visit(other, code))
    fill(check, lamps=lamps, tank=tank)
    return check


def network(workspace: Workspace, doubles: int = 6) -> Agreement:
    """Six stores or more, most of them assessed twice; the second assessor finds two percent more of the lamps."""

    def assess() -> None:
        for number in range(1, 8):
            visited(workspace, f"S-{number}", lamps=10 * number)
        for number in range(1, doubles + 1):
            checked(workspace, f"S-{number}", lamps=10 * number + 2, tank=number != 1)

    made_once(workspace, assess, doubles)
    return agreement(workspace)


def lines(result: Agreement, language: str = "en") -> list[str]:
    """What is printed."""
    return list(plain(agreement_page(result, Catalogue(language))))


def standing(ranking: Ranking) -> list[tuple[int, str, Fraction | None]]:
    """Ranks, stores and totals."""
    return [(ranked.rank, ranked.entry.store, ranked.entry.total) for ranked in ranking.stores]


def test_two_assessors_are_compared_criterion_by_criterion_and_in_their_totals(workspace: Workspace) -> None:
    result = network(workspace)
    criteria = {criterion.criterion: criterion for criterion in result.criteria}
    assert of(criteria["E1"], "basis measure stores differing earning_differently") == ["answer", "interval", 6, 6, 6]
    assert of(criteria["W1"], "basis measure stores differing earning_differently") == ["points", "interval", 6, 0, 0]
    assert of(criteria["W2"], "basis measure stores differing") == ["answer", "nominal", 6, 1]
    assert criteria["E1"].alpha.value is not None
    assert 0.98 < criteria["E1"].alpha.value < 1
    assert criteria["W2"].alpha.value == 0  # one of two answers where all others are alike: no better than chance
    assert criteria["W1"].alpha.why_none is NoAlpha.ALL_ALIKE
    assert [question.question for question in criteria["W1"].questions] == ["fresh", "used"]
    assert next(iter(criteria)) == "E1"  # they differ about it most
    off = Fraction(60, 100)  # 2 % of 30 points, at five stores; at the first a tank of 10 points is missed as well
    assert (result.repeatability.pairs, result.repeatability.variance) == (6, (5 * off**2 + (off - 10) ** 2) / 12)
    assert result.alike.places["S-7"][0] == 1


def test_a_check_visit_never_counts(workspace: Workspace) -> None:
    before = network(workspace, doubles=0)
    checked(workspace, "S-1", lamps=100)
    after = agreement(workspace)
    assert before.doubles != after.doubles
    assert standing(before.ranking) == standing(after.ranking) == standing(league(workspace))
    assert (before.visits, after.visits) == (7, 7)
    assert [row["assessor"] for row in score_rows(workspace)] == ["Ada"] * 7


@pytest.mark.slow
def test_below_five_pairs_it_is_not_known_how_far_totals_lie_apart(workspace: Workspace) -> None:
    result = network(workspace, doubles=4)
    assert result.alike.why_none == Phrase("agreement.not_known_yet", count=4, least=5)
    assert "Not known yet how far totals lie apart: 4 complete pairs of 5." in lines(result)
    checked(workspace, "S-5", lamps=52)
    assert agreement(workspace).alike.why_none is None


def test_the_ranking_is_told_which_places_cannot_be_told_apart(workspace: Workspace) -> None:
    network(workspace)
    alike = places_told_apart(workspace, league(workspace))
    low, high = alike.places["S-4"]
    assert low <= 4 <= high
    assert alike_phrase(alike, "S-4") == Phrase("agreement.alike", low=low, high=high)
    assert alike_phrase(alike, "S-99") is None


def test_where_the_total_does_not_come_first_nothing_is_said_of_places(workspace: Workspace) -> None:
    result = network(workspace)
    by_energy = replace(result.ranking, keys={"energy": None, "total": None})
    assert places_alike(by_energy, result.repeatability).why_none == Phrase("agreement.not_by_total")


def test_without_check_visits_it_is_said_what_to_do(workspace: Workspace) -> None:
    visited(workspace, "S-1", lamps=50)
    text = "\n".join(lines(agreement(workspace)))
    assert "greenstar record --check-visit FILE" in text
    assert agreement_json(agreement(workspace), Catalogue("en"))["double_visits"] == []


def test_check_visits_that_are_not_compared_are_counted_with_the_reason(workspace: Workspace) -> None:
    visited(workspace, "S-1", lamps=50)
    visited(workspace, "S-2", lamps=50, submitting=False)
    other = workspace.as_person("Bob")
    OpenVisit(other, begin_check_visit(other, "S-1")).answer("W2", False)
    checked(workspace, "S-1", lamps=60, who="ADA")
    checked(workspace, "S-2", lamps=60)
    result = agreement(workspace)
    assert {note.key for note in result.notes} == {"agreement.own", "agreement.waiting", "agreement.open"}
    assert [(each.criterion, each.stores) for each in result.criteria] == [("W2", 1), ("W1", 0), ("E1", 0)]
    assert result.criteria[1].alpha.why_none is NoAlpha.NOT_COMPARED
    assert "Assessed twice nowhere (2): W1, E1." in lines(result)
    assert result.repeatability.pairs == 0


def test_an_assessor_who_excuses_what_another_answers_differs(workspace: Workspace) -> None:
    visited(workspace, "S-1", lamps=50)
    other = workspace.as_person("Bob")
    check = OpenVisit(other, begin_check_visit(other, "S-1"))
    check.mark_not_applicable("E1", "no lamps of its own: all light is the landlord's")
    criterion = agreement(workspace).criteria[0]
    assert of(criterion, "criterion stores differing") == ["E1", 1, 1]
    assert criterion.alpha.why_none is NoAlpha.NOT_COMPARED


def test_what_never_varies_is_named_from_five_stores_on(workspace: Workspace) -> None:
    for number in range(1, 5):
        visited(workspace, f"S-{number}", lamps=10 * number)
    assert agreement(workspace).never_varying == {}
    visited(workspace, "S-5", lamps=50)
    assert agreement(workspace).never_varying == {"W1": 5, "W2": 5}


def test_minutes_come_from_the_times_of_entries_without_pauses(workspace: Workspace, clock: Clock) -> None:
    opened = open_visit(workspace, "S-1")
    opened.set_fact("has_wash", True)
    for minutes, question, value in ((3, "W2", True), (4, "used", Fraction(100)), (90, "E1", Fraction(1, 2))):
        clock.at += timedelta(minutes=minutes)
        opened.answer(question, value)
    clock.at += timedelta(minutes=2)
    opened.answer("fresh", Fraction(10))
    submit(workspace, "S-1")
    known = agreement(workspace).minutes
    assert {name: (round(time.median), time.visits) for name, time in known.items()} == {"W1": (6, 1), "W2": (3, 1)}


def test_excuses_are_a_share_of_what_applies_by_rule_beside_the_others(workspace: Workspace) -> None:
    visited(workspace, "S-2", lamps=50)
    other = workspace.as_person("Bob")
    opened = open_visit(other, "S-1")
    fill(opened)
    opened.mark_not_applicable("E1", "no lamps of its own: all light is the landlord's")
    submit(other, "S-1")
    bob, ada = agreement(workspace).assessors
    assert of(bob, "assessor visits share others few") == ["Bob", 1, Fraction(3, 10), 0, True]
    assert of(ada, "assessor visits share others") == ["Ada", 1, 0, Fraction(3, 10)]


def test_a_region_has_its_own_assessors_and_an_unknown_one_is_refused(workspace: Workspace) -> None:
    network(workspace)
    assert agreement(workspace, "west").visits == 1
    assert [double.store for double in agreement(workspace, "West").doubles] == ["S-2"]
    with pytest.raises(BadInput):
        agreement(workspace, "Nowhere")


def test_a_cycle_without_visits_has_nothing_to_compare(workspace: Workspace) -> None:
    result = agreement(workspace)
    assert (result.scheme, lines(result)) == (None, [])
    assert agreement_json(result, Catalogue("en"))["visits"] == 0


def test_every_line_fits_eighty_columns_in_both_languages(workspace: Workspace) -> None:
    result = network(workspace)
    for language in ("en", "zh"):
        for printed in (result, agreement(workspace, "West")):
            assert [line for line in lines(printed, language) if cell_width(line) > 80] == []


def test_the_json_names_everything_and_rounds_nothing_to_full_agreement(workspace: Workspace) -> None:
    told = agreement_json(network(workspace), Catalogue("en"))
    lamps = next(criterion for criterion in told["criteria"] if criterion["criterion"] == "E1")
    assert (lamps["title"], lamps["stores"], lamps["alpha"] < 1) == ("Lamps", 6, True)
    assert told["repeatability"] == {
        "pairs": 6, "least_pairs": 5, "known": True,
        "deviation": told["repeatability"]["deviation"], "limit_95": told["repeatability"]["limit_95"],
    }  # fmt: skip
    assert [place["rank"] for place in told["places"]] == [1, 2, 3, 4, 5, 6, 7]
    kinds = [assessment["kind"] for assessment in told["double_visits"][0]["assessments"]]
    assert kinds == [AssessmentKind.VISIT, AssessmentKind.CHECK_VISIT]


def test_that_alike_goes_by_what_both_say_applies_is_said_where_it_does_not_to_one(workspace: Workspace) -> None:
    visited(workspace, "S-1", lamps=10)
    visited(workspace, "S-2", lamps=10)
    assert not [line for line in lines(agreement(workspace)) if line.startswith("alike:")]
    checked(workspace, "S-1", lamps=10)
    checked(workspace, "S-2", lamps=10).mark_not_applicable("E1", "there are no lamps of its own")
    result = agreement(workspace)
    (lamps,) = (criterion for criterion in result.criteria if criterion.criterion == "E1")
    assert (lamps.alpha.why_none, lamps.differing) == (NoAlpha.ALL_ALIKE, 1)
    (note,) = (line for line in lines(result) if line.startswith("alike:"))
    assert note == "alike: where both say that it applies, it came to the same everywhere: no alpha."
    assert [line for line in lines(result, "zh") if line.startswith("全同：")]
    assert max(map(cell_width, lines(result))) <= 80

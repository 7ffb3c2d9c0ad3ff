"""`greenstar cycle close`, `reopen` and `list`, and `rank` of a closed cycle."""

import json
import sys

import pytest

from tests.cli.conftest import Greenstar


@pytest.mark.usefixtures("wuxi_submitted")
def test_a_cycle_is_closed_shown_as_it_was_and_opened_again(greenstar: Greenstar) -> None:
    asked = greenstar("cycle", "close", "2026")
    assert (asked.code, asked.out) == (2, "")
    assert "Submitted and not decided on: WX-001." in asked.err
    assert "--yes closes it all the same" in asked.err
    closed = json.loads(greenstar("--assessor", "Office", "cycle", "close", "2026", "--yes", "--json").out)
    assert (closed["cycle"], closed["revision"], closed["stores"], closed["left"]["undecided"]) == (
        "2026", 1, 1, ["WX-001"],
    )  # fmt: skip
    assert "was closed on" in greenstar("cycle", "close", "2026").err
    withdrawn = greenstar("withdraw", "WX-001", "--because", "it was another store")
    assert "The cycle 2026 is closed: its kept ranking stays as it is" in withdrawn.err
    ranking = greenstar("rank", "--json")
    told = json.loads(ranking.out)
    assert [(store["rank"], store["store"], store["total"]) for store in told["stores"]] == [(1, "WX-001", 90)]
    assert (told["kept"]["by"], told["kept"]["seal"]) == ("Office", closed["seal"])
    assert told["kept"]["settings"] == {"weights": 20, "draws": 10_000, "seed": 2026, "first": 10}
    assert told["kept"]["differs"] == [
        {"store": "WX-001", "rank": 1, "rank_now": None, "total": 90, "total_now": None, "level": "star-3",
         "level_now": None},
    ]  # fmt: skip
    assert "Worked out again it would differ: WX-001 (place 1, now none)." in ranking.err
    assert "WX-001" in greenstar("rank").out
    assert greenstar("export", "ranking").out.splitlines()[1].startswith("1,WX-001,")
    assert greenstar("cycle", "reopen", "2026", "--because", "x").code == 2
    reopened = greenstar("cycle", "reopen", "2026", "--because", "the wrong store was withdrawn")
    assert reopened.out == "2026: open again. Revision 1 is kept with its seal.\n"
    assert json.loads(greenstar("rank", "--json").out)["kept"] is None
    (cycle,) = json.loads(greenstar("cycle", "list", "--json").out)["cycles"]
    assert (cycle["visits"], cycle["closed"], cycle["closings"][0]["holds"]) == (0, False, True)
    assert "open again since" in greenstar("cycle", "list").out


@pytest.mark.usefixtures("wuxi_submitted")
def test_without_numpy_or_with_a_damaged_one_it_is_said_how_to_install_it(
    greenstar: Greenstar, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "numpy", None)  # what cannot be imported
    for is_there in (False, True):
        monkeypatch.setattr("greenstar.services.cycles.kept_leagues.can_be_sure", lambda there=is_there: there)
        closed = greenstar("cycle", "close", "2026", "--yes")
        assert closed.code == 0
        assert "as NumPy is not installed: pipx inject greenstar numpy" in closed.err
        greenstar("cycle", "reopen", "2026", "--because", "NumPy comes tomorrow")


def test_a_cycle_without_visits_is_refused(greenstar: Greenstar) -> None:
    greenstar("stores", "add", "A-1")
    assert greenstar("cycle", "close", "2026").err == "There is no visit in the cycle 2026, nor in any other.\n"
    assert greenstar("cycle", "list").err == "There are no visits yet, so there is no cycle.\n"

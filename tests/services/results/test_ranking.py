"""The league of a cycle: what counts, under which rules, and what is said of the rest."""

import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest

from greenstar.assessment.model import Store
from greenstar.errors import BadInput
from greenstar.i18n.catalogue import Catalogue
from greenstar.ranking.league import Ranking
from greenstar.services.results.ranking import league, ranked_cycles
from greenstar.services.stores.stores import add_store, edit_store
from greenstar.services.visit.lifecycle import reopen, submit
from greenstar.services.visit.opening import open_visit
from greenstar.services.workspace import Workspace
from tests.builders import of
from tests.services.conftest import Opener, fill
from tests.services.made_once import made_once
from tests.sql import database_of, path_of


def submitted(workspace: Workspace, code: str, lamps: int = 100, fresh: int = 10) -> None:
    """A submitted visit."""
    fill(open_visit(workspace, code), lamps=lamps, fresh=fresh)
    submit(workspace, code)


def places(ranking: Ranking) -> list[tuple[int, str]]:
    """Ranks and codes."""
    return [(ranked.rank, ranked.entry.store) for ranked in ranking.stores]


def test_submitted_visits_are_ranked_by_the_schemes_keys(workspace: Workspace) -> None:
    add_store(workspace, Store("S-3", "Third", region="East"))
    add_store(workspace, Store("S-4", "Fourth", region="East"))
    submitted(workspace, "S-1", lamps=50)
    submitted(workspace, "S-2", lamps=100)
    submitted(workspace, "S-3", lamps=50)
    open_visit(workspace, "S-4").answer("W2", True)
    ranking = league(workspace)
    assert places(ranking) == [(1, "S-2"), (2, "S-1"), (2, "S-3")]
    assert (ranking.scheme, ranking.version, ranking.cycle) == ("small", "1", "2026")
    best = ranking.stores[0].entry
    assert of(best, "total level stars available") == [100, "two", 2, 100]
    assert best.keys == {"total": 100, "energy": 30}
    assert list(ranking.edges.points) == [40, 80]
    assert ranking.levels["two"].in_("zh") == "二星"
    assert [of(level, "id stars total percent") for level in ranking.ladder] == [
        ["one", 1, 40, False], ["two", 2, 80, False],
    ]  # fmt: skip
    assert ranking.keys["energy"] is not None
    assert ranking.keys["total"] is None


def test_candidates_meet_what_a_lighthouse_must_and_others_hear_why_not(workspace: Workspace) -> None:
    submitted(workspace, "S-1")
    submitted(workspace, "S-2", lamps=40, fresh=40)
    first, second = (ranked.entry for ranked in league(workspace).stores)
    assert (first.candidate, first.why_not) == (True, ())
    assert not second.candidate
    assert {reason.key for reason in second.why_not} == {"scoring.unmet_categories", "scoring.unmet_level"}
    told = "".join(Catalogue("zh").render(reason) for reason in second.why_not)
    assert all(part in told for part in ("能源", "40 %", "50 %", "二星"))


def test_drafts_are_ranked_only_when_asked_and_then_as_they_are_now(workspace: Workspace) -> None:
    submitted(workspace, "S-1")
    draft = open_visit(workspace, "S-2")
    fill(draft, lamps=0)
    draft.close()
    draft.answer("E1", Fraction(1, 2))  # after its scorecard was kept
    assert places(league(workspace)) == [(1, "S-1")]
    ranking = league(workspace, drafts=True)
    assert [of(ranked.entry, "store total status") for ranked in ranking.stores] == [
        ["S-1", 100, "submitted"],
        ["S-2", 85, "draft"],
    ]


def test_a_reopened_draft_stands_for_its_store_only_when_drafts_are_asked_for(workspace: Workspace) -> None:
    submitted(workspace, "S-1")
    reopen(workspace, "S-1", "again")
    open_visit(workspace, "S-1").answer("E1", None)
    assert [ranked.entry.total for ranked in league(workspace).stores] == [100]
    assert [ranked.entry.total for ranked in league(workspace, drafts=True).stores] == [70]


def test_ranks_within_a_region_begin_at_one(workspace: Workspace) -> None:
    submitted(workspace, "S-1")
    submitted(workspace, "S-2", lamps=10)
    assert places(league(workspace, region="west")) == [(1, "S-2")]


def test_an_unknown_region_is_told_with_those_there_are(workspace: Workspace) -> None:
    with pytest.raises(BadInput) as caught:
        league(workspace, region="Wst")
    sentence = Catalogue("en").render(caught.value.message)
    assert sentence == "There is no store in a region Wst; did you mean West? The regions are East, West."
    with pytest.raises(BadInput) as caught:
        league(workspace, region="")
    assert caught.value.message.values["region"] == '""'
    for code in ("S-1", "S-2"):
        edit_store(workspace, code, region="")
    with pytest.raises(BadInput) as caught:
        league(workspace, region="West")
    assert Catalogue("en").render(caught.value.message).endswith("no store names the region it is in.")


def test_each_cycle_has_its_league(workspace: Workspace, opened: Opener) -> None:
    submitted(workspace, "S-1")
    with opened(cycle="2027") as later:
        submitted(later, "S-2")
    with opened(cycle=None) as latest:
        assert (latest.cycle, places(league(latest))) == ("2027", [(1, "S-2")])
    assert places(league(workspace)) == [(1, "S-1")]


@pytest.fixture
def two_versions(workspace: Workspace, opened: Opener, scheme_file: Path) -> Path:
    """Two stores under version 1, one under version 2; a file of version 1 is left."""
    text = scheme_file.read_text(encoding="utf-8")
    newer = text.replace('version: "1"', 'version: "2"')

    def assess() -> None:
        add_store(workspace, Store("S-3", "Third"))
        submitted(workspace, "S-1")
        submitted(workspace, "S-2")
        scheme_file.write_text(newer, encoding="utf-8")
        with opened() as later:
            submitted(later, "S-3")

    made_once(workspace, assess)
    scheme_file.write_text(newer, encoding="utf-8")
    old = scheme_file.with_name("old.yaml")
    old.write_text(text, encoding="utf-8")
    return old


@pytest.mark.usefixtures("two_versions")
def test_two_versions_are_never_ranked_together_in_silence(opened: Opener) -> None:
    with opened(scheme=None) as workspace:
        ranking = league(workspace)
    assert (ranking.version, places(ranking)) == ("1", [(1, "S-1"), (1, "S-2")])
    (note,) = (Catalogue("en").render(note) for note in ranking.notes)
    assert note.startswith("1 store was assessed under small 2 and is not in this ranking")


def test_the_version_asked_for_is_ranked(opened: Opener, scheme_file: Path, two_versions: Path) -> None:
    for path, expected in ((scheme_file, [(1, "S-3")]), (two_versions, [(1, "S-1"), (1, "S-2")])):
        with opened(scheme=str(path)) as workspace:
            assert places(league(workspace)) == expected
    with opened(scheme="small") as workspace:
        assert places(league(workspace)) == [(1, "S-1"), (1, "S-2")]


def test_an_empty_database_has_an_empty_league(opened: Opener) -> None:
    with opened(scheme=None) as workspace:
        assert league(workspace) == Ranking(None, None, "2026", ())


def test_the_view_in_the_database_ranks_as_the_program_does(workspace: Workspace) -> None:
    for number, lamps in enumerate((50, 100, 50, 0, 73), 3):
        add_store(workspace, Store(f"S-{number}", "Store"))
        submitted(workspace, f"S-{number}", lamps=lamps, fresh=10 * (number % 3))
    view = database_of(workspace).rows("SELECT rank, store FROM ranking ORDER BY rank, store")
    assert [(row["rank"], row["store"]) for row in view] == places(league(workspace))


@pytest.mark.process
def test_ranking_reads_no_scheme_and_loads_no_screen(workspace: Workspace) -> None:
    submitted(workspace, "S-1")
    script = f"""
import sys
from pathlib import Path
from greenstar.services.workspace import Workspace
from greenstar.services.results.ranking import league
with Workspace.open(Path({str(path_of(workspace))!r}), write=False) as workspace:
    assert len(league(workspace).stores) == 1
heavy = {{"pydantic", "textual", "rich", "greenstar.scheme.model", "greenstar.scoring.score"}} & set(sys.modules)
assert not heavy, heavy
"""
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)


def test_the_cycles_with_a_ranking_are_known(workspace: Workspace, opened: Opener) -> None:
    assert ranked_cycles(workspace) == []
    submitted(workspace, "S-1")
    later = opened(cycle="2027")
    open_visit(later, "S-1")
    assert ranked_cycles(later) == ["2026"]
    submitted(later, "S-1")
    assert ranked_cycles(later) == ["2027", "2026"]

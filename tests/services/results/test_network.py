"""What is kept of the stores of a ranking beside their scorecards."""

from fractions import Fraction

from greenstar.i18n.catalogue import Catalogue
from greenstar.ranking.league import Ranking
from greenstar.services.results.network import NetworkFigures, network_figures
from greenstar.services.results.ranking import league
from greenstar.services.visit.lifecycle import submit
from greenstar.services.visit.opening import open_visit
from greenstar.services.workspace import Workspace
from tests.builders import of
from tests.services.conftest import Opener, fill


def submitted(workspace: Workspace, code: str, lamps: int) -> None:
    fill(open_visit(workspace, code), lamps=lamps)
    submit(workspace, code)


def test_means_go_by_the_stores_to_which_a_category_applies_and_change_by_the_cycle_before(
    workspace: Workspace, opened: Opener
) -> None:
    submitted(workspace, "S-1", 100)
    submitted(workspace, "S-2", 50)
    figures = network_figures(workspace, league(workspace))
    assert {mean.id: (mean.share, mean.stores) for mean in figures.means}["ENE"] == (Fraction(3, 4), 2)
    assert "能源" in {Catalogue("zh").write(mean.title) for mean in figures.means}
    assert (figures.before, figures.totals_before) == (None, ())
    with opened(cycle="2027") as later:
        submitted(later, "S-1", 100)
        ranking = league(later)
        figures = network_figures(later, ranking)
        assert of(figures, "before totals_before")[0] == "2026"
        assert sorted(figures.totals_before) == [85, 100]
        assert network_figures(later, ranking, region="west").totals_before == (Fraction(85),)
    assert network_figures(workspace, Ranking(None, None, "2026", ())) == NetworkFigures()

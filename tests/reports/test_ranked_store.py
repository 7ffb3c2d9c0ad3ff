"""A store of a ranking: its total as readers see it, whichever way is quick."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from greenstar.ranking.league import LeagueEntry
from greenstar.reports.views.ranked_store import ShownTotals
from greenstar.scoring.edges import Edges
from tests.rows import rows

EDGES = Edges((Fraction(60), Fraction("84.99"), Fraction(85)), (Fraction(9, 10),))
totals = st.fractions(-5, 110, max_denominator=400) | st.builds(
    lambda edge, by: Fraction(edge) + Fraction(by, 10_000), st.sampled_from([60, 85, 90, 100]), st.integers(-300, 300)
)


def entry(total: Fraction | None, available: Fraction) -> LeagueEntry:
    """A store with that total."""
    return LeagueEntry(1, "S", "S", "", total, None, 0, False, (), {"total": total}, available)


@given(totals, st.sampled_from([Fraction(100), Fraction(50), Fraction(0)]))
def test_a_total_that_is_written_quickly_reads_as_every_figure_does(total: Fraction, available: Fraction) -> None:
    store = entry(total, available)
    written = ShownTotals(EDGES)
    assert written.text(store) == written.text(store) == written.figure(store).text


@rows(
    ("total", "text"), [(None, "-"), (Fraction("84.996"), "84.996"), (Fraction(7, 3), "2.33"), (Fraction(1, 3000), "0")]
)
def test_a_total_for_a_reader(total: Fraction | None, text: str) -> None:
    assert ShownTotals(EDGES).text(entry(total, Fraction(100))) == text

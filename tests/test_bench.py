"""The bench works: every family gives its figures, with as little to measure as there can be."""

from math import isfinite

import pytest

from bench.__main__ import FAMILIES, figures, main
from bench.measure import FULL, TRIAL, Effort, in_turn

QUICK = ["core"]  # the others make a network of stores, open processes or a screen


@pytest.mark.slow
def test_a_row_is_printed_for_each_figure_of_the_chosen_families(capsys: pytest.CaptureFixture[str]) -> None:
    main(QUICK, TRIAL)
    printed = capsys.readouterr().out
    assert printed.count("✓") + printed.count("✗") == 5
    assert "reading the shipped scheme" in printed
    assert "greenstar rank" not in printed


@pytest.mark.process
@pytest.mark.parametrize("family", [family for family in FAMILIES if family not in QUICK])
def test_a_family_of_figures_is_measured(family: str) -> None:
    measured = list(figures(family, TRIAL))
    assert measured
    for figure in measured:
        assert figure.what != figure.against
        assert figure.seconds > 0
        assert isfinite(figure.ratio)


def test_the_least_of_all_rounds_but_the_first_counts() -> None:
    seconds = iter([1.0, 2.0, 4.0, 6.0, 5.0, 7.0])
    assert in_turn(lambda: next(seconds), lambda: next(seconds), Effort(rounds=2)) == (4.0, 6.0)


def test_a_full_run_leaves_nothing_out() -> None:
    assert (FULL.of(10_000), FULL.most_rounds(3).rounds) == (10_000, 3)
    assert (TRIAL.of(100_000), TRIAL.of(3)) == (10, 1)

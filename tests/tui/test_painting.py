"""Nothing is laid out or painted more often than it has to be."""

import pytest

from tests.tui.conftest import Open
from tests.tui.painting import painting

SMALL, WIDE = (80, 24), (120, 36)


@pytest.mark.parametrize("size", [SMALL, WIDE])
async def test_a_visit_opens_with_three_layouts_and_four_paints_at_most(screen: Open, size: tuple[int, int]) -> None:
    async with screen(size=size) as driver:
        with painting() as done:
            driver.host.show_visit("WX-001")
            await driver.rest(hurry=False)
        assert driver.visit.criterion
        assert 1 <= done.layouts <= 3
        assert 1 <= done.paints <= 4


async def test_the_next_criterion_takes_one_layout_and_one_more_where_its_scroll_bar_comes_or_goes(
    screen: Open,
) -> None:
    async with screen("WX-001", size=SMALL) as driver:
        for criterion in ("POL-P1", "POL-01", "WAT-04", "WAT-01"):
            await driver.go_to(criterion)  # each page has been shown once: there are fields enough
        for criterion in ("POL-P1", "POL-01", "WAT-04", "WAT-01"):
            bar = driver.visit.page.paper.show_vertical_scrollbar
            with painting() as done:
                driver.visit.go_to(criterion)
                await driver.rest(hurry=False)
            other_bar = driver.visit.page.paper.show_vertical_scrollbar != bar
            assert (criterion, done.layouts) == (criterion, 1 + other_bar)

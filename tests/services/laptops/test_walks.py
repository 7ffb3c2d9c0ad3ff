"""Laptops that do anything, send anything to anybody, and have clocks that are off by a day: the same everywhere."""

import os

import pytest

from tests.services.laptops.team import Team
from tests.services.laptops.walks import walk

WALKS = int(os.environ.get("GREENSTAR_WALKS", "3"))
STEPS = int(os.environ.get("GREENSTAR_STEPS", "12"))


@pytest.mark.slow
def test_whatever_laptops_do_and_send_they_come_to_the_same(team: Team) -> None:
    for seed in range(WALKS):
        walk(team, seed, STEPS)


@pytest.mark.slow
def test_a_visit_that_was_withdrawn_on_one_laptop_and_decided_on_another_is_withdrawn_everywhere(team: Team) -> None:
    walk(team, 1164, 25)  # whoever decides has a clock that is a day ahead


@pytest.mark.slow
def test_a_decision_that_followed_what_a_seal_left_over_meets_a_withdrawal(team: Team) -> None:
    walk(team, 2637987308, 25)

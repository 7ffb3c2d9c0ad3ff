"""Three laptops with random histories and clocks off by a day, which send each other anything in any order.

`python -m tests.torture.merge 300` walks 300 times. After each walk all three hold the same, and so does a fourth that
never saw any of it.
"""

from random import Random

from tests.services.laptops.walks import walk
from tests.torture.outcome import Outcome
from tests.torture.running import alone
from tests.torture.workshop import a_team

_STEPS = 25


def torture(outcome: Outcome, number: int, seed: int) -> None:
    """Walk so many times."""
    chance = Random(seed)
    for _ in range(number):
        way = chance.randrange(1 << 32)
        with outcome.run(f"walk {way} of {_STEPS} steps"), a_team() as team:
            walk(team, way, _STEPS)


if __name__ == "__main__":
    alone("merge")

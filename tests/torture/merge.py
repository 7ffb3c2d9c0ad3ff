"""Three laptops with random histories and clocks off by a day, which send each other anything in any order.

`python -m tests.torture.merge 300` walks 300 times. After each walk all three hold the same, and so does a fourth that
never saw any of it.
"""

import sys

from tests.services.laptops.walks import walk
from tests.torture.workshop import a_team

_STEPS = 25


def main(walks: int) -> None:
    """Walk so many times."""
    for seed in range(1_000, 1_000 + walks):
        with a_team() as team:
            try:
                walk(team, seed, _STEPS)
            except BaseException:
                print(f"merge: walk {seed} of {_STEPS} steps")
                raise
    print(f"merge: {walks} walks of {_STEPS} steps, the same everywhere")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300)

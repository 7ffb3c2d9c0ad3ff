"""`--sure` and its settings: the same for every command that tells a ranking. Loads no NumPy."""

from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple

from greenstar.cli.framework.parameters import Count, Function, Share, option
from greenstar.errors import BadInput
from greenstar.ranking.uncertainty.settings import LEAST_DRAWS, MOST_DRAWS, MOST_SEED, SureSettings

_OPTIONS = (
    option("--sure", is_flag=True, words="cli.opt_sure"),
    option("--weights", type=Share(), metavar="20%", words="cli.opt_weights"),
    option("--draws", type=Count(LEAST_DRAWS, MOST_DRAWS), metavar="N", words="cli.opt_draws"),
    option("--seed", type=Count(0, MOST_SEED), metavar="N", words="cli.opt_seed"),
)


class Given(NamedTuple):
    """What was given of the settings; None: nothing was said of it."""

    weights: Fraction | None
    draws: int | None
    seed: int | None

    def settings(self, *, sure: bool) -> SureSettings | None:
        """The settings, None without `sure`. BadInput: they mean nothing without it."""
        said = {name: value for name, value in self._asdict().items() if value is not None}
        if sure:
            share = said.pop("weights", None)
            return SureSettings(**said) if share is None else SureSettings(share=share, **said)
        for name in said:
            raise BadInput("sure.without_sure", name=f"--{name}")
        return None


def sure_options() -> Callable[[Function], Function]:
    """Declare `--sure`, `--weights`, `--draws` and `--seed`."""

    def declare(function: Function) -> Function:
        for declared in reversed(_OPTIONS):
            function = declared(function)
        return function

    return declare

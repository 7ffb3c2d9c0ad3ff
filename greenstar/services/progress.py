"""How a long piece of work tells how far it is."""

from collections.abc import Callable

Progress = Callable[[int, int], None]  # how many are done, and how many there are


def unwatched(_done: int, _of: int) -> None:
    """For work that nobody watches."""

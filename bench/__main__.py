"""`make bench`: a table of ratios. Figures, not tests: a busy machine makes them larger."""

import sys
from collections.abc import Iterator
from importlib import import_module

from rich.console import Console
from rich.table import Table

from bench.measure import FULL, Effort, Figure

FAMILIES = (
    "core",
    "storage",
    "record",
    "simulation",
    "screen",
    "pages",
    "reports",
    "large",
    "saving",
    "league",
    "sure",
    "exports",
)


def figures(family: str, effort: Effort) -> Iterator[Figure]:
    """Those of the module of that name, which is loaded only now.

    What one family needs would change the figures of another: NumPy brings a thread, beside which no process is forked.
    """
    measured: Iterator[Figure] = import_module(f"bench.{family}").figures(effort)
    return measured


def main(chosen: list[str], effort: Effort = FULL) -> None:
    """Measure the chosen families, by default all, and print them."""
    table = Table(title="Green Star: figures as ratios (least of several rounds, in turn)")
    for heading in ("what", "against", "ms or MB", "baseline", "ratio", "at most"):
        table.add_column(heading, justify="left" if heading in ("what", "against") else "right", overflow="fold")
    for family in chosen or FAMILIES:
        for figure in figures(family, effort):
            within = figure.ratio <= figure.at_most
            table.add_row(
                figure.what,
                figure.against,
                f"{figure.seconds * figure.shown_times:.2f}",
                f"{figure.baseline * figure.shown_times:.2f}",
                f"{figure.ratio:.2f} {'✓' if within else '✗'}",
                f"{figure.at_most:g}",
            )
    Console(width=120).print(table)


if __name__ == "__main__":
    if unknown := [family for family in sys.argv[1:] if family not in FAMILIES]:
        sys.exit(
            f"No such figures: {', '.join(unknown)}. There are: {', '.join(FAMILIES)}; without a name, all of them."
        )
    main(sys.argv[1:])

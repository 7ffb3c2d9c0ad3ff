"""The figures of drafts for lists, where what was kept of them is not what they come to now.

Imports nothing heavy: lists wait for it.
"""

from collections.abc import Mapping

from greenstar.services.results.outdated import outdated
from greenstar.storage.protocols.scorecards import ScorecardRow
from greenstar.storage.protocols.storage import Storage


def newest_figures(storage: Storage, drafts: Mapping[int, str]) -> dict[int, ScorecardRow]:
    """The figures, as they are now, of those drafts that changed or lost a file since theirs were kept; no others.

    `drafts`: the hash of each one's scheme; each has figures.
    """
    numbers = outdated(storage, list(drafts)) if drafts else set()
    if not numbers:
        return {}
    from greenstar.services.results.stored_visits import scored_again  # noqa: PLC0415 - scoring is slow to import

    return scored_again(storage, {number: scheme for number, scheme in drafts.items() if number in numbers})

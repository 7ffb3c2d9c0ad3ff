"""Which kept figures are not what visits come to now. Imports nothing heavy: lists wait for it."""

from collections.abc import Sequence

from greenstar.storage.protocols.storage import Storage


def outdated(storage: Storage, assessments: Sequence[int]) -> set[int]:
    """Those whose kept figures are not what they come to now: changed since, none kept, or a draft that lost a file.

    What is lost has its bytes here no more, and had been verified.
    """
    return storage.scorecards.stale(assessments) | storage.contents.losing(assessments)

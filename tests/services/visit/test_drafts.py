"""Half-typed text that the disk would not take waits, is read as if it were there, and is kept as soon as it can be."""

from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction

import pytest

from greenstar.errors import StorageError
from greenstar.services.visit import drafts
from greenstar.services.visit.visit import OpenVisit
from tests.services.conftest import Opener
from tests.sql import database_of


@contextmanager
def nothing_can_be_written(visit: OpenVisit) -> Iterator[None]:
    """A disk that takes nothing."""
    execute = database_of(visit.workspace).tables.execute
    execute("PRAGMA query_only = ON")
    yield
    execute("PRAGMA query_only = OFF")


def keep(visit: OpenVisit, name: str, text: str | None) -> None:
    """Keep what is typed in a field of the visit."""
    drafts.keep(visit.workspace, "S-1", visit.assessment.id, name, text)


def kept(visit: OpenVisit) -> dict[str, str]:
    """What is half typed in the visit."""
    return drafts.kept(visit.workspace, "S-1", visit.assessment.id)


def test_what_the_disk_would_not_take_is_kept_with_the_next_that_it_takes(visit: OpenVisit, opened: Opener) -> None:
    with nothing_can_be_written(visit):
        for name, text in (("used", "10"), ("used", "10x"), ("fresh", "1"), ("fresh", None)):
            with pytest.raises(StorageError):
                keep(visit, name, text)
        assert kept(visit) == {"used": "10x"}
        assert len(drafts.waiting(visit.workspace)) == 1
    keep(visit, "E1", "5")
    assert not drafts.waiting(visit.workspace)
    assert drafts.kept(opened(), "S-1", visit.assessment.id) == {"used": "10x", "E1": "5"}


def test_what_waits_is_gone_once_it_is_an_answer_and_not_before(visit: OpenVisit) -> None:
    with nothing_can_be_written(visit):
        with pytest.raises(StorageError):
            keep(visit, "used", "100")
        with pytest.raises(StorageError):
            visit.answer("used", Fraction(100))
        assert kept(visit) == {"used": "100"}
    visit.answer("used", Fraction(100))
    assert kept(visit) == {}
    assert not drafts.waiting(visit.workspace)

"""Writes on a thread of their own: in their order, until the disk takes them, and what is left is told."""

import queue
import threading
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest

from greenstar.assessment.model import Store
from greenstar.errors import BadInput, StorageError
from greenstar.i18n.phrase import Phrase
from greenstar.services import writer as writer_module
from greenstar.services.stores.stores import add_store
from greenstar.services.workspace import Workspace
from greenstar.services.writer import Job, Mistake, TakenBack, UseCase, Writer

PATIENCE = 10.0
FULL = StorageError("storage.disk_full", file="greenstar.db")


class Hands:
    """Hands jobs in, and does in this thread what the writer has delivered."""

    def __init__(self, workspace: Workspace) -> None:
        self.delivered: queue.Queue[Callable[[], object]] = queue.Queue()
        self.told: list[Any] = []
        self.writer = Writer(workspace, self.delivered.put, self.told.append)

    def put(self, use_case: UseCase, what: tuple[str, str] | None = None) -> None:
        """Hand a job in."""
        self.writer.put(Job(use_case, self.told.append, self.told.append, what))

    def hear(self) -> Any:
        """What was told next."""
        self.delivered.get(timeout=PATIENCE)()
        return self.told.pop()


@pytest.fixture
def hands(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hands]:
    """A writer on a workspace."""
    monkeypatch.setattr(writer_module, "_FIRST_REST", 0.001)
    made = Hands(workspace)
    yield made
    made.writer.close(PATIENCE)


def test_jobs_are_done_one_after_the_other_on_another_thread_with_a_connection_of_its_own(
    hands: Hands, workspace: Workspace
) -> None:
    for number in range(3):
        hands.put(partial(_numbered, number))
    assert [hands.hear() for _ in range(3)] == [(0, "writer"), (1, "writer"), (2, "writer")]
    hands.put(lambda own: own.storage is workspace.storage)
    assert hands.hear() is False


def _numbered(number: int, _: Workspace) -> tuple[int, str]:
    return number, threading.current_thread().name


def test_what_the_disk_does_not_take_is_tried_again_and_the_next_waits_for_it(hands: Hands) -> None:
    tries = iter([FULL, FULL, None])

    def hard(_: Workspace) -> str:
        error = next(tries)
        if error is not None:
            raise error
        return "first"

    hands.put(hard)
    hands.put(lambda _: "second")
    assert hands.hear() == Phrase("storage.disk_full", file="greenstar.db")  # told once, and not at each try
    assert [hands.hear() for _ in range(3)] == [None, "first", "second"]


def test_what_cannot_be_done_is_told_and_the_next_goes_on(hands: Hands) -> None:
    def wrong(_: Workspace) -> None:
        raise BadInput("storage.sealed", store="S-1", status="")

    hands.put(wrong)
    hands.put(lambda _: "second")
    assert isinstance(hands.hear(), BadInput)
    assert hands.hear() == "second"


def test_what_is_taken_back_before_the_disk_took_it_is_not_done_and_what_was_handed_in_since_is(hands: Hands) -> None:
    tried = threading.Event()

    def locked(_: Workspace) -> None:
        tried.set()
        raise FULL

    first, second = (
        Job(use_case, hands.told.append, hands.told.append, (name, ""), until_stored=True)
        for name, use_case in (("first", locked), ("second", lambda _: "second"))
    )
    hands.writer.put(first)
    hands.writer.put(second)
    hands.put(lambda _: "third")
    assert tried.wait(PATIENCE)
    hands.writer.take_back(second)
    hands.writer.take_back(first)
    hands.writer.take_back(first)
    heard = [hands.hear() for _ in range(5)]  # with the trouble, and that there is none any more
    assert sum(isinstance(told, TakenBack) for told in heard) == 2
    assert heard[-1] == "third"


def test_what_is_taken_back_while_it_is_being_written_leaves_nothing_behind(hands: Hands, workspace: Workspace) -> None:
    def add(own: Workspace) -> None:
        add_store(own, Store("S-9", "Nine"))
        hands.writer.take_back(job)

    job = Job(add, hands.told.append, hands.told.append, None, until_stored=True)
    hands.writer.put(job)
    assert isinstance(hands.hear(), TakenBack)
    assert workspace.storage.stores.called("S-9") is None


def test_a_mistake_of_the_program_is_told_as_a_sentence_and_the_next_goes_on(hands: Hands) -> None:
    hands.put(lambda _: 1 // 0)
    hands.put(lambda _: "second")
    mistake = hands.hear()
    assert isinstance(mistake, Mistake)
    assert "ZeroDivisionError" in mistake.message.values["technical"]
    assert isinstance(mistake.__cause__, ZeroDivisionError)
    assert hands.hear() == "second"


def test_at_the_end_all_is_written_that_can_be_and_what_cannot_is_named(workspace: Workspace) -> None:
    def never(_: Workspace) -> None:
        raise FULL

    done = Hands(workspace)
    done.put(lambda _: None, ("used", "1"))
    assert done.writer.close(PATIENCE) == {}
    lost = Hands(workspace)
    for what in (None, ("used", "1"), ("used", "12"), ("fresh", "3")):
        lost.put(never, what)
    assert lost.writer.close(0.01) == {"used": "12", "fresh": "3"}

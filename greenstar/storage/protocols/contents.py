"""What an assessment holds: answers, exemptions, notes, flags, evidence, findings."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Protocol

from greenstar.record.replay import State
from greenstar.storage.protocols import Row

SINCE = {"evidence": "at", "finding": "found_at"}
"""Where an entry of a list says since when it is there."""


class Contents(Protocol):
    """The contents of assessments.

    There is one text of a kind `answer` for each question, of `fact` for each fact, and of `exemption`, `note` and
    `flag` for each criterion; the text of an answer or fact is JSON. There is a list of entries of a kind
    `evidence` and of `finding` for each criterion.
    """

    def documents(self, assessments: Sequence[int]) -> Iterator[tuple[int, str]]:
        """All that these assessments hold, each as the JSON text that was sealed, or would be but for its figures.

        In a few statements, however many there are.
        """

    def losing(self, assessments: Sequence[int]) -> set[int]:
        """Those of these that are drafts and hold verified evidence whose file is lost: it counts as not verified."""

    def state(self, assessment: int) -> State:
        """All that is kept of an assessment, in the form in which its events give it."""

    def files(self, assessment: int) -> list[tuple[str, int, int]]:
        """The files that evidence of an assessment names: the SHA-256 and bytes of each, and how often."""

    def results_only(self, assessments: Sequence[int]) -> set[int]:
        """Those of these that were sealed with what they came to, and with nothing that it came of."""

    def get(self, kind: str, assessment: int, key: str) -> str | None:
        """The text at a key, or None."""

    def put(self, kind: str, assessment: int, key: str, text: str | None, *, at: str, by: str) -> None:
        """Keep a text at a key; None removes it."""

    def put_all(self, kind: str, rows: Iterable[tuple[int, str, str, str, str]]) -> None:
        """Keep many: (assessment, key, text, at, by) each."""

    def texts(self, kind: str, assessment: int) -> dict[str, str]:
        """All texts of an assessment, by key."""

    def full(self, kind: str, assessments: Sequence[int]) -> dict[int, list[Row]]:
        """All texts of each of these assessments: `key, value, at, by`; in a few statements, however many."""

    def texts_at(self, kind: str, assessments: Sequence[int], keys: Collection[str]) -> dict[int, dict[str, str]]:
        """The texts at these keys of each of these assessments, by key; in a few statements, however many."""

    def lists(self, kind: str, assessments: Sequence[int]) -> dict[int, list[Row]]:
        """All evidence or findings of each of these assessments; in a few statements, however many."""

    def entries(self, kind: str, assessment: int, criterion: str | None = None) -> list[Row]:
        """The evidence or findings of an assessment, or of one criterion of it, in the order of their adding."""

    def put_entries(
        self,
        kind: str,
        assessment: int,
        rows: Iterable[Row],
        *,
        criterion: str | None = None,
        at: str,
        by: str,
    ) -> list[Row]:
        """Put these in the place of all evidence or findings of an assessment, or of one criterion of it.

        An entry that does not say when and by whom it was added is added now; a finding without an `id` gets one. The
        entries as they are kept.
        """

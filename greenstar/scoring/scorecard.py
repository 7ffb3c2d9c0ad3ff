"""The result of scoring: points, level, and a reason for each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from greenstar.i18n.phrase import Phrase


class Outcome(StrEnum):
    """What became of a criterion."""

    MET = "met"
    PARTLY_MET = "partly_met"
    NOT_MET = "not_met"
    NOT_APPLICABLE = "not_applicable"
    NOT_ANSWERED = "not_answered"


@dataclass(slots=True)
class CriterionScore:
    """What one criterion earned.

    `points` of `available` are as they count in its group (after redistribution); `earned` is as the file counts.
    `best` is the most that it can still earn, in the file's points. `value` is what its rule gave.
    `excused`: it does not apply by the assessor's word, where its rule does not say so.
    """

    id: str
    outcome: Outcome
    points: Fraction
    available: Fraction
    earned: Fraction
    best: Fraction
    reason: Phrase
    value: Any = None
    excused: bool = False

    @property
    def open(self) -> bool:
        """Whether it waits for an answer or a fact."""
        return self.outcome is Outcome.NOT_ANSWERED

    @property
    def outcome_words(self) -> Phrase:
        """The outcome for a reader, who is told what an assessor excused from what does not apply by its rule."""
        return Phrase("outcome.excused") if self.excused else Phrase(f"outcome.{self.outcome}")

    @property
    def applies(self) -> bool:
        """Whether it counts; what is open counts."""
        return self.outcome is not Outcome.NOT_APPLICABLE


@dataclass(slots=True)
class GroupScore:
    """What one group earned, of what could be had; `share` is None where nothing in it applies."""

    id: str
    points: Fraction
    available: Fraction
    share: Fraction | None
    weight: Fraction
    bonus: bool = False
    groups: tuple["GroupScore", ...] = ()

    def with_inner(self) -> Iterator["GroupScore"]:
        """The group itself, and all that lie in it."""
        yield self
        for group in self.groups:
            yield from group.with_inner()


@dataclass(slots=True)
class Unmet:
    """One requirement of a level that does not hold.

    `subject` is the group, criterion, severity or level it speaks of; `needed` and `actual` are points or counts,
    or shares of 1 where `percent`. `criteria` are those that could still close it, the largest gain first.
    """

    requirement: str
    subject: str = ""
    needed: Fraction | None = None
    actual: Fraction | None = None
    percent: bool = False
    criteria: tuple[str, ...] = ()
    because: Any = None


@dataclass(slots=True)
class LevelResult:
    """Whether a level holds now, and whether it still could."""

    id: str
    holds: bool
    possible: bool
    unmet: tuple[Unmet, ...]


@dataclass(slots=True)
class Bound:
    """A total, and the level that goes with it."""

    total: Fraction | None
    level: str | None


@dataclass(slots=True)
class Scorecard:
    """The whole result of one visit under one scheme.

    `not_applicable_points`: file points of the criteria outside bonus groups that do not apply; `excused_points`: those
    among them that the assessor took out.
    """

    scheme: str
    version: str
    scheme_sha256: str
    total: Fraction | None
    available: Fraction
    share: Fraction | None
    rooted: bool
    level: str | None
    stars: int
    lighthouse: bool
    lighthouse_unmet: tuple[Unmet, ...]
    answered: int
    asked: int
    worst: Bound
    best: Bound
    groups: tuple[GroupScore, ...]
    criteria: Mapping[str, CriterionScore]
    levels: tuple[LevelResult, ...]
    notices: tuple[Phrase, ...]
    keys: Mapping[str, Fraction | None]
    values: Mapping[str, Any]
    not_applicable_points: Fraction
    excused_points: Fraction

    @property
    def complete(self) -> bool:
        """Whether nothing that applies is left open."""
        return self.answered == self.asked

    @property
    def groups_by_id(self) -> dict[str, "GroupScore"]:
        """All groups, at any depth."""
        return {group.id: group for outer in self.groups for group in outer.with_inner()}

    @property
    def next_level(self) -> LevelResult | None:
        """The level above the highest that holds, or None where that is the last."""
        held = max((place for place, level in enumerate(self.levels, 1) if level.holds), default=0)
        return next(iter(self.levels[held:]), None)

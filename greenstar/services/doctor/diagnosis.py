"""What a look at one thing found: how it is, and what to do."""

from dataclasses import dataclass
from enum import Enum
from typing import Any

from greenstar.i18n.phrase import Phrase


class Verdict(Enum):
    """How a thing is: well; to be known, as it may do harm; or wrong."""

    OK = "ok"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True)
class Diagnosis:
    """A thing that was looked at (`doctor.on_<subject>` names it), how it is, in a sentence, and what to do."""

    subject: str
    verdict: Verdict
    says: Phrase
    advice: Phrase | None = None


def well(subject: str, key: str, **values: Any) -> Diagnosis:
    """It is well; `key` within `doctor`."""
    return Diagnosis(subject, Verdict.OK, Phrase(f"doctor.{key}", **values))


def warned(subject: str, key: str, **values: Any) -> Diagnosis:
    """It may do harm; what to do is `<key>_advice`."""
    return Diagnosis(subject, Verdict.WARN, Phrase(f"doctor.{key}", **values), Phrase(f"doctor.{key}_advice", **values))


def wrong(subject: str, key: str, **values: Any) -> Diagnosis:
    """It is wrong; what to do is `<key>_advice`."""
    return Diagnosis(subject, Verdict.BAD, Phrase(f"doctor.{key}", **values), Phrase(f"doctor.{key}_advice", **values))

"""A day."""

import re
import unicodedata
from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from typing_extensions import override

from greenstar.assessment.answer_types.base import MOST_SHOWN, AnswerType, Refused, Words, only_scalar
from greenstar.assessment.cell import CellScalar
from greenstar.days import read_day
from greenstar.i18n.phrase import Phrase
from greenstar.scheme.fields import is_date
from greenstar.text import clean_text

_MIDNIGHT = re.compile(r"\s+0?0:00(?::00)?\s*$", re.ASCII)


class DateType(AnswerType[date]):
    """An answer is a date; files, texts and rules write it as 2026-05-12."""

    name = "date"
    python_type = date
    may_stay_empty = True

    @override
    def from_file(self, value: Any) -> date:
        return _read(only_scalar(value))

    @override
    def from_text(self, text: str) -> date:
        return _typed(text, None)

    @override
    def from_field(self, text: str) -> date:
        return _typed(text, datetime.now(UTC).astimezone().date())  # for the year that is left out

    @override
    def from_json(self, value: Any) -> date | None:
        try:
            return date.fromisoformat(value) if isinstance(value, str) else None
        except ValueError:
            return None

    @override
    def text_of_cell(self, text: str) -> str:
        return as_day(text)

    @override
    def from_cell(self, cell: CellScalar) -> date:
        return self.from_text(day_of_cell(cell))

    @override
    def allowed_in_cell(self, language: str) -> Phrase:
        return Phrase("form.allowed_date")

    @override
    def to_text(self, answer: date) -> str:
        return answer.isoformat()

    @override
    def as_read(self, answer: date) -> Words:
        return answer

    @override
    def words(self, answer: date, none_ticked: Phrase | str = "") -> Words:
        return answer

    @staticmethod
    @override
    def in_rules(answer: date) -> str:
        return answer.isoformat()

    @override
    def candidates(self, mentioned: Collection[Any]) -> Iterator[date]:
        texts = sorted(value for value in mentioned if isinstance(value, str))
        yield from (date.fromisoformat(text) for text in texts if is_date(text))
        yield date(2026, 1, 1)

    @override
    def example(self, random: Random) -> date:
        return date(2026, 1, 15) + timedelta(days=random.randrange(90))


def _typed(text: str, today: date | None) -> date:
    day = read_day(text, today)
    if day is None:
        raise Refused("answers.expected_date", found=clean_text(text)[:MOST_SHOWN])
    return day


def _read(text: str) -> date:
    if not is_date(text):
        raise Refused("answers.expected_date", found=text[:MOST_SHOWN])
    return date.fromisoformat(text)


def as_day(text: str) -> str:
    """A day as 2026-05-12, however a person or a spreadsheet writes it; what is no day as it stands."""
    day = read_day(_MIDNIGHT.sub("", unicodedata.normalize("NFKC", text)), None)
    return text if day is None else day.isoformat()


def day_of_cell(cell: CellScalar) -> str:
    """What a cell says of a day, as 2026-05-12 where it is one: the number of a day counts as one too."""
    return cell.day or as_day(cell)

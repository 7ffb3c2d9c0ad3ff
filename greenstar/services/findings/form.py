"""A finding as it is being typed: its fields as texts, what is wrong in each, and how it is kept half typed."""

import json
import re
import unicodedata
from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple, cast

from greenstar import days
from greenstar.assessment.model import FINDING_KEYS, Finding
from greenstar.errors import BadInput
from greenstar.i18n.phrase import Phrase
from greenstar.scheme.severities import SEVERITIES, Severity
from greenstar.services.findings.findings import KIND, FindingEntry, entry_of
from greenstar.services.visit import drafts
from greenstar.services.visit.visit import OpenVisit
from greenstar.text import MOST_CHARACTERS, MOST_NAME, clean_text

FIELDS = FINDING_KEYS[1:]
_DAYS = ("due", "closed")
_FROM_TODAY = re.compile(r"([+-])(\d{1,4})", re.ASCII)
_MOST_OF_A_DAY = 100
_MOST_KEPT, _MOST_NAME_KEPT = MOST_CHARACTERS + 2_000, 2 * MOST_NAME  # characters of what is too long already


def read_day(text: str, today: date, *, ahead: bool = False) -> date | None:
    """The day that a person typed, in any way that `days` reads, or in days from today: +30. Nothing: None.

    Without a year it is the next such day where days lie `ahead`, else the last one.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain:
        return None
    relative = _FROM_TODAY.fullmatch(plain)
    try:
        day = (
            today + timedelta(days=int(relative[1] + relative[2]))
            if relative is not None
            else days.read_day(plain, today, ahead=ahead)
        )
    except OverflowError:
        day = None
    if day is None:
        raise BadInput("findings.no_day", found=clean_text(plain)[:40])
    return day


def _day_in(name: str, text: str, today: date) -> date | None:
    """The day in a field: what is due lies ahead, what was closed behind."""
    return read_day(text, today, ahead=name == "due")


def day_named(text: str | None, today: date) -> date | None:
    """The day that an option of a command names; None where it is not given. BadInput: no day, or nothing, is named."""
    if text is not None and not text.strip():
        raise BadInput("findings.no_day", found='""')
    return None if text is None else read_day(text, today)


def refusal(name: str, value: str, today: date) -> Phrase | None:
    """What is wrong with the text of a field, as a sentence."""
    if name == "severity":
        return None if value in SEVERITIES else Phrase("findings.no_severity")
    if name in _DAYS:
        return _refused_day(name, value, today)
    clean = clean_text(value)
    if name == "text" and not clean:
        return Phrase("findings.no_text")
    most = MOST_NAME if name == "owner" else MOST_CHARACTERS
    return Phrase("answers.too_long", most=str(most), found=str(len(clean))) if len(clean) > most else None


def _refused_day(name: str, value: str, today: date) -> Phrase | None:
    try:
        day = _day_in(name, value, today)
    except BadInput as error:
        return error.message
    if name == "closed" and day is not None and day > today:
        return Phrase("findings.closed_in_future", day=day)
    return None


def remark(name: str, value: str, today: date, found_on: date) -> Phrase | None:
    """A remark on a field that is in order: a day before the finding, or the day that was meant."""
    if name not in _DAYS or refusal(name, value, today) is not None:
        return None
    day = _day_in(name, value, today)
    if day is None:
        return None
    if day < found_on:
        return Phrase(f"findings.{name}_before_found", day=day, found=found_on)
    return Phrase("findings.means_day", day=day) if day.isoformat() != value.strip() else None


def first_to_fill(values: Mapping[str, str], today: date, typed_in: str = "") -> str:
    """Where the cursor stands in a form: where somebody typed last, else at what is not in order, else the text."""
    if typed_in in FIELDS:
        return typed_in
    return next((name for name in FIELDS if refusal(name, values[name], today) is not None), "text")


def finding_from(criterion: str, values: Mapping[str, str], today: date) -> Finding:
    """The finding that the fields make. BadInput: there is something wrong in one of them."""
    for name in FIELDS:
        wrong = refusal(name, values[name], today)
        if wrong is not None:
            raise BadInput(wrong.key, **wrong.values)
    due, closed = (_day_in(name, values[name], today) for name in _DAYS)
    severity = cast("Severity", values["severity"])
    return Finding(criterion, severity, values["text"], values["action"], due, closed, owner=values["owner"])


def fields_of(finding: Finding | None) -> dict[str, str]:
    """The fields of a finding, or those of none."""
    if finding is None:
        return dict.fromkeys(FIELDS, "")
    days = {name: day.isoformat() if day else "" for name, day in (("due", finding.due), ("closed", finding.closed))}
    texts = {"text": finding.text, "action": finding.action, "owner": finding.owner}
    return {"severity": finding.severity, **texts, **days}


# -- half typed --------------------------------------------------------------------------------------------------


class HalfTypedFinding(NamedTuple):
    """The entry that was being changed (None: a new one), its fields, and the one that was typed in last."""

    entry: FindingEntry | None
    values: dict[str, str]
    typed_in: str = ""


def half_typed(entry: FindingEntry | None, values: Mapping[str, str], today: date, typed_in: str = "") -> str | None:
    """The fields as one text, to be stored as half typed; None where they say nothing new.

    A day that counts from today is kept as the day that it means.
    """
    if dict(values) == fields_of(entry.finding if entry is not None else None):
        return None
    cut = {name: value[: _MOST_NAME_KEPT if name == "owner" else _MOST_KEPT] for name, value in values.items()}
    for name in _DAYS:
        cut[name] = cut[name][:_MOST_OF_A_DAY]
        if _refused_day("due", cut[name], today) is None:
            day = _day_in(name, cut[name], today)
            cut[name] = day.isoformat() if day is not None else ""
    row = entry.row if entry is not None else None
    return json.dumps({"entry": row, "typed_in": typed_in, **cut}, ensure_ascii=False)


def read_half_typed(text: str | None) -> HalfTypedFinding | None:
    """What is half typed; None where nothing was."""
    try:
        content = json.loads(text or "")
        row = content.pop("entry")
        values = {name: str(content[name] if name != "owner" else content.get(name, "")) for name in FIELDS}
        return HalfTypedFinding(entry_of(row) if row is not None else None, values, str(content.get("typed_in", "")))
    except (ValueError, LookupError, AttributeError, TypeError):
        return None


def half_typed_at(visit: OpenVisit, criterion: str) -> HalfTypedFinding | None:
    """What is half typed at a criterion of a visit; in one that is only read, nothing is."""
    if visit.read_only:
        return None
    kept = drafts.kept(visit.workspace, visit.assessment.store, visit.assessment.id)
    return read_half_typed(kept.get(drafts.field(KIND, criterion)))


def words_of_half_typed(text: str) -> str:
    """What a person typed of a finding, for one line: its text, else what else there is of it."""
    half = read_half_typed(text)
    if half is None:
        return text
    typed = (half.values[name] for name in FIELDS if name != "severity")
    return next((words for words in typed if words), "…")

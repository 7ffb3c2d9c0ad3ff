"""Commands about the findings of a criterion; a new one is asked for field by field, and is kept while it is typed."""

from functools import partial

from greenstar.cli.plain.files import place
from greenstar.cli.plain.sitting import NotTaken, Sitting
from greenstar.i18n.phrase import Phrase
from greenstar.scheme.severities import SEVERITIES
from greenstar.services.findings import findings, form
from greenstar.services.findings.findings import FindingEntry
from greenstar.services.visit import drafts

_FIELDS = tuple(field for field in form.FIELDS if field != "closed")
_HINTED = ("text", "action", "owner")


def _entries(sitting: Sitting) -> list[FindingEntry]:
    """The findings of this criterion, and those of the last visit that are neither confirmed nor closed.

    By when they were found, so that each keeps its number when it is settled.
    """
    visit, criterion = sitting.visit, sitting.criterion
    entries = [*findings.findings_of(visit, criterion), *findings.to_settle(visit, criterion)]
    return sorted(entries, key=lambda entry: (entry.found_at, entry.finding.text))


def listed(sitting: Sitting, _: str) -> None:
    """The findings of this criterion, by number."""
    entries = _entries(sitting)
    if not entries:
        sitting.say("plain.no_findings", id=sitting.criterion)
    for number, entry in enumerate(entries, 1):
        sitting.say(
            "plain.finding",
            number=str(number),
            severity=Phrase(f"tui.severity_{entry.finding.severity}"),
            state=_state(entry),
            text=entry.finding.text,
        )


def _state(entry: FindingEntry) -> Phrase:
    finding = entry.finding
    if entry.cycle is not None:
        return Phrase("findings.state_last", cycle=entry.cycle)
    if finding.closed is not None:
        return Phrase("findings.state_closed", day=finding.closed)
    return Phrase("findings.state_open") if finding.due is None else Phrase("findings.state_due", day=finding.due)


def close(sitting: Sitting, text: str) -> None:
    """Close a finding today; one of the last visit as well."""
    entry = _entry(sitting, text)
    if entry.cycle is None:
        findings.close(sitting.visit, entry)
    else:
        findings.close_previous(sitting.visit, entry)
    sitting.say("plain.finding_closed", text=entry.finding.text)


def still_open(sitting: Sitting, text: str) -> None:
    """A finding of the last visit is open still."""
    entry = _entry(sitting, text)
    if entry.cycle is None:
        raise NotTaken(Phrase("plain.not_of_last"))
    findings.confirm_previous(sitting.visit, entry)
    sitting.say("plain.finding_confirmed", text=entry.finding.text)


def _entry(sitting: Sitting, text: str) -> FindingEntry:
    entries = _entries(sitting)
    return entries[place(text, len(entries))]


# -- a new one


def begin(sitting: Sitting, _: str) -> None:
    """Ask for the fields of a new finding; what was half typed before stands in them."""
    row, name = sitting.visit.assessment, drafts.field("finding", sitting.criterion)
    kept = form.read_half_typed(drafts.kept(sitting.visit.workspace, row.store, row.id).get(name))
    values = form.fields_of(None)
    if kept is not None and kept.entry is None:
        values = kept.values
        sitting.say("findings.goes_on")
    sitting.say("plain.finding_begins", id=sitting.criterion)
    _ask(sitting, values, 0)


def _ask(sitting: Sitting, values: dict[str, str], index: int) -> None:
    field = _FIELDS[index]
    say = sitting.catalogue.say
    if field == "severity":
        sitting.say("findings.no_severity")
    else:
        hint = say(f"findings.hint_{field}") if field in _HINTED else say("plain.hint_due")
        sitting.say("words.labelled", label=say(f"findings.{field}"), text=hint)
    if values[field]:
        words = Phrase(f"tui.severity_{values[field]}") if field == "severity" else values[field]
        sitting.say("plain.stands_there", text=words)
    sitting.expect(partial(_field_typed, sitting, values, index), partial(_keep, sitting, values, field))


def _field_typed(sitting: Sitting, values: dict[str, str], index: int, line: str) -> None:
    """A line for a field; an empty one leaves what stands there. NotTaken: it is not in order, and asked for again."""
    field, text = _FIELDS[index], line.strip()
    today = sitting.visit.workspace.today()
    value = values[field] if not text else _severity(text) if field == "severity" else text
    refused = form.refusal(field, value, today)
    if refused is not None:
        raise NotTaken(refused)
    values = {**values, field: value}
    _keep(sitting, values, field, value)
    if index + 1 < len(_FIELDS):
        _ask(sitting, values, index + 1)
        return
    findings.add(sitting.visit, form.finding_from(sitting.criterion, values, today))
    sitting.say("findings.added", id=sitting.criterion)
    sitting.show_question()


def _keep(sitting: Sitting, values: dict[str, str], field: str, text: str) -> None:
    """Keep the finding as it is half typed."""
    half_typed = form.half_typed(None, {**values, field: text}, sitting.visit.workspace.today(), field)
    sitting.keep_half_typed(drafts.field("finding", sitting.criterion), half_typed)


def _severity(text: str) -> str:
    """The severity of that number, else the text."""
    numbers = {str(number): severity for number, severity in enumerate(SEVERITIES, 1)}
    return numbers.get(text, text)

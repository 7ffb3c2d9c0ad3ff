"""What falls due as a calendar (RFC 5545): all-day events for open findings and for certificates that expire.

The same events give the same bytes: an event was stamped when its visit was last changed, which is what RFC 5545 says
of DTSTAMP where a calendar is not sent to anybody.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from greenstar.i18n.bilingual import in_language
from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.places import place_in
from greenstar.services.stores.due import DueEntry
from greenstar.text import clean_text

_MOST_OCTETS = 75  # in a line, without its end
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def calendar(entries: Iterable[DueEntry], catalogue: Catalogue) -> bytes:
    """The calendar as the bytes of an .ics file, its events in the order of the entries."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Green Star//greenstar//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_escaped(catalogue.say('export.calendar'))}",
    ]
    for entry in entries:
        lines += _event(entry, catalogue)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line)).encode()


def _event(entry: DueEntry, catalogue: Catalogue) -> Iterator[str]:
    row = entry.row
    name, region = in_language(row.name, catalogue.language), place_in(row.region, catalogue.language)
    yield "BEGIN:VEVENT"
    yield f"UID:{'certificate' if row.certificate else 'finding'}-{_escaped(row.uid)}@greenstar"
    yield f"DTSTAMP:{datetime.fromisoformat(row.changed_at):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{entry.day + timedelta(days=1):%Y%m%d}"
    yield "TRANSP:TRANSPARENT"
    if row.certificate:
        summary = catalogue.say("export.certificate_ends", store=name, certificate=row.certificate)
        parts = [f"{row.store} {name}", region]
    else:
        severity = catalogue.say(f"tui.severity_{row.severity}")
        summary = catalogue.say("export.finding_due", store=name, criterion=row.criterion, severity=severity)
        parts = [row.text, row.owner, f"{row.store} {name}", region]
    yield f"SUMMARY:{_escaped(summary)}"
    description = "\n".join(part for part in parts if part)
    yield f"DESCRIPTION:{_escaped(description)}"
    yield f"CATEGORIES:{_escaped(catalogue.say('export.calendar'))}"
    yield "END:VEVENT"


def _escaped(text: str) -> str:
    return clean_text(text).translate(_ESCAPED)


def _folded(line: str) -> Iterator[str]:
    """A line in lines of at most 75 octets, no character cut in half; each that goes on begins with a space."""
    start, octets = 0, 0
    for place, character in enumerate(line):
        size = len(character.encode())
        if octets + size > _MOST_OCTETS:
            yield line[start:place] if start == 0 else f" {line[start:place]}"
            start, octets = place, 1
        octets += size
    yield line[start:] if start == 0 else f" {line[start:]}"

"""What falls due as a calendar: RFC 5545, and the same bytes each time."""

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.ics.due import calendar
from greenstar.services.stores.due import DueEntry
from greenstar.storage.protocols.due import DueRow
from tests.rows import rows


def entry(**values: Any) -> DueEntry:
    own = {
        "store": "WX-001",
        "name": "Wuxi",
        "region": "East",
        "cycle": "2026",
        "day": "2026-08-01",
        "assessment": 1,
        "criterion": "WAT-06",
        "severity": "minor",
        "text": "no seal",
        "uid": "01J",
        "changed_at": "2026-05-12T09:30:00.000Z",
    }
    return DueEntry(DueRow(**{**own, **values}), date(2026, 8, 1), overdue=False)


def lines(*entries: DueEntry, language: str = "en") -> list[str]:
    text = calendar(entries, Catalogue(language)).decode()
    assert text.endswith("END:VCALENDAR\r\n")
    return text.replace("\r\n ", "").split("\r\n")


def test_a_finding_is_an_all_day_event_on_its_due_day() -> None:
    event = lines(entry())
    assert event[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    for line in (
        "UID:finding-01J@greenstar",
        "DTSTAMP:20260512T093000Z",
        "DTSTART;VALUE=DATE:20260801",
        "DTEND;VALUE=DATE:20260802",
        "SUMMARY:Wuxi: WAT-06\\, minor\\, is due",
        "DESCRIPTION:no seal\\nWX-001 Wuxi\\nEast",
    ):
        assert line in event


def test_a_certificate_that_ends_is_one_too() -> None:
    event = lines(entry(certificate="GS-2026-0001", criterion="", severity="", text=""), language="zh")
    assert "UID:certificate-01J@greenstar" in event
    assert "SUMMARY:Wuxi：证书 GS-2026-0001 到期" in event


@rows(
    ("language", "summary", "described"),
    [("en", "Wuxi store: ", "Wuxi store\\nEast"), ("zh", "无锡店：", "无锡店\\n华东")],
)
def test_a_store_and_its_region_are_told_in_the_reader_s_language(language: str, summary: str, described: str) -> None:
    event = lines(entry(name="Wuxi store · 无锡店"), language=language)
    assert any(line.startswith(f"SUMMARY:{summary}WAT-06") for line in event)
    assert f"DESCRIPTION:no seal\\nWX-001 {described}" in event


@given(st.text(st.sampled_from('a;,\\\n\t"店🚗é') | st.characters(codec="utf-8"), max_size=120))
def test_whatever_a_finding_says_no_line_is_longer_than_75_octets_and_all_of_it_comes_back(text: str) -> None:
    content = calendar([entry(text=text)], Catalogue("en"))
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert content == calendar([entry(text=text)], Catalogue("en"))
    (described,) = [line for line in lines(entry(text=text)) if line.startswith("DESCRIPTION:")]
    assert described.endswith("WX-001 Wuxi\\nEast")
    assert content.count(b"BEGIN:") == content.count(b"END:") == 2

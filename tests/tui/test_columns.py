"""Lines of lists: what tells one from another has the room that there is, and nothing is cut beside a gap."""

from greenstar.i18n.catalogue import Catalogue
from greenstar.services.evidence.evidence import EvidenceEntry
from greenstar.services.visit.opening import open_visit
from greenstar.services.workspace import Workspace
from greenstar.text import cell_width
from greenstar.tui.common import wording
from greenstar.tui.common.lines import fit, packed, shortened
from greenstar.tui.evidence.evidence_text import NameCells, details, row_line
from tests.rows import rows

EN, ZH = Catalogue("en"), Catalogue("zh")


def entry(file: str, caption: str) -> EvidenceEntry:
    row = {"criterion": "WAT-P1", "file": file, "caption": caption, "bytes": 5012, "verified": 1, "sha256": "ab" * 32}
    return EvidenceEntry({**row, "taken_at": "", "at": "2026-05-12T11:00:00Z", "by": ""})


def test_a_file_keeps_its_name_and_its_caption_is_in_the_readers_language() -> None:
    entries = [entry("wash-meter.png", "Sample · 合成示例"), entry("a.png", "")]
    cells = NameCells.of(entries)
    lines = [row_line(each, 44, ZH, cells, criterion=True).plain for each in entries]
    assert "wash-meter.png  合成示例" in lines[0]
    assert [cell_width(line) for line in lines] == [44, 44]
    assert row_line(entries[0], 44, EN, cells, criterion=False).plain[2:].startswith("wash-meter.png  Sample  ")


def test_where_no_file_has_a_caption_no_name_that_fits_is_cut() -> None:
    line = row_line(entry("a.png", ""), 44, EN, NameCells.of([entry("a.png", "")]), criterion=False).plain
    assert (line[2:8], cell_width(line)) == ("a.png ", 44)


def test_blanks_that_do_not_fit_are_nothing_that_is_cut() -> None:
    assert shortened("a.png   ", 6).plain.rstrip() == "a.png"
    assert fit("a.png   ", 6).plain == "a.png "
    assert shortened("a.png  b", 6).plain == "a.png…"


def test_bytes_stand_in_groups_as_all_figures_do() -> None:
    assert "(5 012 bytes)" in details(entry("a.png", ""), EN).plain


@rows(
    ("room", "lines"),
    [
        (99, ["Reopen · Withdraw · Check visit"]),
        (31, ["Reopen · Withdraw · Check visit"]),
        (30, ["Reopen · Withdraw ·", "  Check visit"]),
        (12, ["Reopen ·", "  Withdraw ·", "  Check visit"]),
    ],
)
def test_texts_in_a_row_are_broken_between_them_alone(room: int, lines: list[str]) -> None:
    assert packed(["Reopen", "Withdraw", "Check visit"], " · ", 0, room, 2) == lines


def test_what_a_criterion_earns_stands_closer_together_before_any_of_it_is_cut(workspace: Workspace) -> None:
    visit = open_visit(workspace, "HF-002")
    score = visit.scorecard.criteria["WAT-06"]
    wide = wording.result(visit.scheme, score, EN, 80).plain
    close = wording.result(visit.scheme, score, EN, len(wide) - 1).plain
    assert wide == "◐ = 77.3 %   earns 1 of 3   80 % earns 2"
    assert close == "◐ = 77.3 %  earns 1 of 3  80 % earns 2"
    fulfilled = visit.scorecard.criteria["WAT-P1"]
    assert wording.result(visit.scheme, fulfilled, EN, 16).plain == "✓ all of it is…"

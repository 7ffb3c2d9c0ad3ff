"""What hangs on a criterion beside its answers: evidence and findings, in as few lines as that takes."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from textual.content import Content

from greenstar.assessment.model import Evidence, Finding
from greenstar.i18n.bilingual import in_language
from greenstar.i18n.catalogue import Catalogue
from greenstar.keys import EVIDENCE, FINDINGS
from greenstar.text import cell_width, excerpt
from greenstar.tui import glyphs
from greenstar.tui.common.clicks import leading
from greenstar.tui.common.lines import fit
from greenstar.tui.common.text import Words
from greenstar.tui.visit.page_content import PageContent

_GAP = "     "
_MOST_OF_A_TEXT = 120  # characters


class EvidenceAndFindings(Words):
    """Files and findings; a click on either opens its list."""

    DEFAULT_CSS = """
    EvidenceAndFindings { margin-bottom: 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.expected_width = 0  # what counts until it is laid out
        self._headings = (Content(""), Content(""))
        self._below: list[Content] = []

    def show(self, content: PageContent, catalogue: Catalogue) -> None:
        """Show those of a criterion, and what of them waits half typed."""
        say = catalogue.say
        self.hanging = label_width(catalogue)
        label = fit(Content.styled(say("tui.evidence"), "bold $muted"), self.hanging)
        files = Content.assemble(label, _files(content.evidence, catalogue))
        lines = list(_findings(content.findings, content.to_settle, catalogue))
        none = Content.styled(say("tui.none"), "$muted")
        label = fit(Content.styled(say("tui.findings"), "bold $muted"), self.hanging)
        heading = Content.assemble(label, lines[0] if lines else none)
        self._headings = leading(files, EVIDENCE), leading(heading, FINDINGS)
        waiting = [Content.styled(f"! {say(f'tui.half_{kind}')}", "$warning") for kind in content.half_typed]
        self._below = [*(leading(line.pad_left(self.hanging), FINDINGS) for line in lines[1:]), *waiting]
        self._write()

    def on_resize(self) -> None:
        """In another width files and findings may share a line, or not."""
        self._write()

    def _write(self) -> None:
        """Files and findings share a line where there is room."""
        together = Content.assemble(self._headings[0], _GAP, self._headings[1])
        width = self.content_size.width or self.expected_width
        first = [together] if not width or together.cell_length <= width else [*self._headings]
        self.say(Content("\n").join([*first, *self._below]))


def label_width(catalogue: Catalogue) -> int:
    """Cells of the words before evidence, findings and note, which stand under each other."""
    return max(cell_width(catalogue.say(f"tui.{name}")) for name in ("evidence", "findings", "note")) + 2


def _files(evidence: Sequence[Evidence], catalogue: Catalogue) -> Content:
    if not evidence:
        return Content.styled(catalogue.say("tui.none"), "$muted")
    verified = sum(item.verified for item in evidence)
    count = catalogue.say("tui.files", count=len(evidence), verified=str(verified))
    mark = Content.styled(glyphs.TICKED.mark, "$success" if verified == len(evidence) else "$muted")
    return Content.assemble(mark, f" {count}  ", (catalogue.write([item.file for item in evidence]), "$muted"))


def _findings(
    findings: Sequence[Finding], to_settle: Sequence[Mapping[str, Any]], catalogue: Catalogue
) -> Iterator[Content]:
    say = catalogue.say
    for row in to_settle:
        words = say(
            "tui.finding_before",
            severity=say(f"tui.severity_{row['severity']}"),
            text=_text(row["text"], catalogue),
        )
        yield Content.assemble(glyphs.OF_SEVERITY[row["severity"]].content, " ", (words, "bold $warning"))
    for finding in findings:
        severity, text = say(f"tui.severity_{finding.severity}"), _text(finding.text, catalogue)
        if finding.closed is not None:
            yield Content.styled(say("tui.finding_closed", severity=severity, text=text), "$muted")
            continue
        due = say("tui.finding_due", date=finding.due) if finding.due is not None else ""
        repeated = Content.assemble(" ", glyphs.REPEATED.content) if "repeated" in finding.counts_as else ""
        words = say("words.labelled", label=severity, text=text)
        yield Content.assemble(glyphs.OF_SEVERITY[finding.severity].content, repeated, f" {words}{due}")


def _text(text: str, catalogue: Catalogue) -> str:
    return excerpt(in_language(text, catalogue.language), _MOST_OF_A_TEXT)

"""What hangs on a criterion beside its answers: evidence and findings, in as few lines as that takes."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from textual.content import Content
from textual.events import Click
from textual.style import Style

from greenstar.assessment.model import Evidence, Finding
from greenstar.i18n.catalogue import Catalogue
from greenstar.text import excerpt
from greenstar.tui import glyphs
from greenstar.tui.common.key_line import KeyLine
from greenstar.tui.common.text import Words

_GAP = "     "
_MOST_OF_A_TEXT = 120  # characters


class Attached(Words):
    """Files and findings; a click on either opens its list."""

    DEFAULT_CSS = """
    Attached { margin-bottom: 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._first = (Content(""), Content(""))
        self._more: list[Content] = []

    def show(
        self,
        evidence: Sequence[Evidence],
        findings: Sequence[Finding],
        to_settle: Sequence[Mapping[str, Any]],
        half_typed: Sequence[str],
        catalogue: Catalogue,
    ) -> None:
        """Show those of another criterion."""
        say = catalogue.say
        files = Content.assemble((say("tui.evidence"), "bold $primary"), "  ", _files(evidence, catalogue))
        lines = list(_findings(findings, to_settle, catalogue))
        heading = Content.assemble((say("tui.findings"), "bold $primary"), "  ", "" if lines else say("tui.none"))
        self._first = _leads(files, "evidence"), _leads(heading, "findings")
        waiting = [Content.styled(f"! {say(f'tui.half_{kind}')}", "$warning") for kind in half_typed]
        self._more = [*(_leads(line, "findings") for line in lines), *waiting]
        self._write()

    def on_resize(self) -> None:
        """Another width."""
        self._write()

    def _write(self) -> None:
        """Files and findings share a line where there is room."""
        together = Content.assemble(self._first[0], _GAP, self._first[1])
        width = self.content_size.width
        first = [together] if not width or together.cell_length <= width else [*self._first]
        self.say(Content("\n").join([*first, *self._more]))

    def on_click(self, event: Click) -> None:
        """What the mouse points at."""
        name = event.style.meta.get("command")
        if name:
            self.post_message(KeyLine.Pressed(name))


def _leads(content: Content, command: str) -> Content:
    return content.stylize(Style.from_meta({"command": command}))


def _files(evidence: Sequence[Evidence], catalogue: Catalogue) -> str:
    if not evidence:
        return catalogue.say("tui.none")
    verified = sum(one.verified for one in evidence)
    count = catalogue.say("tui.files", count=len(evidence), verified=str(verified))
    return f"{count}  {catalogue.write([one.file for one in evidence])}"


def _findings(
    findings: Sequence[Finding], to_settle: Sequence[Mapping[str, Any]], catalogue: Catalogue
) -> Iterator[Content]:
    say = catalogue.say
    for row in to_settle:
        words = say(
            "tui.finding_before",
            severity=say(f"tui.severity_{row['severity']}"),
            text=excerpt(row["text"], _MOST_OF_A_TEXT),
        )
        yield Content.assemble(glyphs.OF_SEVERITY[row["severity"]].content, " ", (words, "bold $warning"))
    for one in findings:
        severity, text = say(f"tui.severity_{one.severity}"), excerpt(one.text, _MOST_OF_A_TEXT)
        if one.closed is not None:
            yield Content.styled(f"  {say('tui.finding_closed', severity=severity, text=text)}", "$muted")
            continue
        due = say("tui.finding_due", date=one.due) if one.due is not None else ""
        yield Content.assemble(glyphs.OF_SEVERITY[one.severity].content, f" {severity}: {text}{due}")

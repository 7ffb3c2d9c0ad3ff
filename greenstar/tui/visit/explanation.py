"""Why a criterion is asked, and where it is taken from."""

from textual.content import Content

from greenstar.i18n.catalogue import Catalogue
from greenstar.scheme.document import Criterion
from greenstar.tui import glyphs
from greenstar.tui.common.text import Words


class ExplanationTexts:
    """Two texts, wherever on the page they stand."""

    def __init__(self) -> None:
        self._intent, self._sources = Words(classes="why intent"), Words(classes="why", hanging=2)
        self.widgets = (self._intent, self._sources)

    def say(self, criterion: Criterion, catalogue: Catalogue) -> None:
        """Explain a criterion."""
        self._intent.say(labelled(catalogue.say("tui.why"), catalogue.write(criterion.intent or "")))
        self._sources.say(_sources(criterion, catalogue))

    def clear(self) -> None:
        """Nothing is explained here."""
        for words in self.widgets:
            words.say("")


def labelled(label: str, text: str) -> Content:
    """A text behind what it is; nothing where it says nothing."""
    return Content.assemble((label, "bold $muted"), "  ", text) if text else Content("")


def _sources(criterion: Criterion, catalogue: Catalogue) -> Content:
    """What to collect, and where the criterion is taken from."""
    lines = []
    if criterion.evidence:
        lines.append(Content.styled(catalogue.say("tui.collect"), "bold"))
        dash = Content.styled(f"{glyphs.DOT.mark} ", "$faint")
        lines += [Content.assemble(dash, catalogue.write(text)) for text in criterion.evidence]
    if criterion.source is not None:
        lines.append(labelled(catalogue.say("tui.source"), catalogue.write(criterion.source)))
    return Content("\n").join(lines)

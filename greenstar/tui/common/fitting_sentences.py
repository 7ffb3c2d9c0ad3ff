"""As many sentences of a list as a line has room for."""

from collections.abc import Sequence

from greenstar.i18n.catalogue import Catalogue
from greenstar.text import cell_width


def sentences_that_fit(sentences: Sequence[str], room: int, catalogue: Catalogue) -> str:
    """The first sentences, with how many more there are; `room` in cells. The first one is always there."""
    text, comma = "", catalogue.say("checklist.comma")
    for index, sentence in enumerate(sentences):
        longer = f"{text}{comma}{sentence}" if text else sentence
        left = len(sentences) - index - 1
        others = f"{comma}{catalogue.say('tui.more', count=left)}" if left else ""
        if text and cell_width(longer + others) > room:
            return f"{text}{comma}{catalogue.say('tui.more', count=left + 1)}"
        text = longer
    return text

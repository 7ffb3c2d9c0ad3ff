"""The criteria of a visit as the finder looks through them."""

from collections.abc import Iterator

from greenstar.i18n.phrase import Phrase
from greenstar.scheme.model import Scheme
from greenstar.tui.common.finder import FinderItem
from greenstar.tui.visit.outline import Outline


def criterion_items(scheme: Scheme, outline: Outline) -> Iterator[FinderItem]:
    """Every criterion in order, with its own words, those of its questions and options, and where it stands."""
    for name in outline.order():
        criterion = scheme.criteria[name]
        texts = [text for text in (criterion.guidance, criterion.intent, *criterion.evidence) if text is not None]
        for question in scheme.questions_of[name].values():
            texts += [question.ask, *(option.label for option in scheme.options(question).values())]
        place = outline.title_of(outline.heading_of(name)) or Phrase("tui.nowhere")
        yield FinderItem(name, name, criterion.title, texts, place)

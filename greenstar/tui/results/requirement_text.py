"""What a level needs, in a few words for one line, and in the figures of a list."""

from collections.abc import Iterator
from fractions import Fraction

from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Phrase, Quantity, Text
from greenstar.numbers import shown
from greenstar.scoring.scorecard import LevelResult, Unmet
from greenstar.text import cell_width

_PERCENT = Text({"en": "%"})
_FIRST = ("total", "prerequisites")
_GROUPS = ("each_category", "categories", "criteria")


def in_short(level: LevelResult) -> Iterator[Phrase]:
    """What a level needs, a few words each: points, prerequisites together, then the rest in its order."""
    gates = [one.subject for one in level.unmet if one.requirement == "prerequisites"]
    for unmet in level.unmet:
        if unmet.requirement == "total":
            key = "checklist.short_share" if unmet.percent else "checklist.short_total"
            yield Phrase(key, **_figures(unmet))
    if gates:
        yield Phrase("checklist.short_prerequisites", count=len(gates), ids=gates)
    for unmet in level.unmet:
        if unmet.requirement not in _FIRST:
            yield _one(unmet)


def _one(unmet: Unmet) -> Phrase:
    if unmet.requirement in _GROUPS:
        return Phrase("checklist.short_group", id=unmet.subject, **_figures(unmet))
    if unmet.requirement == "complete":
        return Phrase("checklist.short_complete", count=int(unmet.actual or 0))
    if unmet.requirement == "findings":
        return Phrase("checklist.short_findings", what=Phrase(f"words.{unmet.subject}"), **_figures(unmet))
    if unmet.requirement == "level":
        return Phrase("checklist.short_level", level=unmet.subject)
    return Phrase(f"checklist.short_{unmet.requirement}", **_figures(unmet))


def _figures(unmet: Unmet) -> dict[str, object]:
    unit, needed = (_PERCENT if unmet.percent else None), unmet.needed or Fraction(0)
    actual = Phrase("words.none") if unmet.actual is None else Quantity(unmet.actual, unit, (needed,))
    return {"needed": Quantity(needed, unit), "actual": actual}


def as_many(sentences: list[str], room: int, catalogue: Catalogue) -> str:
    """As many as there is room for, and how many more there are; the first is always there."""
    text, comma = "", catalogue.say("checklist.comma")
    for index, sentence in enumerate(sentences):
        longer = f"{text}{comma}{sentence}" if text else sentence
        left = len(sentences) - index - 1
        more = f"{comma}{catalogue.say('tui.more', count=left)}" if left else ""
        if text and cell_width(longer + more) > room:
            return f"{text}{comma}{catalogue.say('tui.more', count=left + 1)}"
        text = longer
    return text


def gap(unmet: Unmet) -> str:
    """How much is missing, with a sign."""
    if unmet.needed is None or unmet.actual is None or unmet.requirement == "findings":
        return ""
    return written(unmet.needed - unmet.actual, percent=unmet.percent)


def written(gain: Fraction, *, percent: bool) -> str:
    """By how much something moves: `+3`, `+2.5 %`; a little is never nothing."""
    value, unit = (gain * 100, " %") if percent else (gain, "")
    text = shown(value, 1 if percent else 2, (Fraction(0),))
    return f"{'+' if gain >= 0 else ''}{text}{unit}"

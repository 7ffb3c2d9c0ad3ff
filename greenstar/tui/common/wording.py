"""Scores in words: what several screens say in the same way."""

from collections.abc import Iterator
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

from textual.content import Content

from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Phrase, Quantity, Text
from greenstar.numbers import percent_shown, shown
from greenstar.scheme.document import Criterion, Score
from greenstar.scheme.model import Scheme, points_of
from greenstar.scheme.rules.evaluation import Unknown
from greenstar.scoring.scorecard import CriterionScore
from greenstar.tui import glyphs


def local_time(moment: datetime) -> str:
    """A stored time as the clock on the wall shows it."""
    aware = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    return aware.astimezone().strftime("%H:%M:%S")


# -- levels ------------------------------------------------------------------------------------------------------


def most_stars(scheme: Scheme) -> int:
    """The most stars that a level of the scheme gives."""
    return max((level.stars for level in scheme.levels), default=0)


def level_words(scheme: Scheme, level: str | None, catalogue: Catalogue) -> str:
    """The title of a level, or that there is none."""
    title = scheme.level_title(level)
    return title.in_(catalogue.language) if title is not None else catalogue.say("tui.no_level")


def level_mark(scheme: Scheme, level: str | None, catalogue: Catalogue) -> Content:
    """A level as stars, where the scheme has stars; else its title."""
    most = most_stars(scheme)
    if not most:
        return Content(level_words(scheme, level, catalogue))
    return glyphs.stars(next((known.stars for known in scheme.levels if known.id == level), 0), most)


# -- points ------------------------------------------------------------------------------------------------------


def points(value: Fraction | None) -> str:
    """Points, or a dash where there are none to speak of."""
    return "-" if value is None else shown(value)


def percent(share: Fraction) -> str:
    """A share of 1 as a percentage; 100 only when it is all."""
    return percent_shown(share, (Fraction(1),))


def points_left(scheme: Scheme, score: CriterionScore, catalogue: Catalogue) -> str:
    """What a criterion has, in the least room: `2/3`, `n/a`, or nothing for a prerequisite."""
    if not score.applies:
        return catalogue.say("tui.na_short")
    worth = points_of(scheme.criteria[score.id])
    if not worth:
        return ""
    return f"{'-' if score.open else shown(score.earned)}/{shown(worth)}"


def of_points(scheme: Scheme, score: CriterionScore, catalogue: Catalogue) -> str:
    """What a criterion has, as its heading says it: `2 of 3`."""
    criterion = scheme.criteria[score.id]
    if not score.applies:
        return catalogue.say("tui.not_applicable")
    if criterion.prerequisite:
        return catalogue.say("tui.prerequisite")
    worth = points_of(criterion)
    return catalogue.say("tui.of_points", points=score.earned, available=worth)


def progress(scores: Iterator[CriterionScore]) -> tuple[int, int]:
    """How many of the criteria that apply are answered, and how many apply."""
    applying = [score for score in scores if score.applies]
    return sum(not score.open for score in applying), len(applying)


# -- one criterion -----------------------------------------------------------------------------------------------


def reason(scheme: Scheme, message: Phrase) -> Phrase:
    """A reason with the words of a question in place of the name that rules use for it."""
    values = {name: _told(scheme, name, value) for name, value in message.values.items()}
    return Phrase(message.key, **values)


def _told(scheme: Scheme, name: str, value: Any) -> Any:
    if isinstance(value, Phrase):
        return reason(scheme, value)
    if name == "name" and isinstance(value, str):
        return name_words(scheme, value) or value
    return value


def asked_at(scheme: Scheme, message: Phrase) -> str:
    """The criterion at which the question that a reason speaks of is asked."""
    for name, value in message.values.items():
        if isinstance(value, Phrase):
            return asked_at(scheme, value)
        if name == "name" and value in scheme.criterion_of:
            return scheme.criterion_of[value]
    return ""


def name_words(scheme: Scheme, name: str) -> Text | None:
    """What people call the fact, question or value of that name."""
    question = scheme.facts.get(name) or scheme.questions.get(name)
    if question is not None:
        return question.ask
    return scheme.values[name].title if name in scheme.values else None


def next_step(criterion: Criterion, earned: Fraction) -> Phrase | None:
    """The nearest edge that would earn more."""
    score = criterion.score
    if score is None:
        return None
    edge = _next_edge(score, earned)
    if edge is None:
        return None
    key = "tui.at_least_earns" if score.at_most is None else "tui.at_most_earns"
    return Phrase(key, edge=Quantity(edge[0], score.unit), points=edge[1])


def _next_edge(score: Score, earned: Fraction) -> tuple[Fraction, Fraction] | None:
    better = [step for step in score.at_least or () if step[1] > earned]
    if better:
        return better[0]
    better = [step for step in score.at_most or () if step[1] > earned]
    if better:
        return better[-1]
    line = score.linear or ()
    better = [step for step in line if step[1] > earned]
    return better[0] if better and line[0][1] < line[-1][1] else None


def value_shown(value: Any, unit: Text | None, catalogue: Catalogue) -> str:
    """A named quantity as a reader sees it; nothing where it is unknown."""
    if value is None or isinstance(value, Unknown):
        return ""
    if isinstance(value, Fraction):
        return Quantity(value, unit).in_(catalogue.language)
    return catalogue.write(value)


def result(scheme: Scheme, score: CriterionScore, catalogue: Catalogue) -> Content:
    """What the answers of a criterion come to: its figure, what that earns, and what would earn more."""
    criterion = scheme.criteria[score.id]
    glyph = glyphs.of_criterion(score, prerequisite=criterion.prerequisite)
    worth = points_of(criterion)
    parts: list[Content | str] = [glyph.content, " "]
    if score.open or not score.applies or criterion.prerequisite:
        return Content.assemble(*parts, catalogue.render(reason(scheme, score.reason)))
    if criterion.score is not None and isinstance(score.value, Fraction) and criterion.score.unit is not None:
        figure = Quantity(score.value, criterion.score.unit, _edges(criterion.score)).in_(catalogue.language)
        parts += [Content.styled(f"= {figure}", "bold"), "   "]
        why = ""
    else:
        why = "" if score.reason.key == "scoring.is_points" else catalogue.render(reason(scheme, score.reason))
    parts.append(Content.styled(catalogue.say("tui.earns", points=score.earned, available=worth), glyph.style))
    step = next_step(criterion, score.earned)
    if step is not None:
        parts += ["   ", Content.styled(catalogue.render(step), "$muted")]
    elif why:
        parts += ["   ", Content.styled(why, "$muted")]
    return Content.assemble(*parts)


def _edges(score: Score) -> list[Fraction]:
    return [edge for edge, _ in score.at_least or score.at_most or ()]

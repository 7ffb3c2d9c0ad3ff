"""Commands that lead from criterion to criterion."""

from greenstar.cli.plain.sitting import NotTaken, Sitting
from greenstar.i18n.phrase import Phrase
from greenstar.text import folded

_MOST_MATCHES = 12


def again(sitting: Sitting, _: str) -> None:
    """The criterion and its question once more."""
    sitting.show_criterion()


def following(sitting: Sitting, _: str) -> None:
    """To the next criterion."""
    sitting.step(1)


def back(sitting: Sitting, _: str) -> None:
    """To the question before, else to the criterion before."""
    names = sitting.visit.worked.questions_at(sitting.criterion)
    if sitting.question in names[1:]:
        sitting.question = names[names.index(sitting.question) - 1]
        sitting.show_question()
    else:
        sitting.step(-1)


def next_open(sitting: Sitting, _: str) -> None:
    """To the next criterion that is open: at this place first, then onwards, then from the start."""
    visit, here = sitting.visit, sitting.criterion
    order = visit.scheme.walk
    nearby = next(set(criteria) for criteria in visit.scheme.walking_order.values() if here in criteria)
    onward = order[order.index(here) + 1 :] + order[: order.index(here) + 1]
    candidates = sorted(onward, key=lambda criterion: criterion not in nearby or criterion == here)
    scores = visit.scorecard.criteria
    criterion = next((name for name in candidates if scores[name].open), None)
    if criterion is None:
        sitting.say("plain.nothing_open")
    else:
        sitting.go_to(criterion)


def go(sitting: Sitting, text: str) -> None:
    """To a criterion or question by its name, else by words of its title; where several have them, they are listed."""
    scheme = sitting.visit.scheme
    names = {folded(name): name for name in (*scheme.criteria, *scheme.questions, *scheme.facts)}
    name = names.get(folded(text))
    if name in scheme.criteria:
        sitting.go_to(str(name))
        return
    if name is not None:
        sitting.go_to(scheme.criterion_of.get(name, sitting.criterion), name)
        return
    wanted = folded(text)
    matches = [
        criterion.id
        for criterion in scheme.criteria.values()
        if wanted and any(wanted in folded(title) for title in criterion.title.by_language.values())
    ]
    if len(matches) == 1:
        sitting.go_to(matches[0])
        return
    if not matches:
        raise NotTaken(Phrase("plain.nowhere_to_go", text=text))
    _list(sitting, matches[:_MOST_MATCHES])
    if len(matches) > _MOST_MATCHES:
        sitting.say("tui.more", count=len(matches) - _MOST_MATCHES)


def list_place(sitting: Sitting, _: str) -> None:
    """The criteria at this place, each with what it came to."""
    criteria = next(here for here in sitting.visit.scheme.walking_order.values() if sitting.criterion in here)
    _list(sitting, list(criteria))


def _list(sitting: Sitting, criteria: list[str]) -> None:
    scheme, scores = sitting.visit.scheme, sitting.visit.scorecard.criteria
    for criterion in criteria:
        outcome = scores[criterion].outcome_words
        sitting.say("plain.listed", id=criterion, title=scheme.criteria[criterion].title, outcome=outcome)

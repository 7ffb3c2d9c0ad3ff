"""Why a level does not hold: a sentence for each requirement, and what could close it.

Imports nothing heavy: a ranking read from the database uses it too.
"""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Protocol

from greenstar.i18n.phrase import PERCENT, Phrase, Quantity, Text
from greenstar.scoring.explain.explanation import Explanation

if TYPE_CHECKING:
    from greenstar.scheme.model import Scheme
    from greenstar.scoring.edges import ScorecardEdges
    from greenstar.scoring.scorecard import Unmet

NO_RULE = "lighthouse_rule"  # the requirement of a scheme that says nothing of lighthouse stores


class Lacking(Protocol):
    """A requirement that does not hold: an `Unmet`, or what the database keeps of one."""

    requirement: str
    subject: str
    needed: Any
    actual: Any
    percent: bool
    because: Any


def unmet_sentence(edges: "ScorecardEdges", unmet: "Unmet") -> Phrase:
    """The sentence for an unmet requirement of a scorecard."""
    return unmet_message(unmet, title_of(edges.scheme, unmet), edges.requirement(unmet))


def unmet_message(unmet: Lacking, title: Text | None, misses: Iterable[Fraction] = ()) -> Phrase:
    """The sentence for an unmet requirement; `title` is that of the group, criterion or level it speaks of.

    What there is does not seem to reach one of `misses`, nor what is needed.
    """
    if unmet.requirement == "when" and unmet.because is not None:
        return Phrase("scoring.because", because=unmet.because)
    values: dict[str, Any] = {"subject": unmet.subject, "title": title if title is not None else unmet.subject}
    if unmet.needed is not None:
        values |= needed_and_actual(unmet, misses)
    if unmet.requirement == "findings":
        values["subject"] = Phrase(f"words.{unmet.subject}")
    return Phrase(f"scoring.unmet_{unmet.requirement}", **values)


def needed_and_actual(unmet: Lacking, misses: Iterable[Fraction]) -> dict[str, Quantity | Phrase]:
    """What a requirement needs and what there is, for a sentence about it."""
    unit = PERCENT if unmet.percent else None
    needed = Quantity(unmet.needed, unit, as_written=True)
    if unmet.actual is None:
        return {"needed": needed, "actual": Phrase("words.none")}
    return {"needed": needed, "actual": Quantity(unmet.actual, unit, (unmet.needed, *misses))}


def title_of(scheme: "Scheme", unmet: Lacking) -> Text | None:
    """The title of the group, criterion or level that an unmet requirement speaks of."""
    if unmet.requirement in ("each_category", "categories"):
        return scheme.groups[unmet.subject].title
    if unmet.requirement in ("criteria", "prerequisites"):
        return scheme.criteria[unmet.subject].title
    return scheme.level_title(unmet.subject) if unmet.requirement == "level" else None


def unmet_parts(edges: "ScorecardEdges", requirements: Iterable["Unmet"]) -> Iterator[Explanation]:
    """Each unmet requirement, with the criteria that could close it."""
    scheme = edges.scheme
    for requirement in requirements:
        parts = tuple(
            Explanation(Phrase("explain.could_close", id=name, title=scheme.criteria[name].title), (), name)
            for name in requirement.criteria
            if name in scheme.criteria
        )
        yield Explanation(unmet_sentence(edges, requirement), parts, requirement.subject)

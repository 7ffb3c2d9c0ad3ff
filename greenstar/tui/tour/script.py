"""The tour as data: what is said at each step, and what is then typed. Sentences are in the catalogue, area `tour`."""

from dataclasses import dataclass

from greenstar.keys import BACK, FIND, LANGUAGE, LEAVE, NEEDS, NOTE, ON, RANKING, SCORECARD, UNDO, Command
from greenstar.services.demo.beside import TOUR_STORE


class Typed(str):
    """A text that is typed letter by letter."""

    __slots__ = ()


class TranslatedText(str):
    """A text that is typed in the language of whoever watches: `tour.types_NAME`."""

    __slots__ = ()


Press = Command | Typed | TranslatedText | str
"""A command, by whatever key it has; a text; or else a key by its name (`enter`, `down`)."""


@dataclass(frozen=True)
class TourStep:
    """`tour.NAME` is said, and read; then keys are pressed and their work is looked at; then the way back is gone."""

    name: str
    presses: tuple[Press, ...] = ()
    back: tuple[Press, ...] = ()


STEPS = (
    TourStep("begins"),
    TourStep("searches", (Typed(TOUR_STORE),)),
    TourStep("opens", (ON,)),
    TourStep("answers", (Typed("y"), "enter", Typed("y"), "enter", "enter", "enter")),
    TourStep("calculates", (Typed("4750*2"), "enter")),
    TourStep("measures", (Typed("250"),), ("enter",)),
    TourStep("records", (Typed("1100"),)),
    TourStep("notes", (NOTE, TranslatedText("note")), (BACK,)),
    TourStep("undoes", (UNDO,)),
    TourStep("finds", (FIND, TranslatedText("search")), (BACK,)),
    TourStep("speaks", (LANGUAGE,), (LANGUAGE,)),
    TourStep("leaves", (LEAVE,), (BACK,)),
    TourStep("needs", (NEEDS,), (BACK,)),
    TourStep("scores", (SCORECARD, "down", "down")),
    TourStep("ranks", (RANKING, "down", "down"), (BACK, BACK)),
    TourStep("ends", (ON,)),
)

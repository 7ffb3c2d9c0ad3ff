"""The tour as data: what is said at each step, and what is then typed. Sentences are in the catalogue, area `tour`."""

from dataclasses import dataclass

from greenstar.keys import BACK, FIND, LANGUAGE, LEAVE, NEEDS, NOTE, ON, RANKING, SCORECARD, UNDO, Command
from greenstar.services.demo.beside import TOUR_STORE


class Typed(str):
    """A text that is typed letter by letter."""

    __slots__ = ()


class Said(str):
    """A text that is typed in the language of whoever watches: `tour.types_NAME`."""

    __slots__ = ()


Press = Command | Typed | Said | str
"""A command, by whatever key it has; a text; or else a key by its name (`enter`, `down`)."""


@dataclass(frozen=True)
class Step:
    """`tour.NAME` is said, and read; then keys are pressed and their work is looked at; then the way back is gone."""

    name: str
    presses: tuple[Press, ...] = ()
    back: tuple[Press, ...] = ()


STEPS = (
    Step("begins"),
    Step("searches", (Typed(TOUR_STORE),)),
    Step("opens", (ON,)),
    Step("answers", (Typed("y"), "enter", Typed("y"), "enter", "enter", "enter")),
    Step("calculates", (Typed("4750*2"), "enter")),
    Step("measures", (Typed("250"),), ("enter",)),
    Step("records", (Typed("1100"),)),
    Step("notes", (NOTE, Said("note")), (BACK,)),
    Step("undoes", (UNDO,)),
    Step("finds", (FIND, Said("search")), (BACK,)),
    Step("speaks", (LANGUAGE,), (LANGUAGE,)),
    Step("leaves", (LEAVE,), (BACK,)),
    Step("needs", (NEEDS,), (BACK,)),
    Step("scores", (SCORECARD, "down", "down")),
    Step("ranks", (RANKING, "down", "down"), (BACK, BACK)),
    Step("ends", (ON,)),
)

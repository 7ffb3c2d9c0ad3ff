"""Two windows answered the same question: the dialog that asks which answer is to stand."""

from typing import Any

from greenstar.i18n.catalogue import Catalogue
from greenstar.tui.common.either_dialog import Either, EitherDialog
from greenstar.tui.visit.two_values import TwoValues


class ConflictDialog(EitherDialog):
    """Both values with their times; True: what was typed here is taken."""

    DEFAULT_CSS = """
    ConflictDialog { #panel { border: round $warning; } &.-plain #panel { border: ascii $warning; } }
    """

    def __init__(self, values: TwoValues[Any]) -> None:
        def words(catalogue: Catalogue) -> Either:
            return Either(
                catalogue.say("tui.clash_question", what=values.subject(catalogue)),
                values.say_mine(catalogue),
                values.say_theirs(catalogue),
                catalogue.say("tui.clash_keys"),
            )

        super().__init__(words)

"""A number that can be read in two ways: the dialog that asks which of them was meant."""

from greenstar.i18n.catalogue import Catalogue
from greenstar.tui.common.either_dialog import Either, EitherDialog
from greenstar.tui.visit.field_state import FieldState


class ReadingDialog(EitherDialog):
    """Both readings with their unit; True: the one with decimals."""

    def __init__(self, state: FieldState) -> None:
        view, text, (first, second) = state.view, state.text, state.offered

        def words(catalogue: Catalogue) -> Either:
            return Either(
                catalogue.say("tui.two_readings", text=text.strip()),
                view.as_read(first, catalogue),
                view.as_read(second, catalogue),
                catalogue.say("tui.clash_keys"),
            )

        super().__init__(words)

"""What all dialogs share: a panel over the screen, escape to leave it, and the language."""

from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from greenstar.messages import Catalogue
from greenstar.tui.commands import LANGUAGE, LIGHT

if TYPE_CHECKING:
    from greenstar.tui.app import GreenStarApp

Result = TypeVar("Result")


class Dialog(ModalScreen[Result]):
    """Asks one thing, and goes away."""

    BINDINGS: ClassVar[list[BindingType]] = [
        LANGUAGE.binding,
        LIGHT.binding,
        Binding("escape", "cancel", show=False),
    ]
    DEFAULT_CSS = """
    Dialog {
        align: center middle;
        & > #panel { width: 76; max-width: 96%; height: auto; max-height: 90%; background: $panel; padding: 1 2; }
        #question { margin-bottom: 1; display: block; }
        #hint { color: $muted; margin-top: 1; }
        Input {
            background: $field;
            &.-textual-compact { padding: 0 1; }
            &:focus { background: $field-focus; background-tint: transparent; }
        }
    }
    """

    def on_mount(self) -> None:
        """Write everything once."""
        self.relabel()

    @property
    def green(self) -> "GreenStarApp":
        """The application, by its own type."""
        return cast("GreenStarApp", self.app)

    @property
    def catalogue(self) -> Catalogue:
        """The sentences of the language in use."""
        return self.green.catalogue

    def relabel(self) -> None:
        """Write every word again, in the language in use; what people typed stays as it is."""

    def leave(self) -> None:
        """Nothing here is recorded before it is confirmed."""

    def action_command(self, name: str) -> None:
        """Do the command of that name."""
        {"language": self.green.switch_language, "light": self.green.switch_light}[name]()

    def action_cancel(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)

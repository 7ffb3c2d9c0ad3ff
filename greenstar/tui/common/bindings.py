"""Commands as Textual binds them to keys; footer and palette are our own."""

from textual.binding import Binding

from greenstar.keys import Command
from greenstar.services.settings.keymap import Keymap


def binding_of(command: Command) -> Binding:
    """The binding of a command; its `id` is what a keymap calls it by."""
    return Binding(command.key, f"command({command.name!r})", command.name, show=False, id=_id(command.name))


def textual_keymap(keymap: Keymap) -> dict[str, str]:
    """The keys that are other than declared, as `App.set_keymap` takes them."""
    return {_id(name): ",".join(keys) for name, keys in keymap.changed.items()}


def _id(name: str) -> str:
    return f"command.{name}"

"""A text area in which function keys do what they do elsewhere: Textual's own selects with f6 and f7."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import TextArea

_TAKEN = {"f6", "f7"}


class PlainTextArea(TextArea, inherit_bindings=False):
    """People's own words, as many lines as they like."""

    BINDINGS: ClassVar[list[BindingType]] = [
        binding for binding in TextArea.BINDINGS if isinstance(binding, Binding) and binding.key not in _TAKEN
    ]

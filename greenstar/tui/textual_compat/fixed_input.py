"""A text field that is as wide as it was laid out, whatever is typed.

Textual lays the whole screen out anew for each letter, as the text of a field may be what its width is made of; that is
how its `virtual_size` is declared. And it styles a field as valid or not at each filling; ours say so in words.
"""

from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input
from typing_extensions import override

from greenstar.tui.textual_compat.noted_at_once import AskedByScreen


class FixedInput(Input, AskedByScreen):
    """Takes a letter without a layout."""

    virtual_size = Reactive(Size(0, 0), layout=False)

    @override
    def validate(self, value: str) -> None:
        return None

"""The looks: dark, light, and both in high contrast; and scrollbars made of plain spaces.

Every colour that text has can be read on every colour that text stands on: 4.5 to 1, in high contrast 7 to 1.
"""

from typing import ClassVar

from textual.scrollbar import ScrollBarRender
from textual.theme import Theme

TEXTS = ("foreground", "primary", "accent", "success", "warning", "error", "muted", "faint")
GROUNDS = ("background", "surface", "panel", "field", "field-focus", "cursor")

_DARK = {
    "foreground": "#E3ECE7",
    "primary": "#6CCB9C",
    "accent": "#E3B95C",
    "success": "#7BD6A0",
    "warning": "#E9BC70",
    "error": "#F79C96",
    "muted": "#B2C0B8",
    "faint": "#A1B0A7",
    "background": "#101613",
    "surface": "#161E1A",
    "panel": "#202B25",
    "field": "#26352D",
    "field-focus": "#2C4336",
    "cursor": "#244837",
    "scrollbar": "#3A4A41",
}
_LIGHT = {
    "foreground": "#1C2620",
    "primary": "#0F6038",
    "accent": "#6E4E00",
    "success": "#0F6238",
    "warning": "#704A00",
    "error": "#9C1C15",
    "muted": "#4A584F",
    "faint": "#535F58",
    "background": "#FBFCFA",
    "surface": "#F2F5F1",
    "panel": "#E3EAE4",
    "field": "#DCE7DE",
    "field-focus": "#CBE2D3",
    "cursor": "#C4E4D1",
    "scrollbar": "#BECBC2",
}
_BLACK = {
    "foreground": "#FFFFFF",
    "primary": "#FFE94A",
    "accent": "#FFE94A",
    "success": "#FFFFFF",
    "warning": "#FFE94A",
    "error": "#FFE94A",
    "muted": "#E6E6E6",
    "faint": "#DDDDDD",
    "background": "#000000",
    "surface": "#000000",
    "panel": "#1C1C1C",
    "field": "#262626",
    "field-focus": "#3A3A00",
    "cursor": "#444400",
    "scrollbar": "#808080",
}
_WHITE = {
    "foreground": "#000000",
    "primary": "#00007A",
    "accent": "#000000",
    "success": "#000000",
    "warning": "#4A2600",
    "error": "#7A0000",
    "muted": "#1A1A1A",
    "faint": "#303030",
    "background": "#FFFFFF",
    "surface": "#FFFFFF",
    "panel": "#E8E8E8",
    "field": "#E0E0E0",
    "field-focus": "#FFF6A0",
    "cursor": "#FFE94A",
    "scrollbar": "#808080",
}


def _theme(name: str, colours: dict[str, str], *, dark: bool) -> Theme:
    """The colours as Textual wants them; its own fields take theirs from ours."""
    ground, text = colours["surface"], colours["foreground"]
    return Theme(
        name=name,
        dark=dark,
        foreground=text,
        primary=colours["primary"],
        secondary=colours["primary"],
        accent=colours["accent"],
        success=colours["success"],
        warning=colours["warning"],
        error=colours["error"],
        background=colours["background"],
        surface=ground,
        panel=colours["panel"],
        variables={
            "muted": colours["muted"],
            "faint": colours["faint"],
            "field": colours["field"],
            "field-focus": colours["field-focus"],
            "cursor": colours["cursor"],
            "text-disabled": colours["faint"],
            "input-cursor-background": text,
            "input-cursor-foreground": colours["background"],
            "input-selection-background": colours["cursor"],
            "input-selection-foreground": text,
            "screen-selection-background": colours["cursor"],
            "screen-selection-foreground": text,
            "scrollbar": colours["scrollbar"],
            "scrollbar-hover": colours["faint"],
            "scrollbar-active": colours["primary"],
            "scrollbar-background": ground,
            "scrollbar-background-hover": ground,
            "scrollbar-background-active": ground,
        },
    )


LOOKS = {
    theme.name: theme
    for theme in (
        _theme("dark", _DARK, dark=True),
        _theme("light", _LIGHT, dark=False),
        _theme("black", _BLACK, dark=True),
        _theme("white", _WHITE, dark=False),
    )
}
"""The looks by their names, in the order in which one key goes through them."""


def look_after(name: str) -> str:
    """The next look."""
    names = list(LOOKS)
    return names[(names.index(name) + 1) % len(names)] if name in names else names[0]


class PlainScrollBar(ScrollBarRender):
    """A scrollbar without the block glyphs whose width terminals do not agree on."""

    VERTICAL_BARS: ClassVar[list[str]] = [" "]
    HORIZONTAL_BARS: ClassVar[list[str]] = [" "]

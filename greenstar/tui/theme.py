"""The looks: dark, light, and both in high contrast; and scrollbars made of plain spaces.

A colour means one thing: `success` what is earned, `primary` where one is and can go, `accent` (gold) stars and nothing
else, `error` what fails, `warning` what is doubtful or only partly so; `muted` and `faint` are for what is
secondary, `line` for the borders of panels, `track` for the part of a line that is not reached.

Every colour that text has can be read on every colour that text stands on: 4.5 to 1, in high contrast 7 to 1.
"""

from typing import Any

from textual.theme import Theme

_DARK = {
    "foreground": "#E4ECE7",
    "primary": "#86C5E8",
    "accent": "#EBC04F",
    "success": "#5FD08E",
    "warning": "#E8A97E",
    "error": "#F58A8A",
    "muted": "#A9B8B0",
    "faint": "#95A49C",
    "background": "#0F1412",
    "surface": "#151C19",
    "panel": "#18211D",
    "field": "#1E2A25",
    "field-focus": "#1F3442",
    "cursor": "#1A382D",
    "line": "#33423B",
    "track": "#2D3B34",
    "scrollbar": "#33423B",
}
_LIGHT = {
    "foreground": "#18231D",
    "primary": "#0B5480",
    "accent": "#6E4E00",
    "success": "#0A6236",
    "warning": "#7C3F0C",
    "error": "#9E1B1B",
    "muted": "#47554D",
    "faint": "#56635B",
    "background": "#FCFDFB",
    "surface": "#F3F7F4",
    "panel": "#E9F0EB",
    "field": "#E4ECE7",
    "field-focus": "#D5E6F2",
    "cursor": "#D0E8DB",
    "line": "#BCC9C1",
    "track": "#CBD6CF",
    "scrollbar": "#BCC9C1",
}
_BLACK = {
    "foreground": "#FFFFFF",
    "primary": "#7FD7FF",
    "accent": "#FFE94A",
    "success": "#7DFFAE",
    "warning": "#FFC58A",
    "error": "#FFB0B0",
    "muted": "#E6E6E6",
    "faint": "#DDDDDD",
    "background": "#000000",
    "surface": "#000000",
    "panel": "#161616",
    "field": "#222222",
    "field-focus": "#00324A",
    "cursor": "#2F3A00",
    "line": "#B0B0B0",
    "track": "#6A6A6A",
    "scrollbar": "#808080",
}
_WHITE = {
    "foreground": "#000000",
    "primary": "#00007A",
    "accent": "#4A3500",
    "success": "#00401C",
    "warning": "#5A2400",
    "error": "#7A0000",
    "muted": "#1A1A1A",
    "faint": "#303030",
    "background": "#FFFFFF",
    "surface": "#FFFFFF",
    "panel": "#EDEDED",
    "field": "#E4E4E4",
    "field-focus": "#CFE4FF",
    "cursor": "#FFF09A",
    "line": "#505050",
    "track": "#B4B4B4",
    "scrollbar": "#808080",
}


_IN_16_COLOURS = {
    True: {"field": "#555555", "field-focus": "#0000AA"},
    False: {"field": "#AAAAAA", "field-focus": "#55FFFF"},
}
"""The grounds of fields, dark and light, where a terminal has 16 colours: all others come to that of the page there."""
_NAMED = {"dark": (_DARK, True), "light": (_LIGHT, False), "black": (_BLACK, True), "white": (_WHITE, False)}
_AS_TEXTUAL = ("foreground", "primary", "accent", "success", "warning", "error", "background", "surface", "panel")
_OWN = ("muted", "faint", "field", "field-focus", "cursor", "line", "track", "scrollbar")


def _theme(name: str, colours: dict[str, str], *, dark: bool) -> Theme:
    """The colours as Textual wants them; its own fields take theirs from ours."""
    ground, text = colours["surface"], colours["foreground"]
    named: dict[str, Any] = {colour: colours[colour] for colour in _AS_TEXTUAL}
    variables = {colour: colours[colour] for colour in _OWN} | {
        "text-disabled": colours["faint"],
        "input-cursor-background": text,
        "input-cursor-foreground": colours["background"],
        "input-selection-background": colours["cursor"],
        "input-selection-foreground": text,
        "screen-selection-background": colours["cursor"],
        "screen-selection-foreground": text,
        "scrollbar-hover": colours["faint"],
        "scrollbar-active": colours["primary"],
        "scrollbar-background": ground,
        "scrollbar-background-hover": ground,
        "scrollbar-background-active": ground,
    }
    return Theme(name=name, dark=dark, secondary=colours["primary"], variables=variables, **named)


def looks(*, few_colours: bool = False) -> list[Theme]:
    """The looks; `few_colours`: for a terminal that has 16 of them."""
    return [
        _theme(name, colours | (_IN_16_COLOURS[dark] if few_colours else {}), dark=dark)
        for name, (colours, dark) in _NAMED.items()
    ]


LOOKS = {look.name: look for look in looks()}
"""The looks by their names, in the order in which one key goes through them."""


CONTRAST = "contrast"
_LIGHT_AND_DARK = {None: ("light", "dark"), CONTRAST: ("white", "black")}


def first_look(chosen: str | None, *, dark: bool | None) -> str:
    """The look to start in: the one that was chosen, else what goes with the terminal.

    `chosen` may be "contrast": the one of the two that goes with it. `dark`: None where the terminal does not say.
    """
    if chosen is not None and chosen in LOOKS:
        return chosen
    return _LIGHT_AND_DARK[CONTRAST if chosen == CONTRAST else None][dark is not False]


def look_after(name: str) -> str:
    """The next look."""
    names = list(LOOKS)
    return names[(names.index(name) + 1) % len(names)] if name in names else names[0]

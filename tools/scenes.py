"""Every screen of the program, and how to get there: where it begins, and the keys from there on."""

from dataclasses import dataclass

STORE, ANOTHER = "HF-002", "SYN-044"  # a draft of many kinds of answers; a store that was visited before
HALF_DONE, SEALED = "SYN-038", "WX-001"
LONG_STANDING = "HF-009"  # visited in four cycles
WORDS = "The roof is leased until 2031; the landlord allows no panels on it, and the meter is shared."


@dataclass(frozen=True)
class Scene:
    """A picture: the store whose visit is opened (None: the list of stores), the criterion, and the keys then."""

    name: str
    store: str | None = None
    criterion: str | None = None
    keys: tuple[str, ...] = ()
    empty: bool = False
    """Whether it begins with an empty database."""


SCENES = (
    Scene("welcome", empty=True),
    Scene("new-store", keys=("alt+a",)),
    Scene("stores"),
    Scene("stores-filter", keys=("alt+o",)),
    Scene("stores-search", keys=(*"044",)),
    Scene("calendar", keys=("f11",)),
    Scene("store", keys=(*STORE, "enter")),
    Scene("store-sealed", keys=(*ANOTHER, "enter")),
    Scene("store-cycles", keys=(*LONG_STANDING, "enter")),
    Scene("steps", keys=(*ANOTHER, "enter", "alt+full_stop")),
    Scene("step-form", keys=(*ANOTHER, "enter", "alt+full_stop", *["down"] * 5, "enter")),
    Scene("visit-number", STORE, "WAT-06"),
    Scene("visit-yes", STORE, "WAT-P1"),
    Scene("visit-choice", STORE, "ENE-02"),
    Scene("visit-tree", STORE, "WAT-06", ("alt+t",)),
    Scene("visit-sealed", SEALED, "WAT-06"),
    Scene("visit-note", STORE, "WAT-06", ("f7", *"Two meters")),
    Scene("visit-na", STORE, "WAT-06", ("f4",)),
    Scene("visit-fill", STORE, "WAT-06", ("alt+equals_sign",)),
    Scene("helper", STORE, "WAT-07", ("enter", "alt+e")),
    Scene("finder", STORE, "WAT-06", ("f9", *"wat")),
    Scene("palette", STORE, "WAT-06", ("f10",)),
    Scene("help", STORE, "WAT-06", ("f1",)),
    Scene("evidence", STORE, "WAT-06", ("f5",)),
    Scene("evidence-all", STORE, "WAT-06", ("f5", "alt+w")),
    Scene("findings", STORE, "WAT-06", ("f6",)),
    Scene("finding-form", STORE, "WAT-06", ("f6", "alt+a", *"2")),
    Scene("findings-all", ANOTHER, None, ("f6", "alt+w")),
    Scene("facts", STORE, None, ("alt+f",)),
    Scene("history", STORE, None, ("alt+h",)),
    Scene("checklist", HALF_DONE, None, ("f12",)),
    Scene("submit", STORE, None, ("f12", "f12")),
    Scene("requirements", HALF_DONE, None, ("alt+n",)),
    Scene("scorecard", ANOTHER, None, ("alt+c",)),
    Scene("scorecard-draft", STORE, None, ("alt+c", "down", "down", "down", "enter")),
    Scene("scorecard-cycles", LONG_STANDING, None, ("alt+c",)),
    Scene("closing", ANOTHER, None, ("alt+c", "alt+slash")),
    Scene("closing-draft", HALF_DONE, None, ("alt+c", "alt+slash")),
    Scene("meeting", HALF_DONE, None, ("alt+c", "alt+slash", "f7", *"Mr Wang", "enter", *WORDS)),
    Scene("calendar-filter", keys=("f11", "alt+o")),
    Scene("ranking", keys=(*ANOTHER, "alt+r")),
    Scene("ranking-filter", keys=("alt+r", "alt+o")),
    Scene("comparison", keys=("alt+r", "space", "down", "down", "alt+b")),
    Scene("settings", keys=("alt+comma",)),
    Scene("leader", STORE, "WAT-06", ("ctrl+g",)),
)

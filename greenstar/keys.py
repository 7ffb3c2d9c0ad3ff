"""What a person can do on the screen: one declaration a command gives its key, footer text, palette entry and help.

A key does the same on every screen, or nothing. Keys are function and alt keys: letters and ctrl keys belong to text
fields, terminals and browsers. Where a terminal keeps one of them to itself, the leader gives it back: `ctrl+g n` is
alt+n, `ctrl+g 4` is f4. A user may give a command other keys in the settings file (`services/keymap.py`).
"""

from dataclasses import dataclass, replace

LEADER = "ctrl+g"
SIGNS = {
    "escape": "esc",
    "comma": ",",
    "full_stop": ".",
    "minus": "-",
    "equals_sign": "=",
    "slash": "/",
    "semicolon": ";",
    "apostrophe": "'",
    "question_mark": "?",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
}
"""What Textual calls keys, and how a person reads them."""
_DIGITS = {"f10": "0", "f11": "minus", "f12": "equals_sign"}  # below them on a keyboard; and 1 to 9 below f1 to f9


@dataclass(frozen=True)
class Command:
    """One thing to do. `tui.key_NAME` is its word in the footer, `tui.does_NAME` its sentence in help and palette."""

    name: str
    key: str
    where: tuple[str, ...] = ()  # the screens that have it; none: all of them
    letter: str = ""  # after the leader; by default that of an alt key, or the digit of a function key
    footer: bool = True
    way: bool = False  # it leads out or on: the key line shows it however narrow it is
    fixed: bool = False  # nobody can give it another key
    writes: bool = False  # it changes the visit, so that it does nothing in one that can only be read
    bound: bool = True  # else whatever has the focus takes the key
    said: str = ""  # what exactly it does on a screen that has words of its own for it

    @property
    def word(self) -> str:
        """The message with the word for the footer."""
        return f"tui.key_{self.said or self.name}"

    @property
    def sentence(self) -> str:
        """The message with the sentence for help and palette."""
        return f"tui.does_{self.said or self.name}"

    @property
    def after_leader(self) -> str:
        """The key that stands for it after the leader; empty where none does."""
        if self.letter or self.fixed:
            return self.letter
        return _DIGITS.get(self.key) or self.key.removeprefix("alt+" if "+" in self.key else "f")

    def saying(self, said: str, *, way: bool | None = None, writes: bool | None = None) -> "Command":
        """The same command on a screen that has words of its own for it; `way`, `writes`: what holds there."""
        way, writes = (self.way if way is None else way), (self.writes if writes is None else writes)
        return replace(self, said=said, way=way, writes=writes)


def key_shown(key: str) -> str:
    """A key as a person reads it: `esc`, `alt+,`, `ctrl+g n`."""
    return " ".join("+".join(SIGNS.get(part, part) for part in press.split("+")) for press in key.split(" "))


# -- everywhere
KEYS = Command("keys", "f1", way=True)
BACK = Command("back", "escape", letter="left", way=True, fixed=True)
LANGUAGE = Command("language", "f3")
PALETTE = Command("palette", "f10", footer=False)
LIGHT = Command("light", "alt+l", footer=False)
SETTINGS = Command("settings", "alt+comma", letter="comma", footer=False)
QUIT = Command("quit", "ctrl+q", letter="q")
ENTER = Command("enter", "enter", way=True, fixed=True, bound=False)
SEAL = Command("seal", "y", ("checklist",), fixed=True, bound=False)
EVERYWHERE = (KEYS, BACK, LANGUAGE, PALETTE, LIGHT, SETTINGS, QUIT)

# -- in a visit, and at what belongs to it
ROUTE = Command("route", "f2", ("visit",))
NOT_APPLICABLE = Command("not_applicable", "f4", ("visit",), writes=True)
EVIDENCE = Command("evidence", "f5", ("visit",))
FINDINGS = Command("findings", "f6", ("visit",))
NOTE = Command("note", "f7", ("visit", "evidence", "closing_meeting"), writes=True)
_WITH_A_VISIT = (
    "stores",
    "store",
    "calendar",
    "closing_meeting",
    "visit",
    "scorecard",
    "ranking",
    "comparison",
    "history",
    "findings",
)
ON = Command("on", "f8", _WITH_A_VISIT, way=True)
FIND = Command("find", "f9", ("visit",), way=True)
LEAVE = Command("leave", "f12", ("visit", "checklist"), way=True)
PREVIOUS = Command("previous", "alt+up", ("visit",), footer=False)
NEXT = Command("next", "alt+down", ("visit",), footer=False)
TREE = Command("tree", "alt+t", ("visit",), footer=False)
FLAG = Command("flag", "alt+g", ("visit",), footer=False, writes=True)
FILL = Command("fill", "alt+equals_sign", ("visit",), letter="left_square_bracket", footer=False, writes=True)
STILL_SO = Command("still_so", "alt+p", ("visit", "findings"), footer=False, writes=True)
HELPER = Command("helper", "alt+e", ("visit",), footer=False, writes=True)
SCORECARD = Command("scorecard", "alt+c", ("visit", "closing_meeting"))
NEEDS = Command("needs", "alt+n", ("visit", "checklist"), footer=False)
FACTS = Command("facts", "alt+f", ("visit",), footer=False)
HISTORY = Command("history", "alt+h", ("visit", "findings"), footer=False)
UNDO = Command("undo", "alt+z", ("visit", "history", "findings", "evidence"), footer=False, writes=True)
REDO = Command("redo", "alt+y", ("visit", "history", "findings"), footer=False, writes=True)

# -- in lists
ADD = Command("add", "alt+a", ("stores", "welcome", "findings", "evidence"), writes=True)
REMOVE = Command("remove", "alt+d", ("findings", "evidence"), writes=True)
WELCOME = Command("welcome", "alt+semicolon", ("stores",), letter="question_mark", footer=False)
FILTER = Command("filter", "alt+o", ("stores", "calendar", "visit", "ranking"))
WHOLE = Command("whole", "alt+w", ("findings", "evidence"))
STORES = Command("stores", "alt+s", ("visit", "ranking"), footer=False)
CLOSING = Command("closing", "alt+slash", ("store", "scorecard"), letter="apostrophe")
CALENDAR = Command("calendar", "f11", ("stores",))
_REPORTED = ("store", "scorecard", "closing_meeting", "ranking", "comparison")
REPORT = Command("report", "alt+minus", _REPORTED, letter="slash", footer=False)
STEPS = Command("steps", "alt+full_stop", ("stores", "store", "scorecard", "closing_meeting"), letter="full_stop")
RANKING = Command("ranking", "alt+r", ("stores", "store", "visit", "scorecard", "comparison"))
MARK = Command("mark", "alt+m", ("ranking",))
COMPARE = Command("compare", "alt+b", ("ranking",))
SWAP = Command("swap", "alt+x", ("comparison",))
UNFOLD = Command("unfold", "alt+u", ("scorecard",), footer=False)  # as Enter does there
CLOSE = Command("close", "alt+k", ("findings",), writes=True)
OPEN_FILE = Command("open_file", "alt+i", ("evidence",))
VERIFIED = Command("verified", "alt+v", ("evidence",), writes=True)
NEWEST = Command("newest", "alt+q", ("evidence",), letter="semicolon", writes=True)
MOVE_FILE = Command("move_file", "alt+j", ("evidence",), writes=True)

ALL = tuple(command for command in list(globals().values()) if isinstance(command, Command))
"""Every command, in the order in which they are declared."""
BY_NAME = {command.name: command for command in ALL}
SHOWN = {command.name: key_shown(command.key) for command in ALL}
"""The keys as they are without a settings file, by the names of their commands, as a person reads them."""


def screen_commands(*own: Command, back: Command = BACK) -> tuple[Command, ...]:
    """The commands of a screen, in the order of its footer: its own follow the first of those that are everywhere.

    `back`: in the screen's own words for where that leads.
    """
    return (EVERYWHERE[0], *own, *(back if command is BACK else command for command in EVERYWHERE[1:]))

"""What a person can do: one declaration a command gives its key, footer text, palette entry and help.

Keys are function and alt keys: letters and ctrl keys belong to text fields, terminals and browsers.
"""

from dataclasses import dataclass

from textual.binding import Binding


@dataclass(frozen=True)
class Command:
    """One thing to do. `tui.key_NAME` is its word in the footer, `tui.does_NAME` its sentence in help and palette.

    `writes`: it changes the visit, so that it does nothing in one that can only be read.
    """

    name: str
    key: str
    footer: bool = True
    writes: bool = False

    @property
    def word(self) -> str:
        """The message with the word for the footer."""
        return f"tui.key_{self.name}"

    @property
    def sentence(self) -> str:
        """The message with the sentence for help and palette."""
        return f"tui.does_{self.name}"

    @property
    def shown_key(self) -> str:
        """The key as a person reads it."""
        return self.key.replace("escape", "esc")

    @property
    def binding(self) -> Binding:
        """What Textual needs to know of it; the footer is our own."""
        return Binding(self.key, f"command({self.name!r})", self.name, show=False, id=f"command.{self.name}")


# -- everywhere
KEYS = Command("keys", "f1")
LANGUAGE = Command("language", "f3")
PALETTE = Command("palette", "f10", footer=False)
LIGHT = Command("light", "alt+l", footer=False)
QUIT = Command("quit", "ctrl+q")
BACK = Command("back", "escape")
EVERYWHERE = (KEYS, BACK, LANGUAGE, PALETTE, LIGHT, QUIT)


def screen_commands(*own: Command) -> tuple[Command, ...]:
    """The commands of a screen, in the order of its footer: its own follow the first of those that are everywhere."""
    return (EVERYWHERE[0], *own, *EVERYWHERE[1:])


# -- stores
NEW_STORE = Command("new_store", "f2")
REGION = Command("region", "f5")
RANKING = Command("ranking", "alt+r")
STORES = Command("stores", "alt+s", footer=False)
# -- a store
VISIT = Command("visit", "f8")
# -- an assessment
ROUTE = Command("route", "f2")
NOT_APPLICABLE = Command("not_applicable", "f4", writes=True)
NOTE = Command("note", "f7", writes=True)
NEXT_OPEN = Command("next_open", "f8")
FIND = Command("find", "f9")
SCORECARD = Command("scorecard", "alt+c")
FACTS = Command("facts", "alt+f", footer=False)
PREVIOUS = Command("previous", "alt+up", footer=False)
NEXT = Command("next", "alt+down", footer=False)
TREE = Command("tree", "alt+t", footer=False)
# -- a ranking
DRAFTS = Command("drafts", "f2")
# -- a scorecard
UNFOLD = Command("unfold", "f2")
# -- an assessment: the answer before, what to come back to, and what is listed
STILL_SO = Command("still_so", "alt+p", footer=False, writes=True)
FLAG = Command("flag", "alt+g", footer=False, writes=True)
FILTER = Command("filter", "alt+o", footer=False)
# -- a ranking's filters, and two of its stores
CYCLE = Command("cycle", "f4")
LEVEL = Command("level", "f6")
MARK = Command("mark", "space")
COMPARE = Command("compare", "f7")
# -- a comparison
SWAP = Command("swap", "f2")
# -- the filters of the stores
ONLY_CYCLE = Command("only_cycle", "f4")
STATUS = Command("status", "f7")
# -- before one leaves: the list, handing in, and what the levels need
CHECKLIST = Command("checklist", "f12")
SUBMIT = Command("submit", "f12", writes=True)
SEAL = Command("seal", "y")
NEEDS = Command("needs", "alt+n", footer=False)
# -- findings
FINDINGS = Command("findings", "f6")
NEW_FINDING = Command("new_finding", "f2", writes=True)
CLOSE_FINDING = Command("close_finding", "f4", writes=True)
ALL_FINDINGS = Command("all_findings", "f6")
STILL_OPEN = Command("still_open", "alt+p", writes=True)
REMOVE_FINDING = Command("remove_finding", "alt+d", writes=True)
# -- history
HISTORY = Command("history", "alt+h", footer=False)
UNDO = Command("undo", "alt+z", footer=False, writes=True)
REDO = Command("redo", "alt+y", footer=False, writes=True)
# -- evidence: of a criterion, and what is done with it
EVIDENCE = Command("evidence", "f5")
ADD_FILE = Command("add_file", "f2", writes=True)
OPEN_FILE = Command("open_file", "f6")
VERIFIED = Command("verified", "f4", writes=True)
CAPTION = Command("caption", "f7", writes=True)
MOVE_FILE = Command("move_file", "f9", writes=True)
REMOVE_FILE = Command("remove_file", "alt+d", writes=True)
WHOLE_VISIT = Command("whole_visit", "f5")
UNDO_EVIDENCE = Command("undo_evidence", "alt+z", footer=False, writes=True)

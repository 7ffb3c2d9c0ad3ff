"""Writes the README's table of keys from the declaration: `python -m tools.keys_table`."""

from pathlib import Path

from greenstar.i18n.catalogue import Catalogue
from greenstar.services.settings.keymap import AS_DECLARED
from greenstar.tui.visit.screen import AssessmentScreen

README = Path(__file__).parent.parent / "README.md"
BEGIN, END = "<!-- keys: python -m tools.keys_table -->\n", "<!-- /keys -->"


def keys_table() -> str:
    """The keys of a visit, a line each."""
    say = Catalogue("en").say
    lines = ["| key | or | does |", "|---|---|---|"]
    for command in AssessmentScreen.commands:
        key, leader = AS_DECLARED.shown(command)
        lines.append(f"| {key} | {leader} | {say(command.sentence)} |")
    return "\n".join([*lines, ""])


def with_table(text: str) -> str:
    """The README with the table as it is now."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}{keys_table()}{END}{after}"


if __name__ == "__main__":
    README.write_text(with_table(README.read_text(encoding="utf-8")), encoding="utf-8")

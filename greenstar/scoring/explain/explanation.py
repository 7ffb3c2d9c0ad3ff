"""One line of a derivation, and what it rests on."""

from dataclasses import dataclass

from greenstar.i18n.phrase import Phrase


@dataclass(frozen=True)
class Explanation:
    """One line of a derivation, and the lines it rests on. `subject` is the id or name it speaks of."""

    line: Phrase
    parts: tuple["Explanation", ...] = ()
    subject: str = ""

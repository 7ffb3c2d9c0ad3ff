"""What a form asks, and what it is for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from greenstar.i18n.phrase import Phrase
from greenstar.services.workspace import Workspace


def in_order(_: str) -> Phrase | None:
    """Nothing is wrong with a text."""
    return None


@dataclass(frozen=True)
class FormField:
    """One line to fill in. `wrong` says what is wrong with a text that is there; `choices`: texts known already.

    `reading`: how a text is read, where it does not show that itself. `files`: it takes the paths of files.
    """

    name: str
    word: Phrase
    value: str = ""
    needed: bool = False
    wrong: Callable[[str], Phrase | None] = in_order
    reading: Callable[[str], Phrase | None] = in_order
    choices: Sequence[str] = ()
    files: bool = False


@dataclass(frozen=True)
class Form:
    """What is asked, and what it is for: `do` is given the texts, by the names of the fields.

    `says`: what will be done. `key`: what the form is called among all that waits for the disk. `blamed`: the field at
    which a refusal is said, else below all of them. `at_once`: it may take long, and cannot be taken back.
    `signs`: what is done is signed with one's own key.
    """

    key: str
    title: Phrase
    says: Phrase | None
    fields: Sequence[FormField]
    do: Callable[[Workspace, Mapping[str, str]], Any]
    hint: str = ""
    blamed: str = ""
    at_once: bool = False
    signs: bool = False

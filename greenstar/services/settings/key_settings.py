"""The keys that a settings file gives to commands: which of them are right, and why the others are not."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from greenstar.i18n.phrase import Phrase
from greenstar.keys import ALL, BY_NAME, LEADER, SIGNS, Command, key_shown
from greenstar.services.settings.keymap import AS_DECLARED, Keymap
from greenstar.services.settings.settings_file import KEYS, SettingsFile, unknown

_LEADER = "leader"
_SIGNS = {sign: name for name, sign in SIGNS.items() if len(sign) == 1}
_NAMES = {"esc": "escape", "return": "enter", "del": "delete", "pgup": "pageup", "pgdn": "pagedown", **_SIGNS}
_MOVES = {"up", "down", "left", "right", "home", "end", "pageup", "pagedown", "insert"}
_TYPES = {"enter", "escape", "tab", "space", "backspace", "delete", *_MOVES}
_OF_TEXT_FIELDS = set("acdefhijkmuvwxyz")  # with ctrl they edit text, or are tab, Enter and backspace
_FUNCTION = re.compile(r"f([1-9]|1[0-9]|2[0-4])")
_EXAMPLES = ("f7", "alt+x", "ctrl+t", f"{LEADER} x")


@dataclass
class _Change:
    """What the file wants of a command: keys pressed alone, one after the leader, and each as it stands there."""

    keys: tuple[str, ...] = ()
    letter: str = ""
    written: dict[str, str] = field(default_factory=dict)


def keymap_of(file: SettingsFile) -> Keymap:
    """The keys as the file has them; what is wrong is added to its problems, and the command keeps its keys."""
    wanted = {name: value for name, value in file.keys.items() if name != _LEADER}
    leader = _leader(file)
    changes: dict[str, _Change] = {}
    for name, value in wanted.items():
        command = BY_NAME.get(name)
        if command is None or command.fixed:
            known = [command.name for command in ALL if not command.fixed]
            file.wrong(_not_to_be_set(name, known), KEYS, name, key=True)
            continue
        presses = value if isinstance(value, list) else [value]
        if not presses or not all(isinstance(press, str) for press in presses):
            file.wrong(Phrase("settings.keys_are_texts", name=name, examples=_EXAMPLES), KEYS, name)
            continue
        change = _read(file, name, [str(press) for press in presses], leader)
        if change is not None:
            changes[name] = change
    _drop_clashes(file, changes, leader)
    return Keymap(
        {name: change.keys for name, change in changes.items() if change.keys},
        {name: change.letter for name, change in changes.items() if change.letter},
        leader,
    )


def _not_to_be_set(name: str, known: list[str]) -> Phrase:
    command = BY_NAME.get(name)
    if command is not None:
        return Phrase("settings.fixed_command", name=name, key=key_shown(command.key))
    return unknown(("settings.unknown_command", "settings.unknown_command_near"), name, known)


def _leader(file: SettingsFile) -> str:
    value = file.keys.get(_LEADER)
    if value is None:
        return LEADER
    if not isinstance(value, str):
        file.wrong(Phrase("settings.keys_are_texts", name=_LEADER, examples=(LEADER, "ctrl+t")), KEYS, _LEADER)
        return LEADER
    key = normal(value)
    why = _why_not(key, value)
    taken = AS_DECLARED.command_at(key)
    if why is None and taken is not None:
        why = Phrase("settings.bound_twice", key=key_shown(key), name=_LEADER, other=taken.name)
    if why is not None:
        file.wrong(why, KEYS, _LEADER)
    return LEADER if why is not None else key


def _read(file: SettingsFile, name: str, presses: list[str], leader: str) -> _Change | None:
    change = _Change()
    for press in presses:
        first, *then = press.split()
        if then and normal(first) in (leader, LEADER):
            key = normal("".join(then))
            why = None if _may_follow(key) else Phrase("settings.not_after_leader", key=press, example=f"{LEADER} x")
            change.letter, change.written[f"{leader} {key}"] = key, press
        else:
            key = normal(press)
            why = _why_not(key, press)
            change.keys, change.written[key] = (*change.keys, key), press
        if why is not None:
            file.wrong(why, KEYS, name, item=press)
            return None
    return change


def normal(press: str) -> str:
    """A key as Textual calls it: `Alt+P` is `alt+p`, `esc` is `escape`, `alt+,` is `alt+comma`."""
    *modifiers, key = [part.strip() for part in press.strip().lower().split("+")]
    order = [name for name in ("ctrl", "alt", "shift") if name in modifiers]
    others = [name for name in modifiers if name not in order]
    return "+".join([*others, *order, _NAMES.get(key, key)])


def _why_not(key: str, press: str) -> Phrase | None:
    """Why a key cannot stand for a command; None: it can."""
    *modifiers, base = key.split("+")
    if not set(modifiers) <= {"ctrl", "alt", "shift"} or not _is_key(base):
        return Phrase("settings.unknown_key", key=press, examples=_EXAMPLES)
    if _FUNCTION.fullmatch(base):
        return None
    plain = len(base) == 1 or base in _SIGNS.values()
    if "alt" in modifiers and (plain or base in _MOVES):
        return None
    if modifiers == ["ctrl"] and len(base) == 1 and base.isalpha() and base not in _OF_TEXT_FIELDS:
        return None
    return Phrase("settings.key_types", key=press, examples=_EXAMPLES)


def _is_key(base: str) -> bool:
    plain = len(base) == 1 and base.isascii() and base.isprintable()
    return plain or base in _TYPES or base in _SIGNS.values() or _FUNCTION.fullmatch(base) is not None


def _may_follow(key: str) -> bool:
    return (len(key) == 1 and key.isascii() and key.isprintable()) or key in {*_SIGNS.values(), *_MOVES}


def why_not(key: str, command: Command, keymap: Keymap) -> Phrase | None:
    """Why a command cannot have a key, given those of the others; None: it can."""
    other = keymap.command_at(key)
    if key == keymap.leader or (other is not None and other.name != command.name):
        taken = Phrase("settings.the_leader") if other is None else Phrase(other.word)
        return Phrase("settings.bound_twice", key=key_shown(key), name=Phrase(command.word), other=taken)
    return _why_not(key, key_shown(key))


def _drop_clashes(file: SettingsFile, changes: dict[str, _Change], leader: str) -> None:
    """Of two commands with one key, the one that the file gives it last keeps what it is declared with."""
    while True:
        clash = next(_clashes(changes, leader), None)
        if clash is None:
            return
        name, way, other = clash
        item = changes.pop(name).written.get(way, "")
        file.wrong(Phrase("settings.bound_twice", key=key_shown(way), name=name, other=other), KEYS, name, item=item)


def _clashes(changes: Mapping[str, _Change], leader: str) -> Iterator[tuple[str, str, str]]:
    """Commands that the file gives a key which something else has: the command, the key, and what has it."""
    kept = [command for command in ALL if command.name not in changes]
    taken = {leader: _LEADER}
    taken |= {way: command.name for command in kept for way in _ways(command, None, leader)}
    for name, change in changes.items():
        for way in _ways(BY_NAME[name], change, leader):
            if way in taken:
                yield name, way, taken[way]
            taken[way] = name


def _ways(command: Command, change: _Change | None, leader: str) -> list[str]:
    keys = change.keys if change is not None and change.keys else (command.key,)
    letter = change.letter if change is not None and change.letter else command.after_leader
    return [*keys, *([f"{leader} {letter}"] if letter else [])]

"""Which key does what: as the commands are declared, and as the settings file changes that."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from greenstar.keys import ALL, LEADER, Command, key_shown


@dataclass(frozen=True)
class Keymap:
    """The keys of every command: those pressed alone, and the one after the leader.

    `changed` holds the commands that have other keys than they are declared with, by name; `letters` likewise those
    with another key after the leader.
    """

    changed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    letters: Mapping[str, str] = field(default_factory=dict)
    leader: str = LEADER

    def keys_of(self, command: Command) -> tuple[str, ...]:
        """The keys that do it by themselves."""
        return self.changed.get(command.name, (command.key,))

    def letter_of(self, command: Command) -> str:
        """The key that does it after the leader; empty where none does."""
        return self.letters.get(command.name, command.after_leader)

    @cached_property
    def pressed(self) -> Mapping[str, str]:
        """What a sentence names for a command: its first key, as a person reads it."""
        return {command.name: self.shown(command)[0] for command in ALL}

    def shown(self, command: Command) -> tuple[str, ...]:
        """All ways to press it, as a person reads them."""
        letter = self.letter_of(command)
        ways = [*self.keys_of(command), *([f"{self.leader} {letter}"] if letter else [])]
        return tuple(key_shown(way) for way in ways)

    @cached_property
    def _by_key(self) -> Mapping[str, Command]:
        return {key: command for command in ALL if command.bound for key in self.keys_of(command)}

    @cached_property
    def _by_letter(self) -> Mapping[str, Command]:
        return {letter: command for command in ALL if (letter := self.letter_of(command))}

    def command_at(self, key: str) -> Command | None:
        """What a key does, on the screens that have it."""
        return self._by_key.get(key)

    def after_leader(self, key: str) -> Command | None:
        """What a key does after the leader, on the screens that have it."""
        return self._by_letter.get(key)


AS_DECLARED = Keymap()

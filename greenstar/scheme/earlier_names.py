"""What things of a scheme were called in earlier versions (`formerly`), so that what was recorded then follows them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any


def renamed_to(formerly: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """The name that stands now for each earlier one; a name that is in use stands for itself.

    `formerly`: the earlier names of each name that is in use.
    """
    later = {str(old): str(new) for new, names in formerly.items() for old in names}
    return {old: new for old, new in later.items() if old not in formerly}


@dataclass(frozen=True)
class EarlierNames:
    """The present name of each earlier one; `options` by the present name of the question or fact they belong to."""

    criteria: Mapping[str, str]
    groups: Mapping[str, str]
    questions: Mapping[str, str]
    facts: Mapping[str, str]
    options: Mapping[str, Mapping[str, str]]

    @cached_property
    def known(self) -> bool:
        """Whether anything was ever called otherwise."""
        return any((self.criteria, self.groups, self.questions, self.facts, *self.options.values()))

    def criterion(self, name: str) -> str:
        """The present id of a criterion; its own where no other is known."""
        return self.criteria.get(name, name)

    def group(self, name: str) -> str:
        """The present id of a group; its own where no other is known."""
        return self.groups.get(name, name)

    def question(self, name: str) -> str:
        """The present name of a question; its own where no other is known."""
        return self.questions.get(name, name)

    def fact(self, name: str) -> str:
        """The present name of a fact; its own where no other is known."""
        return self.facts.get(name, name)

    def answer(self, name: str, value: Any) -> Any:
        """An answer as plain JSON to the question or fact of that present name, with the present names of options."""
        options = self.options.get(name)
        if not options:
            return value
        if isinstance(value, list):
            return [options.get(option, option) for option in value]
        return options.get(value, value) if isinstance(value, str) else value

"""One document under check: everything in it by id and name, and what was found wrong."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from greenstar.errors import Hint, Problem
from greenstar.i18n.phrase import Phrase
from greenstar.scheme.document import Criterion, Document, Group, Option, Question, QuestionFields
from greenstar.scheme.locator import Locator, last_key
from greenstar.scheme.suggestions import did_you_mean
from greenstar.scheme.validation.worth import Worth

Path = tuple[Any, ...]


class Index:
    """A document, its places, and the problems found so far; `paths` says where each id stands."""

    def __init__(self, document: Document, tree: Any) -> None:
        self.document = document
        self.at = Locator(tree)
        self.problems: list[Problem] = []
        self.criteria: dict[str, Criterion] = {}
        self.groups: dict[str, Group] = {}
        self.paths: dict[str, Path] = {}
        self.asked: dict[str, tuple[Question, Path]] = {
            name: (fact, ("facts", name)) for name, fact in document.facts.items()
        }
        for index, category in enumerate(document.categories):
            self._group(category, ("categories", index))

    @cached_property
    def worth(self) -> Worth:
        """The most points of each group, and in total."""
        return Worth(self.document)

    def _group(self, group: Group, path: Path) -> None:
        self._unique(group.category, (*path, "category"))
        self.groups.setdefault(group.category, group)
        self.paths.setdefault(group.category, path)
        for index, criterion in enumerate(group.criteria):
            here = (*path, "criteria", index)
            self._unique(criterion.id, (*here, "id"))
            self.criteria.setdefault(criterion.id, criterion)
            self.paths.setdefault(criterion.id, here)
            for name, question in criterion.questions.items():
                self.asked.setdefault(name, (question, (*here, "questions", name)))
        for index, child in enumerate(group.categories):
            self._group(child, (*path, "categories", index))

    def _unique(self, identifier: str, path: Path) -> None:
        if identifier in self.paths:
            first = self.at.value((*self.paths[identifier],))
            self.refuse(path, "validation.id_twice", id=identifier, file=first.file, line=first.line)

    def refuse(self, path: Path, message: str, hint: Hint = None, *, is_key: bool = False, **values: Any) -> None:
        """Note a problem at the value at `path`, or (`is_key`) at the key itself."""
        place = self.at.key(path) if is_key else self.at.value(path)
        self.problems.append(Problem(place, last_key(path), Phrase(message, **values), hint))

    def criteria_in(self, group: str) -> Iterator[str]:
        """The ids of all criteria in a group, at any depth."""
        waiting = [self.groups[group]]
        while waiting:
            here = waiting.pop()
            yield from (criterion.id for criterion in here.criteria)
            waiting += here.categories

    def lone_choices(self, option: str, group: str | None = None) -> list[str]:
        """The criteria, of all or of a group, whose lone question is a choice with that option."""
        inside = self.criteria if group is None else self.criteria_in(group)
        known = [self.criteria[name] for name in inside]
        return [
            criterion.id
            for criterion in known
            if criterion.ask is not None and criterion.type == "choice" and option in self.options(criterion)
        ]

    def options(self, question: QuestionFields) -> dict[str, Option]:
        """The options of a question, shared or its own."""
        options = question.options
        return self.document.options.get(options, {}) if isinstance(options, str) else options or {}

    def known_criterion(self, name: str, path: Path, *, is_key: bool = False) -> Criterion | None:
        """The criterion of that id; a problem at `path` where there is none."""
        criterion = self.criteria.get(name)
        if criterion is None:
            hint = did_you_mean(name, self.criteria)
            self.refuse(path, "validation.unknown_criterion", hint, is_key=is_key, id=name)
        return criterion

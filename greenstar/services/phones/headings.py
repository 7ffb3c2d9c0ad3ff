"""Which field of the form a column of an export is: by its name, behind the groups before it, or by its label."""

import re
from collections import defaultdict
from functools import cached_property

from greenstar.assessment.answer_types import type_of
from greenstar.i18n.catalogue import Catalogue
from greenstar.scheme.model import Scheme
from greenstar.services.phones.fields import GROUPS, Field, Fields, none_choice
from greenstar.text import folded

_BETWEEN = re.compile("[-/.:]")
_NO_LETTER = re.compile(r"\W", re.ASCII)
_OF_SERVERS = ("_", "meta/", "meta-", "set-of-", "formhub/")  # what headings of theirs begin with
_SERVERS_OWN = frozenset(
    (
        *("submissiondate", "key", "parent_key", "instanceid", "instancename", "submitterid", "submittername"),
        *("attachmentspresent", "attachmentsexpected", "status", "reviewstate", "deviceid", "edits", "formversion"),
        *("start", "end", "today", "username", "phonenumber", "simserial", "subscriberid", "rootuuid"),
        *("deprecatedid", "audit", "uuid"),
    )
)


class Ambiguous(Exception):
    """A heading that is the label of several fields."""


class Headings:
    """Finds the fields of a scheme's form."""

    def __init__(self, scheme: Scheme) -> None:
        self.fields = Fields(scheme)
        self.scheme = scheme

    def is_foreign(self, heading: str) -> bool:
        """Whether a column is none of the form: what the server adds, groups, and options that stand apart."""
        if self._is_option(heading):
            return True
        field = self.named(heading)
        if field is not None:
            return field.kind in GROUPS
        plain = heading.lower()
        last = re.split("[-/]", plain)[-1]
        return plain.startswith(_OF_SERVERS) or "@odata" in plain or last in _SERVERS_OWN

    def _is_option(self, heading: str) -> bool:
        """Whether it is one of the columns that an export adds for each option of a multiple question."""
        question, _, option = heading.rpartition("/")
        field = self.named(question) if question else None
        asked = None if field is None else self.fields.question(field)
        if asked is None or not type_of(asked).several:
            return False
        options = self.scheme.options(asked)
        return option in options or option == none_choice(options)

    def named(self, heading: str) -> Field | None:
        """The field of that name, with or without the groups in which it stands."""
        starts = [0, *(match.end() for match in _BETWEEN.finditer(heading))]
        for names in (self.fields.by_name, self._simplified):
            for start in starts:
                if heading[start:] in names:
                    return names[heading[start:]]
        return None

    @cached_property
    def _simplified(self) -> dict[str, Field]:
        """The fields by their names as OData writes them: `note_WAT-06` is `note_WAT_06`, unless two would be."""
        fields: dict[str, list[Field]] = defaultdict(list)
        for name, field in self.fields.by_name.items():
            fields[_NO_LETTER.sub("_", name)].append(field)
        return {name: of_name[0] for name, of_name in fields.items() if len(of_name) == 1}

    def field(self, heading: str) -> Field | None:
        """The field of a column; None: there is none. Ambiguous: it is the label of several."""
        named = self.named(heading)
        if named is not None:
            return named
        parts = heading.split("/")
        ends = ("/".join(parts[start:]) for start in range(len(parts)))
        fields = next((fields for end in ends if (fields := self._by_label.get(folded(end)))), set())
        if len(fields) > 1:
            raise Ambiguous
        return next(iter(fields), None)

    @cached_property
    def _by_label(self) -> dict[str, set[Field]]:
        labels: dict[str, set[Field]] = defaultdict(set)
        for language in self.scheme.document.languages:
            catalogue = Catalogue(language)
            for field in self.fields.by_name.values():
                if field.kind not in GROUPS:
                    labels[folded(self.fields.label(field, catalogue))].add(field)
        return labels

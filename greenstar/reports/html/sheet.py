"""What templates of printed pages say in one language, and what stands at the head and foot of each page."""

from datetime import date
from typing import Any

from markupsafe import Markup

from greenstar.i18n.bilingual import in_language
from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Text
from greenstar.reports.html.page import css_text
from greenstar.text import UNSEEN

_MOST_NAME = 60  # signs of a name in a margin
_TITLES = {"en": "en", "zh": "zh-Hans"}


class Sheet:
    """The words of pages in one language; `w` writes anything that is to be said.

    `name`, `code`: what the pages are about; `reference`: the same at their foot; `state`: what each of them warns of,
    empty where there is nothing. `sample`: that it is all invented, else empty.
    """

    def __init__(self, catalogue: Catalogue, title: Text | str, version: str, *, sample: bool) -> None:
        self.catalogue = catalogue
        self.brand = f"{self.w(title)} {version}"
        self.sample = self.say("report.sample") if sample else ""
        self.name = self.code = self.reference = self.state = ""

    def say(self, key: str, **values: Any) -> str:
        """A sentence of the program."""
        return seen(self.catalogue.say(key, **values))

    def w(self, value: object) -> str:
        """Whatever is to be written."""
        return seen(self.catalogue.write(value))

    def text(self, text: str) -> str:
        """People's text in this language, without what cannot be seen or would reorder what stands around it."""
        return seen(in_language(text, self.catalogue.language))

    def day(self, day: date | None) -> str:
        """A day as it is written in this language."""
        if day is None:
            return ""
        month = self.say(f"report.month_{day.month}")
        return self.say("report.day", day=str(day.day), month=month, year=str(day.year))

    @property
    def lang(self) -> str:
        """The language for browsers, which choose fonts and voices by it."""
        return _TITLES.get(self.catalogue.language, self.catalogue.language)

    @property
    def key(self) -> str:
        """A name for this language in style sheets and anchors."""
        return self.catalogue.own_language

    @property
    def margins(self) -> dict[str, Markup]:
        """What stands in the margins of printed pages, for a style sheet."""
        before, between, after = self.catalogue.say("report.page", page="\0", pages="\0").split("\0")
        told = {
            "reference": self.reference,
            "name": f"{self.name[:_MOST_NAME]}  {self.code}",
            "state": self.state,
            "sample": self.sample,
            "before": before,
            "between": between,
            "after": after,
        }
        return {place: css_text(text) for place, text in told.items()}


def seen(text: str) -> str:
    """A text without what cannot be seen."""
    return text if text.isprintable() else UNSEEN.sub("", text)

"""The report on one visit as one HTML file: in a language, or in several side by side."""

from base64 import b64encode
from collections.abc import Sequence
from datetime import date
from typing import Any

from markupsafe import Markup

from greenstar.i18n.bilingual import in_language
from greenstar.i18n.catalogue import LANGUAGES, Catalogue
from greenstar.i18n.phrase import Phrase
from greenstar.i18n.places import place_in
from greenstar.reports.html.page import css_text, page, style
from greenstar.reports.html.report_pictures import ReportPictures
from greenstar.reports.views.report import ReportView, State
from greenstar.reports.views.ways import StepView, WayView
from greenstar.services.evidence.thumbnail import Thumbnail
from greenstar.text import UNSEEN

_LONG_NAME, _VERY_LONG_NAME = 44, 100  # characters from which a certificate writes smaller
_MOST_GAINS = 8
_TOGETHER = 4  # so many files to verify, or findings to close, share a sentence
_TITLES = {"en": "en", "zh": "zh-Hans"}


def report_html(view: ReportView, catalogues: Sequence[Catalogue]) -> str:
    """The whole file. With more than one catalogue each page stands beside the same one in the next language."""
    sheets = [Sheets(view, catalogue) for catalogue in catalogues]
    parts = ["result.html", "next.html", "evidence.html"]
    if view.certificate is not None:
        parts.insert(0, "certificate.html")
    return page("report.html", view=view, sheets=sheets, parts=parts, first=sheets[0], style=style("report.css"))


class Sheets:
    """What the templates say in one language; `w` writes anything that is to be said."""

    def __init__(self, view: ReportView, catalogue: Catalogue) -> None:
        self.view = view
        self.catalogue = catalogue
        self.pictures = ReportPictures(view, catalogue)
        self.titles = {criterion.id: criterion.title for criterion in view.card.criteria}

    def say(self, key: str, **values: Any) -> str:
        """A sentence of the program."""
        return _seen(self.catalogue.say(key, **values))

    def w(self, value: object) -> str:
        """Whatever is to be written."""
        return _seen(self.catalogue.write(value))

    @property
    def lang(self) -> str:
        """The language for browsers, which choose fonts and voices by it."""
        return _TITLES.get(self.catalogue.language, self.catalogue.language)

    @property
    def key(self) -> str:
        """A name for this language in style sheets and anchors."""
        return self.catalogue.own_language

    @property
    def name(self) -> str:
        """The store's name in this language, else as it is; its code where it has none."""
        return _seen(in_language(self.view.name, self.catalogue.language)) or self.view.code

    @property
    def other_name(self) -> str:
        """The name in the other language, where it has one."""
        names = {in_language(self.view.name, language) for language in LANGUAGES} if self.view.name else set()
        return next((_seen(name) for name in sorted(names) if _seen(name) != self.name), "")

    @property
    def name_size(self) -> str:
        """How large a certificate writes the name."""
        length = len(self.name) + len(self.other_name) // 2
        return "normal" if length <= _LONG_NAME else "small" if length <= _VERY_LONG_NAME else "tiny"

    @property
    def place_name(self) -> str:
        """City and region."""
        places = (place_in(place, self.catalogue.language) for place in (self.view.city, self.view.region))
        return " · ".join(dict.fromkeys(_seen(place) for place in places if place))

    @property
    def state(self) -> str:
        """What every page says of a visit that is not decided, or does not count; empty where there is nothing."""
        return "" if self.view.state is State.DECIDED else self.say(f"report.state_{self.view.state}")

    @property
    def state_sentence(self) -> str:
        """The same as a sentence."""
        return "" if self.view.state is State.DECIDED else self.say(f"report.is_{self.view.state}")

    @property
    def reference(self) -> str:
        """What stands at the foot of each page: certificate or store, cycle, revision."""
        number = self.view.certificate.number if self.view.certificate is not None else self.view.code
        revision = self.say("report.revision", revision=self.view.revision) if self.view.revision > 1 else ""
        return " · ".join(filter(None, (number, self.view.cycle, revision)))

    @property
    def margins(self) -> dict[str, Markup]:
        """What stands in the margins of printed pages, for a style sheet."""
        before, between, after = self.catalogue.say("report.page", page="\0", pages="\0").split("\0")
        told = {
            "reference": self.reference,
            "name": f"{self.name[:60]}  {self.view.code}",
            "state": self.state,
            "sample": self.say("report.sample") if self.view.sample else "",
            "before": before,
            "between": between,
            "after": after,
        }
        return {place: css_text(text) for place, text in told.items()}

    @property
    def seal_groups(self) -> list[str]:
        """The seal in groups that can be compared by eye."""
        return [self.view.seal[start : start + 8] for start in range(0, len(self.view.seal), 8)]

    def day(self, day: date | None) -> str:
        """A day as it is written in this language."""
        if day is None:
            return ""
        month = self.say(f"report.month_{day.month}")
        return self.say("report.day", day=str(day.day), month=month, year=str(day.year))

    def text(self, text: str) -> str:
        """People's text in this language, without what cannot be seen or would reorder what stands around it."""
        return _seen(in_language(text, self.catalogue.language))

    @property
    def gains(self) -> list[tuple[object, Markup]]:
        """The criteria that would lift the total most, each with its bar."""
        gains = self.view.following.gains[:_MOST_GAINS]
        largest = float(gains[0].gain.value or 1) if gains else 1.0
        return [(gain, self.pictures.gain(float(gain.gain.value or 0) / largest)) for gain in gains]

    @staticmethod
    def apart(way: WayView) -> list[StepView]:
        """The steps of a way that each have a line."""
        return [view for view in way.steps if len(_alike(way, view)) < _TOGETHER]

    @staticmethod
    def together(way: WayView) -> list[Phrase]:
        """A sentence for the files to verify, and for the findings to close, where there are several."""
        sentences = {}
        for view in way.steps:
            alike = _alike(way, view)
            if len(alike) >= _TOGETHER:
                ids = list(dict.fromkeys(other.step.criterion for other in alike))
                key = "ways.verify_all" if view.step.kind == "evidence" else "report.close_all"
                sentences[view.step.kind] = Phrase(key, count=len(alike), ids=ids)
        return list(sentences.values())

    @property
    def more_gains(self) -> int:
        """How many more criteria would lift it."""
        return max(len(self.view.following.gains) - _MOST_GAINS, 0)

    @staticmethod
    def source(picture: Thumbnail) -> str:
        """A picture as an address that holds it."""
        return f"data:image/jpeg;base64,{b64encode(picture.jpeg).decode()}"

    @staticmethod
    def shows(picture: object) -> bool:
        """Whether there is a picture to be seen."""
        return isinstance(picture, Thumbnail)


def _alike(way: WayView, step: StepView) -> list[StepView]:
    """The steps that can share a sentence with one: files to verify, or findings to close."""
    kind = step.step.kind
    return [view for view in way.steps if view.step.kind == kind] if kind in ("evidence", "finding") else [step]


def _seen(text: str) -> str:
    return text if text.isprintable() else UNSEEN.sub("", text)

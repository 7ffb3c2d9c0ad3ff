"""The report on one visit as one HTML file: in a language, or in several side by side."""

from base64 import b64encode
from collections.abc import Sequence

from markupsafe import Markup

from greenstar.i18n.bilingual import in_language
from greenstar.i18n.catalogue import LANGUAGES, Catalogue
from greenstar.i18n.phrase import Phrase
from greenstar.i18n.places import place_in
from greenstar.reports.html.page import page, style
from greenstar.reports.html.report_pictures import ReportPictures
from greenstar.reports.html.sheet import Sheet, seen
from greenstar.reports.views.report import ReportState, ReportView
from greenstar.reports.views.ways import StepView, WayView
from greenstar.services.evidence.thumbnail import Thumbnail

_LONG_NAME, _VERY_LONG_NAME = 44, 100  # characters from which a certificate writes smaller
_MOST_GAINS = 8
# What a level asks for, as words within a sentence; those that begin with a name of the scheme stay as they are.
_WITHIN_SENTENCES = frozenset(
    f"scoring.unmet_{name}" for name in ("findings", "evidence", "excused", "complete", "prerequisites", "when")
)
_TOGETHER = 4  # so many files to verify, or findings to close, share a sentence


def report_html(view: ReportView, catalogues: Sequence[Catalogue]) -> str:
    """The whole file. With more than one catalogue each page stands beside the same one in the next language."""
    sheets = [ReportSheet(view, catalogue) for catalogue in catalogues]
    parts = ["result.html", "next.html", "evidence.html"]
    if view.certificate is not None:
        parts.insert(0, "certificate.html")
    return page("report.html", view=view, sheets=sheets, parts=parts, first=sheets[0], style=style("report.css"))


class ReportSheet(Sheet):
    """The words of the pages on a visit; the store's `name` in this language, else as it is; its code without one."""

    def __init__(self, view: ReportView, catalogue: Catalogue) -> None:
        super().__init__(catalogue, view.title, view.version, sample=view.sample)
        self.view = view
        self.pictures = ReportPictures(view, catalogue)
        self.titles = {criterion.id: criterion.title for criterion in view.card.criteria}
        self.name, self.code = self.text(view.name) or view.code, view.code
        self.state = "" if view.state is ReportState.DECIDED else self.say(f"report.state_{view.state}")
        number = view.certificate.number if view.certificate is not None else view.code
        revision = self.say("report.revision", revision=view.revision) if view.revision > 1 else ""
        self.reference = " · ".join(filter(None, (number, view.cycle, revision)))

    @property
    def other_name(self) -> str:
        """The name in the other language, where it has one."""
        names = {in_language(self.view.name, language) for language in LANGUAGES} if self.view.name else set()
        return next((seen(name) for name in sorted(names) if seen(name) != self.name), "")

    @property
    def name_size(self) -> str:
        """How large a certificate writes the name."""
        length = len(self.name) + len(self.other_name) // 2
        return "normal" if length <= _LONG_NAME else "small" if length <= _VERY_LONG_NAME else "tiny"

    @property
    def place_name(self) -> str:
        """City and region."""
        places = (place_in(place, self.catalogue.language) for place in (self.view.city, self.view.region))
        return " · ".join(dict.fromkeys(seen(place) for place in places if place))

    @property
    def state_sentence(self) -> str:
        """The same as a sentence."""
        return "" if self.view.state is ReportState.DECIDED else self.say(f"report.is_{self.view.state}")

    @property
    def seal_groups(self) -> list[str]:
        """The seal in groups that can be compared by eye."""
        return [self.view.seal[start : start + 8] for start in range(0, len(self.view.seal), 8)]

    def gate(self, sentence: Phrase) -> str:
        """What a level asks for, as a line of its own."""
        said = self.w(sentence)
        return said[:1].upper() + said[1:] if sentence.key in _WITHIN_SENTENCES else said

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

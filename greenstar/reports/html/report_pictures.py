"""The pictures of a report, each with the words that say the same to who cannot see it."""

from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property

from markupsafe import Markup

from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.html.page import drawn
from greenstar.reports.svg import lines, marks, places, qr, radar, rosette, stars
from greenstar.reports.views.figures import Figure
from greenstar.reports.views.report import ReportView
from greenstar.reports.views.report_result import GroupBar
from greenstar.scoring.scorecard import Outcome

_WAYS_TO_COUNT = ("award", "zero", "redistribute")


class ReportPictures:
    """They are drawn where a template asks for them."""

    def __init__(self, view: ReportView, catalogue: Catalogue) -> None:
        self.view, self.result = view, view.result
        self.say, self.w = catalogue.say, catalogue.write

    @cached_property
    def marks(self) -> dict[Outcome, Markup]:
        """The sign of each outcome."""
        return {outcome: drawn(marks.mark(outcome, self.say(f"outcome.{outcome}"))) for outcome in Outcome}

    @cached_property
    def legend_marks(self) -> dict[str, Markup]:
        """The same beside their words."""
        return {outcome.value: drawn(marks.mark(outcome, "")) for outcome in Outcome}

    def rosette(self) -> Markup:
        """The rosette of the seal."""
        return drawn(rosette.rosette(self.view.seal))

    def qr(self) -> Markup:
        """The seal, to be read by a telephone."""
        number = self.view.certificate.number if self.view.certificate is not None else ""
        content = " ".join(filter(None, (number, self.view.code, self.view.seal))).upper()  # in capitals it is smaller
        return drawn(qr.qr_code(content, self.say("report.qr_is")))

    def stars(self, reached: int) -> Markup:
        """So many stars of as many as there can be."""
        most = self.view.most_stars
        return drawn(stars.stars(reached, most, self.say("report.stars_are", reached=str(reached), most=str(most))))

    def ruler(self) -> Markup:
        """The total between the edges of the levels."""
        result, last = self.result, self.result.last
        says = self.say("report.ruler_is", total=self.view.card.summary.total.text, edges=self._edge_words())
        share = _float(result.share)
        total = self.view.card.summary.total.text
        return drawn(
            lines.ruler(
                None if share is None else min(share, 1.0),
                total,
                self._edges(),
                last=_float(last.share) if last is not None else None,
                median=_float(result.peer_median),
                says=says,
            )
        )

    def _edges(self) -> list[lines.Edge]:
        own = self.result.share
        return [
            lines.Edge(float(edge.share), Figure(edge.points).text, edge.stars, own is not None and own >= edge.share)
            for edge in self.result.edges
        ]

    def _edge_words(self) -> list[str]:
        return [
            self.say("report.edge_is", level=edge.title, points=Figure(edge.points).text) for edge in self.result.edges
        ]

    def bar(self, group: GroupBar) -> Markup:
        """A category's bar."""
        says = [self.say("report.bar_is", percent=group.percent.text)]
        told = (("gate", group.gate), ("last", group.last), ("median", group.median))
        says += [
            self.say(f"report.bar_{name}", percent=Figure(share, percent=True).text)
            for name, share in told
            if share is not None
        ]
        return drawn(
            lines.bar(
                _float(group.share),
                bonus=group.bonus,
                gate=_float(group.gate),
                last=_capped(group.last),
                median=_capped(group.median),
                says=self.w(says),
            )
        )

    def gain(self, share: float) -> Markup:
        """A gain beside the largest."""
        return drawn(lines.gain_bar(share))

    def places(self) -> Markup:
        """The place among all."""
        place = self.result.place
        assert place is not None
        reach = (place.low, place.high) if place.low is not None and place.high is not None else None
        counted: dict[int, list[str]] = {}
        for name in _WAYS_TO_COUNT:
            if name in place.otherwise:
                counted.setdefault(place.otherwise[name], []).append(self.say(f"report.counted_{name}"))
        otherwise = {rank: self.w(words) for rank, words in counted.items()}
        says = self.say("report.place", rank=place.rank, count=place.count)
        return drawn(places.place_strip(place.rank, place.count, reach, otherwise, says, drawn=place.drawn))

    def dots(self) -> Markup:
        """The store among those of its kind."""
        result = self.result
        says = self.say("report.dots_are", count=len(result.dots))
        return drawn(
            places.dot_plot(
                float(result.share or 0),
                self.view.card.summary.total.text,
                [float(dot.share) for dot in result.dots],
                median=_float(result.peer_median),
                edges=self._edges(),
                says=says,
            )
        )

    def radar(self) -> Markup | None:
        """The categories all round; None where there are too few to see anything."""
        groups = [group for group in self.result.groups if not group.bonus and group.share is not None]
        if len(groups) < radar.LEAST_AXES:
            return None
        now = [_float(group.share) or 0.0 for group in groups]
        told = [self.say("report.radar_axis", title=group.title, percent=group.percent.text) for group in groups]
        return drawn(
            radar.radar(
                [group.id for group in groups],
                now,
                _capped_shares(groups, "last"),
                _capped_shares(groups, "median"),
                self.say("report.radar_is", groups=told),
            )
        )


def _capped_shares(groups: Sequence[GroupBar], name: str) -> list[float | None]:
    return [_capped(getattr(group, name)) for group in groups]


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _capped(value: Fraction | None) -> float | None:
    return None if value is None else min(float(value), 1.0)

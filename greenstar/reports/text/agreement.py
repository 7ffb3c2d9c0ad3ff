"""How far assessors agree, on 80 columns."""

from collections.abc import Iterator, Sequence

from greenstar.i18n.catalogue import Catalogue
from greenstar.ranking.agreement.alpha import NoAlpha
from greenstar.ranking.agreement.minutes import PAUSE
from greenstar.reports.text.page import Block, Table, TextLine
from greenstar.reports.views import agreement as views
from greenstar.services.agreement.agreement import Agreement
from greenstar.services.agreement.assessors import FEW_VISITS
from greenstar.text import within_cells

_MOST = 10  # rows of a table; all stand in the JSON
_TITLE, _NAME = 34, 40  # cells


def agreement_page(agreement: Agreement, catalogue: Catalogue) -> Iterator[Block]:
    """The totals, the places, criteria, times and excuses; or what to do where nothing was assessed twice."""
    say, scheme = catalogue.say, agreement.scheme
    if scheme is None:
        return
    yield TextLine(f"{catalogue.write(scheme.title)} {scheme.version}", strong=True)
    region = {"region": agreement.region} if agreement.region is not None else {}
    yield TextLine(say("agreement.title_region" if region else "agreement.title", cycle=agreement.cycle, **region))
    yield TextLine(say("agreement.counts", count=agreement.visits))
    if agreement.doubles:
        yield TextLine(say("agreement.doubles", count=len(agreement.doubles)))
    else:
        yield TextLine(say("agreement.no_check_visits", cycle=agreement.cycle))
        yield TextLine(say("agreement.what_to_do"))
        yield TextLine(say("agreement.what_to_do_screen"))
    for note in agreement.notes:
        yield TextLine(catalogue.render(note), faint=True)
    if agreement.doubles:
        yield from _totals(agreement, catalogue)
        yield from _criteria(agreement, catalogue)
    yield from _never_varying(agreement, catalogue)
    yield from _minutes(agreement, catalogue)
    yield from _assessors(agreement, catalogue)


def _head(text: str) -> Iterator[Block]:
    yield TextLine()
    yield TextLine(text, strong=True)


def _heads(catalogue: Catalogue, *names: str) -> list[str]:
    return [catalogue.say(f"agreement.head_{name}") for name in names]


def _title(agreement: Agreement, criterion: str, catalogue: Catalogue) -> str:
    return within_cells(catalogue.write(views.title_of(agreement, criterion)), _TITLE)


def _totals(agreement: Agreement, catalogue: Catalogue) -> Iterator[Block]:
    say = catalogue.say
    yield from _head(say("agreement.totals"))
    for phrase in views.totals_phrases(agreement):
        yield TextLine(catalogue.render(phrase))
    places = list(views.places_listed(agreement))
    if not places:
        return
    heads = [*(say(f"reports.head_{name}") for name in ("rank", "store", "total")), say("agreement.head_alike")]
    rows: list[Sequence[object]] = [
        [place.rank, place.store, place.total, say("agreement.from_to", low=place.low, high=place.high)]
        for place in places[:_MOST]
    ]
    yield Table(heads, rows, numbers=(0, 2))
    if len(places) > _MOST:
        yield TextLine(say("agreement.more_stores", count=len(places) - _MOST), faint=True)


def _criteria(agreement: Agreement, catalogue: Catalogue) -> Iterator[Block]:
    say, criteria = catalogue.say, views.differing(agreement)[:_MOST]
    yield from _head(say("agreement.criteria"))
    nowhere = views.not_compared(agreement)
    if nowhere is not None:
        yield TextLine(catalogue.render(nowhere), faint=True)
    if not criteria:
        yield TextLine(say("agreement.criteria_none"))
        return
    rows: list[Sequence[object]] = [
        [
            criterion.criterion,
            _title(agreement, criterion.criterion, catalogue),
            catalogue.write(views.alpha_text(criterion.alpha)),
            criterion.stores,
            criterion.differing,
            criterion.earning_differently,
        ]
        for criterion in criteria
    ]
    heads = _heads(catalogue, "criterion", "title", "alpha", "stores", "differing", "earning")
    yield Table(heads, rows, numbers=(2, 3, 4, 5))
    yield TextLine(say("agreement.criteria_note"), faint=True)
    yield TextLine(say("agreement.criteria_note_points"), faint=True)
    if any(criterion.alpha.why_none is NoAlpha.ALL_ALIKE and criterion.differing for criterion in criteria):
        yield TextLine(say("agreement.criteria_note_alike"), faint=True)


def _never_varying(agreement: Agreement, catalogue: Catalogue) -> Iterator[Block]:
    criteria = list(agreement.never_varying.items())
    if not criteria:
        return
    yield from _head(catalogue.say("agreement.never_varying", count=len(criteria)))
    rows: list[Sequence[object]] = [
        [name, _title(agreement, name, catalogue), stores] for name, stores in criteria[:_MOST]
    ]
    yield Table(_heads(catalogue, "criterion", "title", "stores"), rows, numbers=(2,))


def _minutes(agreement: Agreement, catalogue: Catalogue) -> Iterator[Block]:
    say = catalogue.say
    yield from _head(say("agreement.minutes"))
    if not agreement.minutes:
        yield TextLine(say("agreement.no_minutes"))
        return
    longest = sorted(agreement.minutes.items(), key=lambda known: -known[1].median)[:_MOST]
    rows: list[Sequence[object]] = [
        [name, _title(agreement, name, catalogue), f"{known.median:.1f}", known.visits] for name, known in longest
    ]
    yield Table(_heads(catalogue, "criterion", "title", "minutes", "visits"), rows, numbers=(2, 3))
    yield TextLine(say("agreement.minutes_note", pause=int(PAUSE.total_seconds() // 60)), faint=True)


def _assessors(agreement: Agreement, catalogue: Catalogue) -> Iterator[Block]:
    say = catalogue.say
    yield from _head(say("agreement.assessors"))
    rows: list[Sequence[object]] = [
        [
            within_cells(excuses.assessor, _NAME),
            excuses.visits,
            views.share_text(excuses.share),
            views.share_text(excuses.others),
            say("agreement.few_visits") if excuses.few else "",
        ]
        for excuses in agreement.assessors[:_MOST]
    ]
    yield Table([*_heads(catalogue, "assessor", "visits", "excused", "others"), ""], rows, numbers=(1, 2, 3))
    if any(excuses.few for excuses in agreement.assessors[:_MOST]):
        yield TextLine(say("agreement.few_note", least=FEW_VISITS), faint=True)

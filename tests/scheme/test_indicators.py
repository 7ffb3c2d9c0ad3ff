"""Indicators in a scheme: which are refused, each at its place, and what is said of them where schemes are compared."""

from greenstar.resources import SHIPPED_SCHEME
from greenstar.scheme.loader import read_scheme
from greenstar.services.schemes.diff import diff
from tests.builders import category, gate, refused, scheme
from tests.rows import rows

WATER = """
- {id: w, title: t, points: 1, questions: {m3: {type: number, ask: q}, cars: {type: number, ask: q}}, score: {of: m3}}
"""
BODY = "categories:\n" + category("A", WATER + gate("g"))


def named(body: str) -> str:
    return f"indicators: {{water: {{{body}}}}}\n"


@rows(
    ("body", "key"),
    [
        ("of: ▸liters, title: t", "rules.unknown_name"),
        ("of: m3, title: t, per: {of: ▸auto, unit: m}", "rules.unknown_name"),
        ('of: ▸answer("g"), title: t', "rules.result_kind"),
        ("of: ▸total, title: t", "rules.only_after_scoring"),
        ("of: ▸points('w'), title: t", "validation.indicator_of_points"),
        ("of: m3, title: t, per: {of: ▸share('A'), unit: m}", "validation.indicator_of_points"),
        ('of: m3, title: t, unit: ▸"%"', "validation.percent_added_up"),
        ('of: m3, title: t, per: {of: cars, unit: "%", times: ▸100}', "validation.percent_times"),
        ("of: m3, title: t, per: {of: cars, unit: m, times: ▸0}", "fields.expected_found_text"),
        ("of: m3, title: t, total: ▸most", "reading.not_allowed"),
        ("of: m3, title: t, better: ▸fewer", "reading.not_allowed"),
        ("of: m3, title: t, ▸units: m", "reading.unknown_key"),
        ("of: m3, title: t, per: ▸{of: cars}", "reading.missing_key"),
        ("▸of: m3", "reading.missing_key"),
    ],
)
def test_what_is_wrong_in_an_indicator_is_told_at_its_place(body: str, key: str) -> None:
    body = named(body).replace("{▸of", "▸{of")
    assert [problem.message.key for problem in refused(body + BODY).problems] == [key]


def test_an_indicator_may_have_the_name_of_a_question_and_what_it_reads_is_used() -> None:
    read = scheme(
        "facts: {area: {type: number, ask: q}}\n" + named("of: m3 / area, title: t").replace("water", "m3") + BODY
    )
    assert list(read.indicators) == ["m3"]
    assert not read.doubts


def test_a_changed_indicator_is_wording() -> None:
    before, after = (
        scheme(named(f"of: {rule}, title: t, per: {{of: cars, unit: m}}") + BODY) for rule in ("m3", "2 * m3")
    )
    changes = diff(before, after).changes
    assert [(change.area, change.subject, change.is_wording) for change in changes] == [("indicator", "water", True)]
    assert [change.kind for change in diff(scheme(BODY), after).changes] == ["added"]
    assert all(change.is_wording for change in diff(scheme(BODY), after).changes)
    assert before.rules_sha256 == after.rules_sha256 == scheme(BODY).rules_sha256


def test_the_shipped_scheme_has_ten_or_more_each_with_its_source() -> None:
    shipped = read_scheme(SHIPPED_SCHEME)
    assert len(shipped.indicators) >= 10
    for indicator in shipped.indicators.values():
        assert indicator.source is not None
        assert {"en", "zh"} <= indicator.source.by_language.keys()
    assert shipped.rules_sha256 == "6f7132025377ac5a7d86d500166296fa728fd9436c364509b5a7d25b455febb4"

"""What was probably not meant so is a warning at its place, and nothing else is one."""

from greenstar.i18n.catalogue import LANGUAGES, Catalogue
from greenstar.scheme.loader import scheme_from_json
from tests.builders import HERE, category, figure, scheme
from tests.rows import rows

BODY = "categories:\n" + category("A", figure("a", 3) + figure("b", 2)) + category("B", figure("c", 5))


def doubts(text: str) -> list[tuple[str, int, int]]:
    """What a scheme is warned of: each sentence's key with its line and column, counted from the first line."""
    return [(doubt.message.key, doubt.mark.line - 4, doubt.mark.column) for doubt in scheme(text).doubts]


def place(text: str) -> tuple[int, int]:
    before = text.partition(HERE)[0]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


@rows(
    ("text", "key"),
    [
        ("notice: ▸Taps #1 save water\n", "text_cut"),
        ("notice: {en: ▸Taps\t# 1\n  }\n", "text_cut"),
        ("facts: {▸wash: {type: boolean, ask: q}}\n", "unused_fact"),
        ("values: {▸v: {of: 1 + 1, title: t}}\n", "unused_value"),
        ("options: {▸o: {yes: {label: l}}}\n", "unused_options"),
        ("places: {▸yard: Yard}\n", "unused_place"),
        ("levels: [{id: l, title: t, requires: {total: ▸0.6}}]\n", "share_as_points"),
        ("levels: [{id: l, title: t, requires: {excused: ▸0.1}}]\n", "share_as_points"),
        ("levels: [{id: l, title: t, requires: {categories: {A: ▸0.5}}}]\n", "share_as_points"),
        ("levels: [{id: l, title: t, requires: {each_category: {min: ▸0.5}}}]\n", "share_as_points"),
        ("lighthouse: {requires: {each_category: ▸0.5}}\n", "share_as_points"),
        (
            "levels:\n- {id: l, title: t, requires: {any_of: [{at_least: 1, of: [a, b]}, {at_least: 1, of: [▸b]}]}}\n",
            "listed_in_both",
        ),
        ("options: {▸grades: {yes: {label: l}}}\nplaces: {}\n", "unused_options"),
    ],
)
def test_what_was_probably_not_meant_is_a_warning_at_its_place(text: str, key: str) -> None:
    assert doubts(text.replace(HERE, "") + BODY) == [(f"check.{key}", *place(text))]


@rows(
    ("score", "warned"),
    [
        ("{at_least: {5: 3, ▸10: 2}}", True),
        ("{at_most: {▸5: 2, 10: 3}}", True),
        ("{at_least: {5: 2, 10: 2}}", False),
        ("{at_most: {5: 3, 10: 2}}", False),
        ("{linear: {5: 3, 10: 2}}", False),
    ],
)
def test_a_step_further_on_that_earns_less_is_a_warning(score: str, *, warned: bool) -> None:
    criteria = f"[{{id: a, title: t, points: 3, type: number, ask: q, score: {score}}}]"
    text = f"categories: [{{category: A, title: t, criteria: {criteria}}}]\n"
    expected = [("check.earns_less", *place(text))] if warned else []
    assert doubts(text.replace(HERE, "")) == expected


@rows(
    "text",
    [
        'notice: "Taps #1 save water"   # what stands on reports\n',
        "notice: Taps#1\n",
        "valid_months: 36   # three years\n",
        "facts: {wash: {type: boolean, ask: q}}\nlevels: [{id: l, title: t, requires: {when: wash}}]\n",
        "values: {v: {of: 1 + 1, title: t}, w: {of: v, title: t}}\nlighthouse: {rank_by: [{id: k, of: w, title: t}]}\n",
        "levels: [{id: l, title: t, requires: {total: 60%, categories: {A: 1.5}}}]\n",
    ],
)
def test_what_is_meant_is_no_warning(text: str) -> None:
    assert doubts(text + BODY) == []


def test_a_share_of_a_scheme_worth_one_point_is_no_slip() -> None:
    header = "scoring: {method: mean, points: 1}\nlevels: [{id: l, title: t, requires: {total: 0.6}}]\n"
    assert doubts(header + BODY) == []


def test_a_scheme_from_a_database_has_no_doubts() -> None:
    assert scheme_from_json(scheme("places: {yard: Yard}\n" + BODY).canonical).doubts == ()


def test_every_warning_is_a_sentence_in_both_languages() -> None:
    made = scheme("notice: Taps #1\nplaces: {yard: Yard}\nlevels: [{id: l, title: t, requires: {total: 0.6}}]\n" + BODY)
    for language in LANGUAGES:
        assert all(Catalogue(language).render(doubt.message) for doubt in made.doubts)

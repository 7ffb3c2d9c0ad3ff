"""Section 8: each thing wrong with a scheme is an error at its file, line and column, and all are shown at once."""

import json
from pathlib import Path

import pytest

from greenstar.errors import BadFile
from greenstar.i18n.catalogue import LANGUAGES, Catalogue
from greenstar.scheme.loader import read_scheme, scheme_from_json
from greenstar.scheme.yaml_tree import parse
from tests.builders import HEADER, category, figure, gate, read, refused, scheme, scheme_of, why, why_criteria
from tests.rows import rows

CATEGORIES = "categories:\n" + category("A", figure("a"))


def hint_of(error: BadFile) -> str:
    (hint,) = [problem.hint for problem in error.problems if problem.hint is not None]
    return str(hint.values.get("word") or hint.values.get("right") or hint.key)


# -- all at once, each at its place ------------------------------------------------------------------------------


def test_all_errors_are_shown_at_once_in_the_order_of_their_places() -> None:
    error = refused(
        """
        valid_months: ▸soon
        scoring: {method: ▸average, not_applicable: ▸ignore}
        facts:
          ▸Big: {type: boolean, ask: x}
          ok: {type: ▸bool, ask: x}
        categories:
          - category: A
            title: t
            ▸weigth: 2
            criteria:
              - {id: ▸-a, title: t, points: ▸many, type: number, ask: q, score: {}}
        """
    )
    assert len(error.problems) == 8


def test_at_most_fifty_errors_are_shown() -> None:
    error = refused("categories:\n" + category("A", "".join(f"- {{id: c{i}, points: x}}\n" for i in range(60))))
    assert len(error.problems) == 50


def test_an_error_knows_file_line_column_and_key() -> None:
    (problem,) = refused("scoring:\n  points: ▸lots\n" + CATEGORIES).problems
    assert problem.mark.file.endswith("scheme.yaml")
    assert problem.key == "points"


def test_every_error_is_a_sentence_in_both_languages() -> None:
    error = refused("valid_months: soon\nscorin: {}\nfacts: {a: {type: bol, ask: x}}\nlevels: x\ncategories: []\n")
    for problem in error.problems:
        for language in LANGUAGES:
            assert Catalogue(language).render(problem.message)
            if problem.hint is not None:
                assert Catalogue(language).render(problem.hint)


# -- keys --------------------------------------------------------------------------------------------------------


@rows(
    ("text", "right"),
    [
        ("▸scorring: {method: sum}\n", "scoring"),
        ("scoring: {▸metod: sum}\n", "method"),
        ("facts: {b: {type: boolean, ask: x, ▸aks_if: true}}\n", "ask_if"),
        ("options: {o: {a: {▸lable: x, label: y}}}\n", "label"),
        ("levels: [{id: one, title: t, requires: {▸totl: 5}}]\n", "total"),
        ("levels: [{id: one, title: t, requires: {each_category: {min: 5%, ▸exept: []}}}]\n", "except"),
        ("levels: [{id: one, title: t, requires: {any_of: {▸at_last: 1, at_least: 1, of: [a]}}}]\n", "at_least"),
        ("lighthouse: {▸rank_bi: []}\n", "rank_by"),
    ],
)
def test_an_unknown_key_is_an_error_with_the_allowed_ones_and_the_nearest(text: str, right: str) -> None:
    error = refused(text + CATEGORIES)
    assert error.problems[0].message.key == "reading.unknown_key"
    assert right in error.problems[0].message.values["allowed"]
    assert hint_of(error) == right


@rows(
    ("key", "hint"),
    [
        ("pionts: 1", "points"),
        ("applys_if: true", "applies_if"),
        ("evidance: [photo]", "evidence"),
        ("scores: 1", "score"),
        ("chekcs: []", "checks"),
    ],
)
def test_an_unknown_key_of_a_criterion_is_found(key: str, hint: str) -> None:
    error = refused("categories:\n" + category("A", figure("a", keys=f"▸{key}")))
    assert hint_of(error) == hint


def test_a_misspelt_key_hides_no_other_error_of_names_rules_places_and_levels() -> None:
    error = refused(
        """
        facts:
          wash: {type: boolean, ask: x, ▸hlep: y}
        values:
          v: ▸{of: w + 1, title: t}
          w: {of: v + 1, title: t}
        categories:
          - category: A
            title: A
            criteria:
              - {id: a1, title: t, ▸pionts: 2, type: boolean, ask: q, applies_if: ▸wassh, place: ▸yard}
              - {id: a2, title: t, points: ▸many, type: boolean, ask: q, applies_if: wash}
              - {id: a3, ▸titel: t, points: 2, ▸questons: {x: {▸typ: boolean, ask: q, ask_if: ▸wosh}}}
        levels:
          - {id: one, title: One, stars: ▸x, requires: {criteria: {▸b9: 1}, categories: {▸B: 3}}}
        """
    )
    assert "validation.circle" in [problem.message.key for problem in error.problems]


def test_a_wrong_type_of_a_fact_hides_no_unknown_name() -> None:
    refused(
        """
        facts: {f: {type: ▸bool, ask: x}}
        categories:
          - category: A
            title: A
            criteria:
              - {id: a1, title: t, points: 2, type: boolean, ask: q, applies_if: f and ▸wassh, place: ▸yard}
        """
    )


BROKEN = "category: B\ntitle: t\ncriteria: [{id: b, title: t, points: 2\n"


def in_folder(folder: Path, **files: str) -> list[tuple[str, str]]:
    """The files with errors of a scheme in a folder, and what is wrong in them; every error has its place in one."""
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(BadFile) as caught:
        read_scheme(folder)
    return [(Path(problem.mark.file).stem, problem.key) for problem in caught.value.problems]


def test_a_broken_file_of_a_category_hides_nothing_of_the_header_and_the_other_files(tmp_path: Path) -> None:
    problems = in_folder(
        tmp_path,
        scheme=HEADER + "categories: [A, B]\nlevels: [{id: x, title: t, requires: {total: lots, criteria: {b: 1}}}]\n",
        a="category: A\ntitle: t\ncriteria: [{id: a, title: t, pionts: 2, type: boolean, ask: q, place: yard}]\n",
        b=BROKEN,
    )
    assert problems == [("a", "pionts"), ("a", "place"), ("b", ""), ("scheme", "total")]


def test_where_every_file_of_a_category_is_broken_the_header_is_looked_at(tmp_path: Path) -> None:
    assert in_folder(tmp_path, scheme=HEADER + "categories: [B]\nvalid_months: many\n", b=BROKEN) == [
        ("b", ""),
        ("scheme", "valid_months"),
    ]


def test_a_broken_header_hides_nothing_of_the_files_of_categories(tmp_path: Path) -> None:
    problems = in_folder(
        tmp_path,
        scheme=HEADER + "categories: [A, B\n",
        a="category: A\ntitle: t\ncriteria: [{id: a, title: t, pionts: 2, type: boolean, ask: q, place: yard}]\n",
        b=BROKEN,
    )
    assert problems == [("a", "pionts"), ("b", ""), ("scheme", "")]


@rows(
    "criterion",
    [
        "{id: a, title: t, points: ▸many, type: number, ask: q, score: {at_least: {1: 5}}}",
        "{id: a, title: t, points: 2, type: ▸bol, ask: q}",
        "{id: a, title: t, points: 2, type: boolean, ask: q, applies_if: ▸1 +}",
        "▸{id: a, points: 2, type: boolean, ask: q}",
        "{id: a, title: t, points: 2, questions: {x: {type: ▸numer, ask: q}}, score: {of: 2 * x}}",
        "{id: a, title: t, points: 2, questions: {▸X: {type: number, ask: q}}, score: {of: X}}",
    ],
)
def test_what_only_follows_from_an_error_is_not_told(criterion: str) -> None:
    refused(f"categories: [{{category: A, title: t, criteria: [{criterion}]}}]\n")


@rows("key", ["scheme", "version", "title", "languages"])
def test_a_missing_key_of_the_header_is_an_error(key: str) -> None:
    lines = [line for line in HEADER.splitlines() if not line.startswith(key)]
    with pytest.raises(BadFile) as caught:
        read("\n".join(lines) + "\n" + CATEGORIES)
    assert [problem.message.key for problem in caught.value.problems] == ["reading.missing_key"]
    assert caught.value.problems[0].key == key


def test_a_scheme_without_categories_is_an_error() -> None:
    assert why("notice: x\n") == "reading.missing_key"
    assert why("categories: []\n") == "reading.wrong_count"


@rows("text", ["{en: Tap, ▸cold)}", "{en: Tap, ▸cold and hot)}", "{en: Tap, ▸热水：冷水}"])
def test_a_null_key_that_looks_like_a_cut_text_gets_the_hint_to_quote_it(text: str) -> None:
    assert hint_of(refused(f"notice: {text}\n" + CATEGORIES)) == "fields.quote_hint"


@rows(
    "text",
    [
        "▸notice:\n",
        "scoring: {▸points: }\n",
        "levels: [{id: a, title: t, requires: {▸total: ~}}]\n",
        "facts: {f: {type: number, ask: q, ▸max: null}}\n",
    ],
)
def test_a_key_without_a_value_is_an_error(text: str) -> None:
    assert why(text + CATEGORIES) == "reading.left_empty"


def test_a_rule_cut_by_a_comma_inside_braces_gets_the_hint_to_quote_it() -> None:
    error = refused("categories:\n" + category("A", "- {id: a, title: t, points: 2, score: {of: min(1, 2)}}\n"))
    assert "fields.quote_hint" in [problem.hint.key for problem in error.problems if problem.hint]


# -- values ------------------------------------------------------------------------------------------------------


@rows(
    "number",
    [
        "1e3",
        "1e400",
        "0x1F",
        "1_000",
        ".5",
        "5.",
        "+5",
        "nan",
        ".nan",
        ".inf",
        "'5'",
        '"5"',
        "true",
        "[]",
        "{}",
        "6O",
    ],
)
def test_numbers_are_decimal_digits_only(number: str) -> None:
    assert why(f"scoring: {{points: ▸{number}}}\n" + CATEGORIES).startswith("fields.expected_found")


@rows("points", ["0", "-1"])
def test_a_groups_points_are_above_zero(points: str) -> None:
    assert why(f"scoring: {{points: ▸{points}}}\n" + CATEGORIES) == "fields.expected_found_text"


@rows("weight", ["0", "-2", "0%"])
def test_a_weight_is_above_zero(weight: str) -> None:
    assert why("categories:\n" + category("A", figure("a"), f"weight: ▸{weight}")) == "fields.expected_found_text"


@rows("value", ["yes", "no", "on", "True", "TRUE", "1", '"true"'])
def test_true_and_false_are_the_only_booleans(value: str) -> None:
    text = "categories:\n" + category("A", gate("g").replace("prerequisite: true", f"prerequisite: ▸{value}"))
    refused(text)


def test_a_plain_scalar_is_taken_as_written_where_an_id_a_key_or_a_text_is_expected() -> None:
    made = scheme("options: {yesno: {no: {label: no, points: 0}, on: {label: 2026-01-01, points: 1}}}\ncategories:\n"
                   + category("1.10", figure("001") + figure("no") + figure("2026-01-01")))  # fmt: skip
    assert list(made.groups) == ["1.10"]
    assert list(made.criteria) == ["001", "no", "2026-01-01"]
    assert list(made.document.options["yesno"]) == ["no", "on"]
    assert made.document.options["yesno"]["on"].label.in_("en") == "2026-01-01"


def test_a_version_and_a_title_are_taken_as_written() -> None:
    made = read("scheme: s\nversion: 1.10\ntitle: true\nlanguages: [en]\n" + CATEGORIES)
    assert (made.version, made.title.in_("en")) == ("1.10", "true")


@rows("identifier", ["-a", ".a", "a b", "a/b", "a,b", "ä", "水", "''", "a" * 61])
def test_ids_match_their_pattern(identifier: str) -> None:
    refused("categories:\n" + category("A", figure(f"'▸{identifier}'").replace("'▸", "▸'")))


@rows("identifier", ["WAT-06", "1.1", "a_b", "0"])
def test_ids_hold_letters_digits_dots_dashes_and_underscores(identifier: str) -> None:
    assert identifier in scheme_of(figure(identifier)).criteria


@rows("name", ["Has_wash", "9lives", "has-wash", "has wash", "_x", "é"])
def test_names_are_lower_snake_case(name: str) -> None:
    refused(f"facts: {{▸{name}: {{type: boolean, ask: x}}}}\n" + CATEGORIES)


@rows("name", ["Small", "a_b", "a b", "Ä"])
def test_a_schemes_id_is_lower_case_digits_and_dashes(name: str) -> None:
    with pytest.raises(BadFile):
        read(HEADER.replace("small", name) + CATEGORIES)


RESERVED = (
    "total not_applicable_points true false min max abs round count answer points share"
    " if and or not in is class lambda import"
)


@rows("name", RESERVED.split())
def test_a_reserved_word_is_no_name(name: str) -> None:
    assert why(f"facts:\n  ▸{name}: {{type: boolean, ask: x}}\n" + CATEGORIES) == "validation.reserved"


# -- names that become columns of tables -------------------------------------------------------------------------


@rows("name", ["not_applicable", "Not_Applicable", "excused"])
def test_a_category_whose_column_of_points_every_table_has_is_refused(name: str) -> None:
    assert why("categories:\n" + category(f"▸{name}", figure("a"))) == "validation.column_taken"


@rows("name", ["code", "name", "city", "region"])
def test_a_fact_is_not_called_like_a_column_of_the_table_of_stores(name: str) -> None:
    assert why(f"facts:\n  ▸{name}: {{type: boolean, ask: x}}\n" + CATEGORIES) == "validation.column_taken"


@rows(
    "keys",
    [
        "[total, ▸total]",
        "[total, {id: ▸total, of: total, title: t}]",
        "[{id: a, of: total, title: t}, {id: ▸a, of: total, title: u}]",
    ],
)
def test_a_key_of_the_ranking_stands_in_it_once(keys: str) -> None:
    assert why(f"lighthouse: {{rank_by: {keys}}}\n" + CATEGORIES) == "validation.rank_key_twice"


def test_a_scheme_that_is_stored_goes_on_under_such_names() -> None:
    stored = json.dumps(parse(HEADER + "categories:\n" + category("not_applicable", figure("a")), "s.yaml"))
    assert list(scheme_from_json(stored).groups) == ["not_applicable"]


# -- texts -------------------------------------------------------------------------------------------------------

TWO = "scheme: s\nversion: '1'\ntitle: t\nlanguages: [en, zh]\n"


def test_a_text_missing_a_language_is_an_error() -> None:
    with pytest.raises(BadFile) as caught:
        read(TWO + "notice: {en: only English}\n" + CATEGORIES)
    (problem,) = caught.value.problems
    assert problem.message.key == "fields.missing_language"
    assert problem.message.values["missing"] == ("zh",)
    assert (problem.mark.line, problem.mark.column) == (5, 9)


def test_a_plain_string_stands_for_all_languages() -> None:
    notice = read(TWO + "notice: both\n" + CATEGORIES).document.notice
    assert notice is not None
    assert (notice.in_("en"), notice.in_("zh")) == ("both", "both")


def test_the_first_language_is_the_fallback() -> None:
    notice = read(TWO.replace("[en, zh]", "[zh, en]") + "notice: {en: e, zh: 中}\n" + CATEGORIES).document.notice
    assert notice is not None
    assert notice.in_("fr") == "中"


@rows("text", ["{en: a, zh: 中, de: d}", "{en: a, zh: ''}", "{en: a, zh: }", "''", "[a]", "{en: [a], zh: b}"])
def test_a_text_is_every_language_of_the_scheme_and_none_else_and_not_empty(text: str) -> None:
    with pytest.raises(BadFile):
        read(TWO + f"notice: {text}\n" + CATEGORIES)


@rows("languages", ["[]", "en", "[EN]", "[english]", "{en: 1}"])
def test_languages_are_a_list_of_language_codes(languages: str) -> None:
    with pytest.raises(BadFile):
        read(HEADER.replace("[en]", languages) + CATEGORIES)


# -- ids and names that stand twice ------------------------------------------------------------------------------


def test_ids_of_criteria_and_groups_are_unique_together() -> None:
    error = refused("categories:\n" + category("A", figure("a") + figure("▸a")) + category("▸a", figure("▸A")))
    assert {problem.message.key for problem in error.problems} == {"validation.id_twice"}


def test_names_of_facts_values_and_questions_are_unique_together() -> None:
    error = refused(
        """
        facts:
          x: {type: number, ask: q}
        values:
          ▸x: {of: 1, title: t}
        categories:
          - category: A
            title: t
            criteria:
              - {id: a, title: t, points: 1, questions: {▸x: {type: number, ask: q}}, score: {}}
              - {id: b, title: t, points: 1, questions: {y: {type: number, ask: q}}, score: {}}
              - {id: c, title: t, points: 1, questions: {▸y: {type: number, ask: q}}, score: {}}
        """
    )
    assert {problem.message.key for problem in error.problems} == {"validation.name_twice"}


def test_a_level_stands_once() -> None:
    assert why("levels: [{id: a, title: t}, {id: ▸a, title: t}]\n" + CATEGORIES) == "validation.level_twice"


# -- points, edges, weights --------------------------------------------------------------------------------------


def test_an_edge_worth_more_than_the_points_is_an_error_at_that_edge() -> None:
    text = "- {id: a, title: t, points: 3, type: number, ask: q, score: {at_least: {60%: 1, ▸80%: 4}}}"
    assert why_criteria(text) == "validation.edge_worth"


@rows(
    ("effort", "key"),
    [
        ("effort: ▸0", "fields.expected_found_text"),
        ("effort: ▸-1", "fields.expected_found_text"),
        ("effort: ▸much", "fields.expected_found_text"),
        ("score: {at_least: {1: 1, 5: 2}, effort: {5: ▸0}}", "fields.expected_found_text"),
        ("score: {at_least: {1: 1, 5: 2}, effort: {▸4: 2}}", "validation.effort_edge"),
        ("score: {effort: {▸5: 2}}", "validation.effort_edge"),
    ],
)
def test_an_effort_is_above_nothing_and_that_of_a_step_that_there_is(effort: str, key: str) -> None:
    assert why_criteria(f"- {{id: a, title: t, points: 2, type: number, ask: q, {effort}}}") == key


def test_an_edge_worth_less_than_nothing_is_an_error() -> None:
    text = "- {id: a, title: t, points: 3, type: number, ask: q, score: {linear: {▸0: -1, 10: 3}}}"
    assert why_criteria(text) == "validation.edge_worth"


def test_an_option_worth_more_than_the_points_is_an_error() -> None:
    text = "- {id: a, title: t, points: 1, type: choice, ask: q, options: {x: {label: l, points: ▸2}}}"
    assert why_criteria(text) == "validation.edge_worth"


@rows("edges", ["{0.5: 1, 50%: 2}", "{60%: 1, 60.0%: 2}"])
def test_the_same_edge_twice_is_an_error(edges: str) -> None:
    text = f"- {{id: a, title: t, points: 3, type: number, ask: q, score: {{at_least: {edges}}}}}"
    assert why_criteria(text) == "fields.edge_twice"


@rows("edges", ["{▸half: 1}", "▸{}", "▸[1]", "{▸60 percent: 1}", "{▸1e3: 1}", "{60%: ▸lots}", "{60%: 1, 80%: ▸'2'}"])
def test_edges_are_numbers_with_points(edges: str) -> None:
    refused(
        "categories:\n"
        + category("A", f"- {{id: a, title: t, points: 3, type: number, ask: q, score: {{at_least: {edges}}}}}")
    )


def test_only_one_way_to_score_stands_in_a_score() -> None:
    text = "- {id: a, title: t, points: 3, type: number, ask: q, score: {at_least: {1: 1}, at_most: ▸{1: 1}}}"
    assert why_criteria(text) == "validation.one_way_to_score"


def test_a_weight_on_nothing_is_an_error() -> None:
    assert why_criteria(figure("a", 0, "weight: ▸2")) == "validation.weight_on_nothing"


def test_a_weight_on_a_category_without_points_is_an_error() -> None:
    text = "categories:\n" + category("A", gate("g"), "weight: ▸2") + category("B", figure("b"))
    assert why(text) == "validation.weight_on_nothing"


def test_a_weight_on_a_bonus_category_is_an_error() -> None:
    text = "categories:\n" + category("A", figure("a")) + category("B", figure("b"), "bonus: true\nmax: 5\nweight: ▸2")
    assert why(text) == "validation.weight_on_nothing"


@rows("key", ["points: 3", "score: {of: 1}", "weight: 2"])
def test_a_prerequisite_has_no_points(key: str) -> None:
    assert why_criteria(gate("g", key)) == "validation.prerequisite_scored"


def test_a_prerequisite_without_a_boolean_needs_met_if() -> None:
    text = "- {id: g, title: t, prerequisite: true, questions: {n: {type: number, ask: q}}}"
    assert why_criteria(text) == "validation.met_if_needed"


def test_a_criterion_needs_points_or_to_be_a_prerequisite() -> None:
    assert why_criteria("- ▸{id: a, title: t, type: boolean, ask: q}") == "validation.points_missing"


@rows(
    "questions",
    [
        "{x: {type: boolean, ask: q}, y: {type: boolean, ask: q}}",
        "{x: {type: number, ask: q}}",
        "{x: {type: choice, ask: q, options: {o: {label: l}}}}",
        "{x: {type: text, ask: q}}",
    ],
)
def test_any_other_mix_of_questions_needs_a_score(questions: str) -> None:
    assert why_criteria(f"- ▸{{id: a, title: t, points: 1, questions: {questions}}}") == "validation.score_needed"


def test_a_score_needs_of_unless_there_is_only_one_number() -> None:
    two = "{x: {type: number, ask: q}, y: {type: number, ask: q}}"
    text = f"- {{id: a, title: t, points: 1, questions: {two}, score: ▸{{at_least: {{1: 1}}}}}}"
    assert why_criteria(text) == "validation.of_needed"


# -- questions ---------------------------------------------------------------------------------------------------


@rows(
    ("question", "key"),
    [
        ("type: boolean, unit: ▸m", "validation.only_for_numbers"),
        ("type: choice, whole: ▸true, options: {a: {label: l}}", "validation.only_for_numbers"),
        ("type: date, helper: ▸difference", "validation.only_for_numbers"),
        ("type: number, unit: m³, helper: ▸flow", "validation.no_flow"),
        ("type: number, helper: ▸flow", "validation.no_flow"),
        ("type: number, unit: '%', helper: ▸difference", "validation.no_difference"),
        ("type: date, min: ▸5", "validation.no_bounds"),
        ("type: number, min: ▸5, max: 4", "validation.min_over_max"),
        ("type: number, plausible: ▸[5, 4]", "validation.min_over_max"),
        ("type: number, min: 0, plausible: ▸[-1, 4]", "validation.plausible_outside"),
        ("type: number, plausible: ▸[1]", "reading.wrong_count"),
        ("type: number, options: ▸{a: {label: l}}", "validation.options_useless"),
        ("type: choice, options: ▸lost", "validation.unknown_options"),
        ("type: number, period: ▸12", "fields.expected_found_text"),
        ("type: number, period: ▸0m", "fields.expected_found_text"),
        ("type: text, min: ▸5, max: 4", "validation.min_over_max"),
        ("type: text, min: ▸1.5", "fields.expected_found_text"),
        ("type: text, max: ▸-1", "fields.expected_found_text"),
    ],
)
def test_a_questions_keys_fit_its_type(question: str, key: str) -> None:
    assert why(f"facts: {{f: {{ask: x, {question}}}}}\n" + CATEGORIES) == key


@rows("kind", ["choice", "multiple"])
def test_a_choice_needs_options(kind: str) -> None:
    assert why(f"facts: {{f: ▸{{ask: x, type: {kind}}}}}\n" + CATEGORIES) == "validation.options_missing"


def test_a_criterion_has_one_question_of_its_own_or_questions_but_not_both() -> None:
    text = "- {id: a, title: t, points: 1, type: boolean, ask: q, questions: ▸{x: {type: boolean, ask: q}}}"
    assert why_criteria(text) == "validation.lone_and_questions"


@rows("half", ["ask: q", "type: boolean"])
def test_a_lone_question_needs_ask_and_type(half: str) -> None:
    assert why_criteria(f"- {{id: a, title: t, points: 1, {half}, score: {{of: 1}}}}") == "validation.lone_incomplete"


def test_a_criterion_that_asks_nothing_needs_a_rule() -> None:
    error = refused("categories:\n" + category("A", "- {id: a, title: t, points: 1}\n"))
    assert "validation.no_question" in [problem.message.key for problem in error.problems]


@rows("check", ["{because: b}", "{refuse: x > 1, warn: x > 2, because: b}"])
def test_a_check_either_refuses_or_warns(check: str) -> None:
    text = (
        f"- {{id: a, title: t, points: 1, questions: {{x: {{type: number, ask: q}}}}, score: {{}}, checks: [▸{check}]}}"
    )
    assert why_criteria(text) == "validation.refuse_or_warn"


# -- groups and places -------------------------------------------------------------------------------------------


@rows("inside", ["", "criteria: []", "criteria: [{one}], categories: [{two}]"])
def test_a_category_holds_criteria_or_categories(inside: str) -> None:
    criterion = "{id: a, title: t, points: 1, type: boolean, ask: q}"
    group = f"{{category: B, title: t, criteria: [{criterion.replace('a,', 'b,', 1)}]}}"
    text = inside.replace("{one}", criterion).replace("{two}", group)
    assert why(f"categories: [▸{{category: A, title: t, {text}}}]\n") == "validation.criteria_or_categories"


def test_only_a_category_at_the_top_can_be_a_bonus() -> None:
    inner = (
        "{category: B, title: t, bonus: ▸true, max: 5, criteria: [{id: b, title: t, points: 1, type: boolean, ask: q}]}"
    )
    assert why(f"categories: [{{category: A, title: t, categories: [{inner}]}}]\n") == "validation.bonus_nested"


def test_a_bonus_needs_max_and_only_a_bonus_has_one() -> None:
    assert why("categories:\n" + category("A", figure("a"), "bonus: ▸true")) == "validation.bonus_max"
    assert why("categories:\n" + category("A", figure("a"), "max: ▸5")) == "validation.max_without_bonus"


@rows("group", ["method: mean", "method: min", "method: geometric"])
def test_redistribute_stands_in_sum_groups_only(group: str) -> None:
    text = "categories:\n" + category("A", figure("a", keys="not_applicable: redistribute"), group)
    assert why(text) == "validation.redistribute_place"


def test_redistribute_stands_without_criterion_weights_only() -> None:
    text = "categories:\n" + category(
        "A", figure("a", keys="not_applicable: redistribute") + figure("b", keys="weight: 2")
    )
    assert why(text) == "validation.redistribute_place"


def test_a_criterion_stands_at_a_place_that_exists() -> None:
    error = refused("places: {roof: Roof}\ncategories:\n" + category("A", figure("a", keys="place: ▸rof")))
    assert hint_of(error) == "roof"


def test_a_place_lists_criteria_that_stand_there() -> None:
    error = refused(
        "places: {roof: {en: Roof, criteria: [▸b, ▸c]}, yard: Yard}\ncategories:\n"
        + category("A", figure("a", keys="place: roof") + figure("b", keys="place: yard"))
    )
    assert [problem.message.key for problem in error.problems] == [
        "validation.other_place",
        "validation.unknown_criterion",
    ]


def test_a_place_orders_its_criteria_and_the_rest_follow_as_in_the_files() -> None:
    made = scheme(
        "places: {yard: Yard, roof: {en: Roof, criteria: [c]}}\ncategories:\n"
        + category(
            "A", figure("a", keys="place: roof") + figure("b", keys="place: yard") + figure("c", keys="place: roof")
        )
        + category("B", figure("d"))
    )
    assert made.walking_order == {"yard": ("b",), "roof": ("c", "a"), "": ("d",)}


# -- levels ------------------------------------------------------------------------------------------------------


def level(requires: str, below: str = "{total: 5, each_category: 40%}") -> str:
    low, high = f"{{id: low, title: t, requires: {below}}}", f"{{id: high, title: t, requires: {requires}}}"
    listing = "categories:\n" + category("A", figure("a", keys="evidence: [photo]"))
    return f"levels: [{low}, {high}]\n{listing}"


@rows(
    ("requires", "below"),
    [
        ("{total: ▸4}", "{total: 5}"),
        ("{total: ▸40%}", "{total: 50%}"),
        ("{each_category: ▸30%}", "{each_category: 40%}"),
        ("{each_category: ▸{min: 30%}}", "{each_category: 40%}"),
        ("{categories: {A: ▸30%}}", "{categories: {A: 40%}}"),
        ("{criteria: {a: ▸1}}", "{criteria: {a: 2}}"),
        ("{evidence: ▸80%}", "{evidence: 90%}"),
        ("{findings: {major: ▸1}}", "{findings: {major: 0}}"),
        ("{findings: {repeated: ▸2}}", "{findings: {repeated: 1}}"),
    ],
)
def test_a_threshold_smaller_than_at_the_level_below_is_an_error(requires: str, below: str) -> None:
    assert why(level(requires, below)) == "validation.lower_than_below"


def test_points_and_percent_are_not_compared() -> None:
    assert len(scheme(level("{total: 4}", "{total: 50%}")).levels) == 2


@rows(
    ("requires", "key"),
    [
        ("{categories: {▸B: 5}}", "validation.unknown_group"),
        ("{criteria: {▸b: 5}}", "validation.unknown_criterion"),
        ("{criteria: {a: ▸11}}", "validation.edge_worth"),
        ("{each_category: {min: 50%, except: [▸B]}}", "validation.unknown_group"),
        ("{any_of: {at_least: 1, of: [a, ▸b]}}", "validation.unknown_criterion"),
        ("{any_of: {at_least: ▸2, of: [a]}}", "validation.any_of_too_many"),
        ("{any_of: [{at_least: ▸2, of: [a]}]}", "validation.any_of_too_many"),
        ("{any_of: {at_least: 1, of: ▸[]}}", "reading.wrong_count"),
        ("{any_of: {at_least: 1, of: [a, ▸a]}}", "validation.listed_twice"),
        ("{level: ▸high}", "validation.not_a_lower_level"),
        ("{level: ▸lost}", "validation.not_a_lower_level"),
        ("{prerequisites: [▸a]}", "validation.not_a_prerequisite"),
        ("{prerequisites: [▸b]}", "validation.unknown_criterion"),
        ("{prerequisites: ▸some}", "fields.expected_found_text"),
        ("{findings: {▸big: 0}}", "reading.not_allowed"),
        ("{findings: {major: ▸0.5}}", "fields.expected_found_text"),
        ("{findings: {major: ▸10001}}", "fields.expected_found_text"),
        ("{evidence: ▸0.9}", "fields.expected_found_text"),
        ("{evidence: ▸101%}", "fields.expected_found_text"),
        ("{total: ▸-5}", "fields.expected_found_text"),
        ("{complete: ▸yes}", "fields.expected_found_text"),
    ],
)
def test_what_a_level_requires_exists_and_fits(requires: str, key: str) -> None:
    error = refused(level(requires, "{}"))
    assert [problem.message.key for problem in error.problems] == [key]


def test_a_lighthouse_names_a_level_that_exists() -> None:
    assert why("lighthouse: {requires: {level: ▸gold}}\n" + CATEGORIES) == "validation.not_a_lower_level"


@rows("rank_by", ["[▸points]", "[{id: x, title: t}]", "[{id: X, of: 1, title: t}]", "▸total"])
def test_rank_by_is_a_list_of_total_and_rules_with_id_and_title(rank_by: str) -> None:
    refused(f"lighthouse: {{rank_by: {rank_by}}}\n" + CATEGORIES)


# -- the canonical form ------------------------------------------------------------------------------------------


def test_comments_and_layout_do_not_change_the_hash_and_content_does() -> None:
    first = read(HEADER + CATEGORIES)
    second = read("# a comment\n" + HEADER + "\n\n" + CATEGORIES)
    third = read(HEADER + CATEGORIES.replace("points: 10", "points: 11"))
    assert first.sha256 == second.sha256
    assert first.sha256 != third.sha256

"""Section 7: what may not stand in a rule is refused on reading, at its column, with what would be right."""

import time

from greenstar.errors import BadFile
from greenstar.i18n.catalogue import LANGUAGES, Catalogue
from greenstar.scheme.rules.expression import Rule
from greenstar.scheme.rules.screening import RuleError
from tests.builders import category, figure, refused, scheme, why
from tests.rows import rows

FACTS = """
facts:
  wash: {type: boolean, ask: q}
  roof: {type: number, ask: q}
  kind: {type: choice, ask: q, options: {small: {label: l}, large: {label: l}}}
  uses: {type: multiple, ask: q, options: {road: {label: l}, garden: {label: l}}}
  day: {type: date, ask: q}
  words: {type: text, ask: q}
categories:
"""


def of(rule: str) -> str:
    """A scheme with a criterion whose points are this rule."""
    return FACTS + category(
        "A", f"- {{id: a, title: t, points: 10, type: number, ask: q, score: {{of: {quoted(rule)}}}}}\n"
    )


def applies(rule: str) -> str:
    """A scheme with a criterion that applies by this rule."""
    return FACTS + category("A", figure("a", keys=f"applies_if: {quoted(rule)}"))


def quoted(rule: str) -> str:
    return f"'{rule}'"


def hint(error: BadFile) -> str:
    (problem,) = error.problems
    assert problem.hint is not None
    return str(problem.hint.values.get("right") or problem.hint.values.get("word"))


@rows(
    ("rule", "right"),
    [
        ("wash ▸&& wash", "and"),
        ("wash ▸|| wash", "or"),
        ("▸!wash", "not"),
        ("roof ▸≥ 5", ">="),
        ("roof ▸＞ 5", ">"),
        ("roof ▸＞= 5", ">="),
        ("roof ▸＜ 5", "<"),
        ("roof ▸＜＝ 5", "<="),
        ("roof ▸＝ 5", "=="),
        ("roof ▸≤ 5", "<="),
        ("roof ▸≠ 5", "!="),
        ("roof ▸= 5", "=="),
        ("roof > ▸60%", "0.6"),
        ("roof > ▸12.5%", "0.125"),
        ("roof ▸× 5 > 1", "*"),
        ("roof ▸÷ 5 > 1", "/"),
        ("roof ▸− 5 > 1", "-"),
        ("▸（roof > 5)", "("),
        ("kind == ▸“small”", '"'),
        ("min(roof▸，5) > 1", ","),
        ("▸True", "true"),
        ("▸False", "false"),
        ("▸rof > 5", "roof"),
        ("roof > ▸3,5", "3.5"),
        ("wash == ▸yes", "true"),
        ("▸no and wash", "false"),
        ("▸Wash", "wash"),
        ('kind == ▸"smal"', "small"),
        ('▸"rod" in uses', "road"),
    ],
)
def test_a_wrong_word_is_refused_at_its_column_with_what_would_be_right(rule: str, right: str) -> None:
    assert hint(refused(applies(rule))) == right


@rows(
    ("rule", "key"),
    [
        ("▸1e400", "rules.not_a_number"),
        ("roof + ▸1e3", "rules.not_a_number"),
        ("▸0x1F", "rules.not_a_number"),
        ("▸1_000", "rules.not_a_number"),
        ("▸1j", "rules.not_a_number"),
        ("▸.5", "rules.not_a_number"),
        ("▸5.", "rules.not_a_number"),
        ("▸nan", "rules.unknown_name"),
        ("▸inf", "rules.unknown_name"),
        ("roof ▸// 2", "rules.no_floor"),
        ("roof ▸** 2", "rules.no_power"),
        ("roof ▸% 2", "rules.foreign"),
        ("roof ▸^ 2", "rules.foreign"),
        ("roof ▸& 2", "rules.foreign"),
        ("roof ▸@ 2", "rules.foreign"),
        ("▸~roof", "rules.foreign"),
        ('▸__import__("os")', "rules.unknown_function"),
        ('__import__("os")▸.system("x")', "rules.foreign"),
        ("roof▸.real", "rules.foreign"),
        ("roof▸.__class__", "rules.foreign"),
        ("▸uses[0]", "rules.syntax"),
        ('▸eval("1")', "rules.unknown_function"),
        ("▸open(roof)", "rules.unknown_function"),
        ("▸sum(roof, 1)", "rules.unknown_function"),
        ("▸lambda: 1", "rules.no_word"),
        ("(roof ▸:= 5)", "rules.foreign"),
        ("▸roof if wash", "rules.syntax"),
        ("▸roof, 1", "rules.syntax"),
        ("min(▸*uses, 1)", "rules.syntax"),
        ("min(roof ▸for roof in uses)", "rules.no_word"),
        ("▸{roof}", "rules.foreign"),
        ("▸[1, 2]", "rules.list_place"),
        ("roof ▸is 5", "rules.no_word"),
        ("▸None", "rules.no_word"),
        ("roof ▸; 1", "rules.foreign"),
        ("roof ▸# 1", "rules.foreign"),
        ("roof ▸\\ 1", "rules.foreign"),
        ("▸min(roof)", "rules.arguments"),
        ("▸round(roof, 2)", "rules.arguments"),
        ("▸max()", "rules.arguments"),
        ("points(▸a)", "rules.id_in_quotes"),
        ("points(▸roof)", "rules.id_in_quotes"),
        ('points(▸"lost")', "rules.unknown_id"),
        ('answer(▸"lost")', "rules.no_lone_question"),
        ("▸total", "rules.only_after_scoring"),
        ("▸not_applicable_points", "rules.only_after_scoring"),
        ("roof +", "rules.syntax"),
        ("(roof", "rules.syntax"),
        ("roof)", "rules.syntax"),
        ("roof roof", "rules.syntax"),
        ('"open', "rules.foreign"),
    ],
)
def test_what_the_format_does_not_have_is_refused(rule: str, key: str) -> None:
    assert why(of(rule)) == key


@rows("prefix", ["b", "u", "r", "f", "rb", "B", "roof", "roof "])
def test_a_text_takes_no_prefix(prefix: str) -> None:
    assert why(applies(f'kind == {prefix}▸"small"')) == "rules.syntax"


def test_two_texts_side_by_side_are_not_one() -> None:
    assert why(applies('kind == "sma" ▸"ll"')) == "rules.syntax"


def test_a_text_takes_no_escapes() -> None:
    refused(applies('words == "a\\x41"'))


@rows(
    ("rule", "key"),
    [
        ('roof == ▸"x"', "rules.unlike"),
        ("wash == ▸1", "rules.unlike"),
        ("kind == ▸roof", "rules.unlike"),
        ("uses == ▸uses", "rules.unlike"),
        ('kind == ▸"medium"', "rules.unknown_option"),
        ("▸kind < kind", "rules.not_ordered"),
        ("▸words < words", "rules.not_ordered"),
        ("▸wash < wash", "rules.not_ordered"),
        ('day < ▸"soon"', "rules.not_a_day"),
        ('day < ▸"2026-02-30"', "rules.not_a_day"),
        ("day < ▸5", "rules.unlike"),
        ("▸roof and wash", "rules.kind"),
        ("not ▸roof", "rules.kind"),
        ("-▸wash > 1", "rules.kind"),
        ("roof + ▸wash > 1", "rules.kind"),
        ('"road" in ▸kind', "rules.kind"),
        ("▸roof in uses", "rules.option_in_quotes"),
        ('roof in [1, ▸"2"]', "rules.unlike"),
        ("roof in ▸[]", "rules.list_place"),
        ("roof in ▸[roof]", "rules.list_place"),
        ("count(▸kind) > 1", "rules.kind"),
        ("abs(▸wash) > 1", "rules.kind"),
        ("(1 if ▸roof else 2) > 1", "rules.kind"),
        ("(1 if wash else ▸wash) > 1", "rules.unlike"),
        ("▸roof", "rules.result_kind"),
    ],
)
def test_comparing_or_adding_unlike_kinds_is_refused_when_the_scheme_is_read(rule: str, key: str) -> None:
    assert why(applies(rule)) == key


def test_points_are_numbers() -> None:
    assert why(of("▸wash")) == "rules.result_kind"


def test_a_rule_has_at_most_500_characters() -> None:
    assert why(of("▸" + "1 + " * 125 + "1")) == "rules.too_long"


def test_500_characters_are_read() -> None:
    rule = "roof + roof" + " " * 489
    scheme(FACTS + category("A", figure("a").replace("score: {}", f'score: {{of: "{rule}"}}')))


def works_or_is_refused(rule: str) -> bool:
    try:
        return Rule(rule).calculate is not None
    except RuleError as error:
        return all(Catalogue(language).render(error.message) for language in LANGUAGES)


@rows("depth", [60, 99, 150, 240])
def test_nested_parentheses_and_signs_never_crash(depth: int) -> None:
    for rule in ("(" * depth + "1" + ")" * depth, "-" * depth + "1", "not " * (depth // 2) + "true", "abs(" * 90 + "1"):
        assert works_or_is_refused(rule)


def test_500_nested_parentheses_are_refused() -> None:
    assert why(of("▸" + "(" * 500 + "1" + ")" * 500)) == "rules.too_long"


PIECES = "roof wash ( ) [ ] , + - * / < == and or not in if else 1 0.5 min points b f \\ é % = . _ 🌱"


@rows("seed", range(5))
def test_any_text_at_all_is_a_rule_or_refused(seed: int) -> None:
    pieces = [*PIECES.split(), '"x"', "'y'", " ", "\u202e"]
    state = seed * 7919 + 17
    began = time.process_time()
    for _ in range(600):
        words = []
        for _ in range(1 + state % 9):
            state = (state * 1103515245 + 12345) % 2**31
            words.append(pieces[(state >> 8) % len(pieces)])
        assert works_or_is_refused(" ".join(words) if state % 2 else "".join(words))
    assert time.process_time() - began < 2


# -- circles -----------------------------------------------------------------------------------------------------


@rows(
    "body",
    [
        "values: {v: {of: v + 1, title: t}}\ncategories:\n" + category("A", figure("a")),
        "values: {v: {of: w, title: t}, w: {of: v, title: t}}\ncategories:\n" + category("A", figure("a")),
        "facts: {f: {type: boolean, ask: q, ask_if: f}}\ncategories:\n" + category("A", figure("a")),
        "facts: {f: {type: boolean, ask: q, ask_if: g}, g: {type: boolean, ask: q, ask_if: f}}\ncategories:\n"
        + category("A", figure("a")),
        "categories:\n" + category("A", figure("a").replace("{}", "{of: 'points(\"b\")'}")
                                   + figure("b").replace("{}", "{of: 'points(\"a\")'}")),
        "categories:\n" + category("A", figure("a").replace("{}", "{of: 'points(\"A\")'}")),
        "categories:\n" + category("A", figure("a", keys="applies_if: 'answer(\"a\") > 1'")),
        "categories:\n" + category("A", figure("a", keys="applies_if: 'share(\"b\") > 1'")
                                   + figure("b", keys="applies_if: 'share(\"a\") > 1'")),
    ],
)  # fmt: skip
def test_rules_that_need_each_other_in_a_circle_are_refused(body: str) -> None:
    assert why(body) == "validation.circle"


# -- where a rule stands -----------------------------------------------------------------------------------------


def test_the_column_is_right_in_a_plain_and_in_a_quoted_rule_and_after_wide_characters() -> None:
    plain = FACTS + category("A", figure("a", keys="applies_if: wash and ▸rof"))
    double = FACTS + category("A", figure("a", keys='applies_if: "wash and ▸rof"'))
    wide = FACTS + category("A", figure("a", keys="applies_if: 'words == \"绿星\" and ▸rof'"))
    for body in (plain, double, wide):
        assert [problem.message.key for problem in refused(body).problems] == ["rules.unknown_name"]


def test_an_error_in_a_folded_rule_is_reported_at_its_start() -> None:
    body = FACTS + category(
        "A",
        "- id: a\n  title: t\n  points: 1\n  type: number\n  ask: q\n  score:\n    of: ▸>-\n      roof\n      + rof\n",
    )
    assert [problem.message.key for problem in refused(body).problems] == ["rules.unknown_name"]


def test_rules_stand_in_all_these_keys_and_are_checked_in_each() -> None:
    error = refused(
        """
        facts: {f: {type: boolean, ask: q, ask_if: ▸x1}}
        values: {v: {of: ▸x2, title: t}}
        categories:
          - category: A
            title: t
            criteria:
              - id: a
                title: t
                points: 1
                applies_if: ▸x3
                questions: {q: {type: number, ask: q, ask_if: ▸x4}}
                checks: [{refuse: ▸x5, because: b}, {warn: ▸x6, because: b}]
                score: {of: ▸x7}
              - {id: g, title: t, prerequisite: true, type: boolean, ask: q, met_if: ▸x8}
        levels: [{id: l, title: t, requires: {when: ▸x9}}]
        lighthouse: {requires: {when: ▸y1}, rank_by: [{id: k, of: ▸y2, title: t}]}
        """
    )
    assert {problem.message.key for problem in error.problems} == {"rules.unknown_name"}


def test_total_stands_in_when_and_rank_by() -> None:
    scheme(
        "categories:\n" + category("A", figure("a"))
        + "levels: [{id: l, title: t, requires: {when: total > not_applicable_points}}]\n"
        + "lighthouse: {rank_by: [total, {id: k, of: -not_applicable_points, title: t}]}\n"
    )  # fmt: skip

"""Answers files: one visit, read against its scheme; all that is wrong is refused at once, with its place."""

from datetime import date
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given

from greenstar.assessment.answers_document import (
    AnswersDocument,
    EvidenceDocument,
    Expectation,
    FindingDocument,
    StoreDocument,
)
from greenstar.assessment.answers_file import AnswersFile, read_answers_files
from greenstar.assessment.calculated import formula_of
from greenstar.errors import BadFile, BadInput
from greenstar.i18n.catalogue import LANGUAGES, Catalogue
from greenstar.resources import PACKAGE
from greenstar.scheme import suggestions
from greenstar.scheme.model import Scheme
from tests.builders import HERE, of, scheme
from tests.mutations import broken
from tests.rows import rows

SCHEME = scheme(
    """
    facts:
      wash: {type: boolean, ask: q}
      roof: {type: number, ask: q, min: 0, max: 100000}
    categories:
      - category: A
        title: t
        criteria:
          - id: WAT-06
            title: t
            points: 3
            questions:
              fresh: {type: number, ask: q, min: 0, max: 1000}
              recycled: {type: number, ask: q, unit: "%"}
              cars: {type: number, ask: q, whole: true}
              system: {type: choice, ask: q, options: {no: {label: l}, in_use: {label: l}}}
              uses: {type: multiple, ask: q, options: {road: {label: l}, garden: {label: l}, pool: {label: l}}}
              words: {type: text, ask: q, min: 5, max: 12}
              day: {type: date, ask: q}
            score: {of: fresh}
          - {id: WAT-P1, title: t, prerequisite: true, type: boolean, ask: q}
          - {id: WAT-07, title: t, points: 1, not_applicable: forbid, type: boolean, ask: q}
    """
)
STORE = "store: {code: WX-001}\n"


def find_scheme(_name: str | None, _folder: Path) -> Scheme:
    return SCHEME


def files(folder: Path, text: str, name: str = "answers.yaml") -> list[AnswersFile]:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return list(read_answers_files(path, find_scheme))


def file(folder: Path, text: str, name: str = "answers.yaml") -> AnswersFile:
    (read,) = files(folder, STORE + text if name.endswith("yaml") else text, name)
    return read


def keys(folder: Path, text: str) -> list[str]:
    """What is wrong, each at the place of a `▸`."""
    marked, rest = [], STORE + text
    while HERE in rest:
        before, _, after = rest.partition(HERE)
        marked.append((before.count("\n") + 1, len(before) - before.rfind("\n")))
        rest = before + after
    with pytest.raises(BadFile) as caught:
        files(folder, rest)
    assert [(problem.mark.line, problem.mark.column) for problem in caught.value.problems] == marked
    for problem in caught.value.problems:
        assert all(Catalogue(language).render(problem.message) for language in LANGUAGES)
    return [problem.message.key for problem in caught.value.problems]


FULL = """\
scheme: small
store: {code: WX-001, name: Wuxi, city: Wuxi, region: East, facts: {wash: true, roof: 4500}}
cycle: "2026"
assessor: A. Assessor
visited: 2026-05-12
answers: {fresh: 120, recycled: 86.7, cars: 12, system: in_use, uses: [pool, road], words: so it is, day: 2026-02-01,
  WAT-P1: true}
not_applicable: {WAT-06: "paint work is done by another firm"}
notes: {WAT-06: "second meter read twice"}
evidence: {WAT-06: [{file: meters.jpg, verified: true}, {file: log.pdf}]}
findings: [{criterion: WAT-06, severity: minor, text: "meter not calibrated", due: 2026-08-01, closed: 2026-07-14,
  id: F-2, follows: F-1, owner: Ms Zhang}]
expect: {total: 76.5, level: star-2, criteria: {WAT-06: 2}}
"""


def test_a_file_holds_a_whole_visit(tmp_path: Path) -> None:
    (read,) = files(tmp_path, FULL)
    visit = read.visit
    assert (visit.store.code, visit.store.name, visit.store.city, visit.store.region) == (
        "WX-001",
        "Wuxi",
        "Wuxi",
        "East",
    )
    assert (visit.cycle, visit.assessor, visit.visited) == ("2026", "A. Assessor", date(2026, 5, 12))
    assert visit.facts == {"wash": True, "roof": 4500}
    assert visit.answers == {
        "fresh": 120,
        "recycled": Fraction("0.867"),
        "cars": 12,
        "system": "in_use",
        "uses": ("road", "pool"),
        "words": "so it is",
        "day": date(2026, 2, 1),
        "WAT-P1": True,
    }
    assert visit.not_applicable == {"WAT-06": "paint work is done by another firm"}
    assert visit.notes == {"WAT-06": "second meter read twice"}
    assert [(kept.file, kept.verified) for kept in visit.evidence["WAT-06"]] == [
        ("meters.jpg", True),
        ("log.pdf", False),
    ]
    assert (visit.findings[0].severity, visit.findings[0].closed) == ("minor", date(2026, 7, 14))
    assert of(visit.findings[0], "id follows owner") == ["F-2", "F-1", "Ms Zhang"]
    assert read.expect is not None
    assert of(read.expect, "total level criteria") == [Fraction("76.5"), "star-2", {"WAT-06": 2}]


def test_json_is_read_as_well(tmp_path: Path) -> None:
    text = '{"store": {"code": "WX-001"}, "answers": {"fresh": 0.5, "uses": ["road"], "WAT-P1": true}}'
    visit = file(tmp_path, text, "answers.json").visit
    assert visit.answers == {"fresh": Fraction(1, 2), "uses": ("road",), "WAT-P1": True}


def test_json_may_write_an_emoji_as_two_escapes(tmp_path: Path) -> None:
    text = '{"store": {"code": "S", "name": "a \\ud83d\\ude00"}}'
    assert file(tmp_path, text, "answers.json").visit.store.name == "a 😀"


def test_a_file_may_hold_a_list_of_visits(tmp_path: Path) -> None:
    visits = files(tmp_path, "- {store: {code: A}}\n- {store: {code: B}, answers: {fresh: 1}}\n")
    assert [read.visit.store.code for read in visits] == ["A", "B"]


def test_a_list_of_visits_over_a_mebibyte_is_read_and_what_is_wrong_in_its_last_visit_has_its_place(
    tmp_path: Path,
) -> None:
    note = "n" * 9_000
    visits = [f'{{"store": {{"code": "S-{n}"}}, "notes": {{"WAT-06": "{note}"}}}}' for n in range(130)]
    text = "[\n" + ",\n".join(visits)
    assert len(text) > 1 << 20
    assert len(files(tmp_path, text + "]", "all.json")) == len(visits)
    with pytest.raises(BadFile) as caught:
        files(tmp_path, text + ',\n{"store": {"code": "S"}, "answers": {"fresh": "many"}}]', "all.json")
    (problem,) = caught.value.problems
    assert (problem.mark.line, problem.mark.column, problem.key) == (132, 47, "fresh")


def test_an_answers_file_over_sixteen_mebibytes_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "all.json"
    with path.open("wb") as file:
        file.truncate((16 << 20) + 1)
    with pytest.raises(BadInput) as caught:
        list(read_answers_files(path, find_scheme))
    assert (caught.value.message.key, caught.value.message.values["limit"]) == ("source.too_large", "16 MiB")


def test_numbers_are_read_as_written(tmp_path: Path) -> None:
    assert file(tmp_path, "answers: {fresh: 0.1}\n").visit.answers["fresh"] == Fraction(1, 10)


@rows(("written", "value"), [("50.000", "50"), ("6.200", "6.2"), ("0.125", "0.125")])
@rows("name", ["answers.yaml", "answers.json"])
def test_a_number_in_a_file_is_never_in_doubt(tmp_path: Path, name: str, written: str, value: str) -> None:
    text = f'{{"store": {{"code": "S"}}, "answers": {{"fresh": {written}}}}}'
    (read,) = files(tmp_path, text, name)
    assert read.visit.answers["fresh"] == Fraction(value)


# -- what is empty -----------------------------------------------------------------------------------------------


@rows("text", ["answers: {fresh: }", "answers: {fresh: ~}", "answers: {fresh: null}", "answers:", "notes:"])
def test_an_empty_value_is_no_answer(tmp_path: Path, text: str) -> None:
    assert file(tmp_path, text + "\n").visit.answers == {}


EMPTY = """\
scheme:
store: {code: WX-001, name: , facts: {wash: , roof: ~}}
answers: {fresh: , WAT-P1: null}
not_applicable: {WAT-06: }
notes: {WAT-06: }
evidence: {WAT-06: }
findings: [{criterion: WAT-06, severity: minor, text: t, action: , closed: }]
expect: {total: , level: , criteria: {WAT-06: }}
"""


def test_a_known_key_may_stay_empty_everywhere_as_in_a_form_that_is_half_filled_in(tmp_path: Path) -> None:
    (read,) = files(tmp_path, EMPTY)
    visit, expect = read.visit, read.expect
    assert not any((visit.facts, visit.answers, visit.not_applicable, visit.notes, visit.evidence))
    assert visit.findings[0].closed is None
    assert expect is not None
    assert "total" not in expect.model_fields_set
    assert "level" in expect.model_fields_set  # an empty level expects that there is none


@rows(
    ("text", "key", "hint"),
    [
        ("answers: {fresh: 4,▸500}", "500", "fields.comma_hint"),
        ("answers: {words: all is well, ▸mostly}", "mostly", "fields.quote_hint"),
        ("answers: {cars: 1, ▸frsh: }", "frsh", "rules.did_you_mean"),
        ("answers:\n  fresh: 4\n  ▸500:\n", "500", "fields.comma_hint"),
        ("store: {code: S, facts: {roof: 4,▸500}}", "500", "fields.comma_hint"),
        ("store: {code: S, name: Wuxi Motors, ▸Ltd}", "Ltd", "fields.quote_hint"),
        ("notes: {WAT-06: pump broken, ▸replaced later}", "replaced later", "fields.quote_hint"),
        ("not_applicable: {WAT-06: rented, ▸for a year}", "for a year", "fields.quote_hint"),
        ("evidence: {WAT-06: [{file: meters, ▸both.jpg}]}", "both.jpg", "fields.quote_hint"),
        ("evidence: {WAT-06: [{file: a.jpg}], ▸b.jpg}", "b.jpg", "fields.quote_hint"),
        ("findings: [{criterion: WAT-06, severity: minor, text: meter, ▸not read}]", "not read", "fields.quote_hint"),
        ("expect: {total: 1,▸5}", "5", "fields.comma_hint"),
        ("expect: {criteria: {WAT-06: 1,▸5}}", "5", "fields.comma_hint"),
        ("assessor: A\n▸B:\n", "B", "fields.quote_hint"),
    ],
)
def test_what_a_comma_cut_off_is_an_unknown_key_with_its_place_and_never_dropped(
    tmp_path: Path, text: str, key: str, hint: str
) -> None:
    text = text if text.startswith("store") else STORE + text
    before = text.partition(HERE)[0]
    with pytest.raises(BadFile) as caught:
        files(tmp_path, text.replace(HERE, ""))
    (problem,) = caught.value.problems
    assert (problem.mark.line, problem.mark.column) == (before.count("\n") + 1, len(before) - before.rfind("\n"))
    assert Catalogue("en").render(problem.message).startswith(f"the key {key} is not known here")
    assert problem.hint is not None
    assert problem.hint.key == hint
    assert all(Catalogue(language).render(problem.hint) for language in LANGUAGES)


@rows(
    ("text", "hint"),
    [
        ("▸answers： {fresh: 4}\n", "： is no sign of YAML; write :"),
        ("▸answers:{fresh: 4}\n", "put a space behind the colon"),
        ("answers: {▸fresh：4}\n", "write fresh: 4"),
        ("answers: {▸fresh:4}\n", "write fresh: 4"),
        ("answers:\n  ▸fresh：4\n", "： is no sign of YAML; write :"),
        ("▸notes： {WAT-06: x}\n", "： is no sign of YAML; write :"),
    ],
)
def test_a_colon_that_is_none_is_told_at_its_key(tmp_path: Path, text: str, hint: str) -> None:
    keys(tmp_path, text)
    with pytest.raises(BadFile) as caught:
        files(tmp_path, STORE + text.replace(HERE, ""))
    (problem,) = caught.value.problems
    assert problem.hint is not None
    assert Catalogue("en").render(problem.hint) == hint


def test_an_empty_list_answers_a_multiple(tmp_path: Path) -> None:
    assert file(tmp_path, "answers: {uses: []}\n").visit.answers == {"uses": ()}


def test_the_order_of_a_list_and_a_repeated_option_do_not_matter(tmp_path: Path) -> None:
    first = file(tmp_path, "answers: {uses: [pool, road, pool]}\n").visit.answers
    assert first == file(tmp_path, "answers: {uses: [road, pool]}\n").visit.answers


def test_an_option_that_looks_like_a_boolean_is_an_option(tmp_path: Path) -> None:
    assert file(tmp_path, "answers: {system: no}\n").visit.answers == {"system": "no"}


FINDING = "{criterion: WAT-06, severity: minor, text: x"
OWN_VISIT = "answers.follows_its_own_visit"
FOLLOWED_TWICE = "answers.finding_follows_twice"


# -- what is refused ---------------------------------------------------------------------------------------------


def test_all_that_is_wrong_is_refused_at_once_with_its_place(tmp_path: Path) -> None:
    problems = keys(
        tmp_path,
        "answers:\n  ▸frsh: 1\n  fresh: ▸many\n  uses: ▸road\n  system: ▸inuse\n"
        "not_applicable: {▸WAT-07: there is no tap}\nnotes: {▸LOST: x}\n"
        "findings: [{criterion: ▸LOST, severity: minor, text: x}]\n",
    )
    assert problems == [
        "answers.unknown_question",
        "answers.expected_number",
        "answers.expected_list",
        "answers.unknown_option",
        "answers.not_applicable_forbidden",
        "validation.unknown_criterion",
        "validation.unknown_criterion",
    ]


def test_what_is_wrong_in_shape_hides_no_unknown_question_fact_or_criterion(tmp_path: Path) -> None:
    problems = keys(
        tmp_path,
        """visited: ▸soon
answers: {fresh: 4,▸500, ▸frsh: 1}
notes: {▸LOST: x}
findings: [▸{criterion: WAT-06, severity: minor}, {criterion: ▸LOST, severity: minor, text: x, ▸later}]
evidence: {▸LOST: [{file: a.jpg}, {file: b, ▸c.jpg}]}
""",
    )
    assert problems == [
        *(
            "fields.expected_found_text",
            "answers.unknown_key",
            "answers.unknown_question",
            "validation.unknown_criterion",
        ),
        *("reading.missing_key", "validation.unknown_criterion", "reading.unknown_key"),
        *("validation.unknown_criterion", "reading.unknown_key"),
    ]


@rows("store", ["store: {code: ▸W X, facts: {▸roff: 3}}\n", "▸stoer: {code: WX}\n"])
def test_a_store_without_a_code_hides_no_other_error(tmp_path: Path, store: str) -> None:
    text = store + "answers: {frsh: 1}\n"
    with pytest.raises(BadFile) as caught:
        files(tmp_path, text.replace(HERE, ""))
    assert "answers.unknown_question" in [problem.message.key for problem in caught.value.problems]
    assert len(caught.value.problems) == 3


def test_of_a_file_whose_scheme_is_misspelt_only_its_shape_is_told(tmp_path: Path) -> None:
    assert keys(tmp_path, "▸shceme: other\nanswers: {lost: 1}\n") == ["reading.unknown_key"]


@rows(
    ("answer", "key"),
    [
        ("▸LOST: 1", "answers.unknown_question"),
        ("▸wash: true", "answers.unknown_question"),
        ("WAT-P1: ▸yes", "answers.expected_boolean"),
        ("WAT-P1: ▸1", "answers.expected_boolean"),
        ("WAT-P1: ▸'true'", "answers.expected_boolean"),
        ("WAT-P1: ▸[true]", "answers.expected_boolean"),
        ("fresh: ▸'120'", "answers.expected_number"),
        ("fresh: ▸1e3", "answers.expected_number"),
        ("fresh: ▸1_000", "answers.expected_number"),
        ("fresh: ▸0x10", "answers.expected_number"),
        ("fresh: ▸.inf", "answers.expected_number"),
        ("fresh: ▸true", "answers.expected_number"),
        ("fresh: ▸[1]", "answers.expected_number"),
        ("fresh: ▸{a: 1}", "answers.expected_number"),
        ("fresh: ▸12%", "answers.expected_number"),
        ("fresh: ▸-0.1", "answers.outside"),
        ("fresh: ▸1000.01", "answers.outside"),
        ("recycled: ▸100.1", "answers.outside"),
        ("recycled: ▸-1", "answers.outside"),
        ("cars: ▸1.5", "answers.expected_whole"),
        ("system: ▸lost", "answers.unknown_option"),
        ("system: ▸[no]", "answers.expected_text"),
        ("uses: ▸[lost]", "answers.unknown_option"),
        ("uses: ▸[[road]]", "answers.expected_list"),
        ("uses: ▸{road: true}", "answers.expected_list"),
        ("words: ▸four", "answers.too_short"),
        ("words: ▸thirteen letters", "answers.too_long"),
        ("words: ▸[a]", "answers.expected_text"),
        ("day: ▸12.5.2026", "answers.expected_date"),
        ("day: ▸2026-02-30", "answers.expected_date"),
        ("day: ▸20260201", "answers.expected_date"),
        ("day: ▸2026-W01-1", "answers.expected_date"),
    ],
)
def test_a_value_of_the_wrong_type_or_outside_its_bounds_is_refused(tmp_path: Path, answer: str, key: str) -> None:
    assert keys(tmp_path, f"answers: {{{answer}}}\n") == [key]


@rows("value", ["0", "1000", "-0"])
def test_bounds_themselves_are_inside(tmp_path: Path, value: str) -> None:
    assert file(tmp_path, f"answers: {{fresh: {value}}}\n").visit.answers["fresh"] == int(value)


@rows(("typed", "kept"), [("0", "0"), ("100", "1"), ("86.7", "0.867")])
def test_a_percentage_is_written_as_86_7_and_kept_as_a_fraction_of_one(tmp_path: Path, typed: str, kept: str) -> None:
    assert file(tmp_path, f"answers: {{recycled: {typed}}}\n").visit.answers["recycled"] == Fraction(kept)


@rows(
    ("text", "key"),
    [
        ("store: {code: S, facts: {▸rof: 1}}\n", "answers.unknown_fact"),
        ("store: {code: S, facts: {roof: ▸big}}\n", "answers.expected_number"),
        ("store: {code: S, facts: {roof: ▸100001}}\n", "answers.outside"),
        ("store: ▸{name: S}\n", "reading.missing_key"),
        ("store: {code: ▸a/b}\n", "fields.expected_found_text"),
        ("store: {code: S}\n▸anwsers: {}\n", "reading.unknown_key"),
        ("store: {code: S}\nvisited: ▸soon\n", "fields.expected_found_text"),
        ("store: {code: S}\nnot_applicable: {WAT-06: ▸''}\n", "answers.reason_needed"),
        ("store: {code: S}\nnot_applicable: {WAT-06: ▸x}\n", "answers.reason_says_nothing"),
        ("store: {code: S}\nevidence: {WAT-06: [▸{verified: true}]}\n", "reading.missing_key"),
        ("store: {code: S}\nevidence: {WAT-06: [{file: a.jpg, verified: ▸yes}]}\n", "fields.expected_found_text"),
        ("store: {code: S}\nevidence: {WAT-06: [{file: a.jpg, ▸verified}]}\n", "fields.expected_found"),
        ("store: {code: S}\nevidence: {WAT-06: [{file: a.jpg, bytes: ▸1e40}]}\n", "fields.expected_found_text"),
        ("store: {code: S}\nevidence: {WAT-06: [{file: a.jpg, bytes: ▸-1}]}\n", "fields.expected_found_text"),
        ("store: {code: S}\nfindings: [{criterion: WAT-06, severity: ▸huge, text: x}]\n", "reading.not_allowed"),
        ("store: {code: S}\nanswers: ▸[1]\n", "fields.expected_found"),
        (f"store: {{code: S}}\nfindings: [{FINDING}, id: ▸F 1}}]\n", "fields.expected_found_text"),
        (f"store: {{code: S}}\nfindings: [{FINDING}, id: F1}}, {FINDING}, id: ▸F1}}]\n", "answers.finding_id_twice"),
        (f"store: {{code: S}}\nfindings: [{FINDING}, follows: F1}}, {FINDING}, follows: ▸F1}}]\n", FOLLOWED_TWICE),
        (f"store: {{code: S}}\nfindings: [{FINDING}, id: F1, follows: ▸F1}}]\n", OWN_VISIT),
        (f"store: {{code: S}}\nfindings: [{FINDING}, id: F1, follows: ▸F2}}, {FINDING}, id: F2}}]\n", OWN_VISIT),
        ("store: {code: S}\nevidence: {WAT-06: [{file: a.jpg, sha256: ▸../../x}]}\n", "fields.expected_found_text"),
        ("store: {code: S}\nanswers: {fresh: 1, ▸fresh: 2}\n", "source.duplicate_key"),
        ("store: {code: S}\nanswers: {fresh: ▸&a 1}\n", "source.anchor"),
        ("store: {code: S}\nexpect: {totl: 1}\n".replace("totl", "▸totl"), "reading.unknown_key"),
    ],
)
def test_the_shape_of_the_file_is_strict_too(tmp_path: Path, text: str, key: str) -> None:
    (tmp_path / "x").mkdir(exist_ok=True)
    marked = text.partition(HERE)[0]
    with pytest.raises(BadFile) as caught:
        files(tmp_path / "x", text.replace(HERE, ""))
    (problem,) = caught.value.problems
    assert problem.message.key == key
    assert (problem.mark.line, problem.mark.column) == (marked.count("\n") + 1, len(marked) - marked.rfind("\n"))


def test_a_misspelt_question_gets_the_nearest_as_a_hint(tmp_path: Path) -> None:
    with pytest.raises(BadFile) as caught:
        file(tmp_path, "answers: {frsh: 1}\n")
    hint = caught.value.problems[0].hint
    assert hint is not None
    assert hint.values["word"] == "fresh"


def test_at_most_fifty_are_shown(tmp_path: Path) -> None:
    with pytest.raises(BadFile) as caught:
        file(tmp_path, "answers: {fresh: 1, " + ", ".join(f"q{i}: 1" for i in range(80)) + "}\n")
    assert len(caught.value.problems) == 50


def test_of_many_unknown_questions_only_those_that_are_told_are_compared_with_what_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a file of 60,000 takes a minute to refuse."""
    looked_up: list[str] = []
    monkeypatch.setattr(suggestions, "nearest", lambda word, *_: looked_up.append(word))
    with pytest.raises(BadFile) as caught:
        file(tmp_path, "answers: {fresh: 1, " + ", ".join(f"q{i}: 1" for i in range(600)) + "}\n")
    assert [problem.hint for problem in caught.value.problems] == [None] * 50
    assert 0 < len(looked_up) <= 100


def test_a_file_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        list(read_answers_files(tmp_path / "lost.yaml", find_scheme))


@rows("text", ["just words", "[1, 2]", "12", '"x"', "- - a"])
def test_a_file_that_holds_no_visit_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadFile):
        files(tmp_path, text)


def test_control_characters_that_escapes_bring_in_are_cut_from_peoples_text(tmp_path: Path) -> None:
    visit = file(tmp_path, 'notes: {WAT-06: "a\\e[31mb\\0c\\u202e"}\n').visit
    assert visit.notes == {"WAT-06": "a[31mbc"}


def test_peoples_text_is_kept_without_space_around_and_over_several_lines(tmp_path: Path) -> None:
    visit = file(tmp_path, 'notes: {WAT-06: "  read twice\\n\\tby two people "}\nassessor: "  A B  "\n').visit
    assert visit.notes == {"WAT-06": "read twice\n\tby two people"}
    assert visit.assessor == "A B"


@given(broken(FULL))
def test_whatever_is_done_to_a_good_file_it_is_read_or_refused(text: str) -> None:
    with TemporaryDirectory() as folder:
        try:
            files(Path(folder), text)
        except BadFile as error:
            for problem in error.problems:
                assert 1 <= problem.mark.line <= text.count("\n") + 2
                assert all(Catalogue(language).render(problem.message) for language in LANGUAGES)


def test_a_visit_of_another_scheme_that_names_none_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadFile) as caught:
        file(tmp_path, "answers: {m1: true, m2: 3}\nnotes: {M-1: x}\n")
    (problem,) = caught.value.problems
    assert problem.message.key == "answers.no_scheme"
    assert (problem.key, problem.mark.line) == ("scheme", 2)
    for language in LANGUAGES:
        assert Catalogue(language).render(problem.message)


def test_a_visit_with_one_known_question_gets_the_unknown_ones_told(tmp_path: Path) -> None:
    with pytest.raises(BadFile) as caught:
        file(tmp_path, "answers: {fresh: 1, m2: 3}\n")
    assert [problem.message.key for problem in caught.value.problems] == ["answers.unknown_question"]


@rows(("text", "problems"), [('version: ▸"2"\nanswers: {gone: 1}\n', ["answers.other_version"])])
def test_a_visit_of_another_version_is_not_read_by_this_one(tmp_path: Path, text: str, problems: list[str]) -> None:
    assert keys(tmp_path, text) == problems
    assert file(tmp_path, f'version: "{SCHEME.version}"\nanswers: {{fresh: 1}}\n').visit.answers == {"fresh": 1}


def test_what_was_not_asked_is_read_and_stands_in_one_place_only(tmp_path: Path) -> None:
    assert file(tmp_path, "answers: {fresh: 1}\nnot_asked: {cars: 2}\n").visit.answers == {"fresh": 1, "cars": 2}
    assert keys(tmp_path, "answers: {cars: 1}\nnot_asked: {▸cars: 2}\n") == ["answers.asked_and_not"]


def test_every_key_of_an_answers_file_is_documented() -> None:
    page = (PACKAGE.parent / "docs" / "data.md").read_text(encoding="utf-8")
    documents = (AnswersDocument, StoreDocument, EvidenceDocument, FindingDocument, Expectation)
    assert [key for document in documents for key in document.model_fields if f"`{key}`" not in page] == []


# -- how an answer was calculated


def test_an_answer_with_its_formula_is_read_with_it(tmp_path: Path) -> None:
    read = file(tmp_path, "answers: {fresh: 3.333333, recycled: 75}\nformulas: {fresh: 10/3, recycled: 39/52*100}\n")
    assert {name: formula_of(answer) for name, answer in read.visit.answers.items()} == {
        "fresh": "10/3",
        "recycled": "39/52*100",
    }
    doubtful = file(tmp_path, 'answers: {fresh: 84}\nformulas: {fresh: "1.284-1.200", recycled: }\n').visit.answers
    assert formula_of(doubtful["fresh"]) == "1284-1200"  # the answer says how it was meant


def test_a_formula_that_does_not_give_its_answer_is_refused_in_its_place(tmp_path: Path) -> None:
    text = (
        "answers: {fresh: 3.33, recycled: 75, cars: ▸1.5, words: abcdef, system: no}\n"
        "formulas: {fresh: ▸10/3, recycled: ▸1/0, cars: 3/2, words: ▸1+1, day: ▸1+1, ▸frsh: 1+1}\n"
    )
    assert keys(tmp_path, text) == [
        *("answers.expected_whole", "answers.formula_gives_other", "answers.formula_zero"),
        *("answers.formula_of_no_number", "answers.formula_of_no_number", "answers.unknown_question"),
    ]
    assert keys(tmp_path, "answers: {recycled: 75}\nformulas: {fresh: ▸1+1, recycled: ▸75}\n") == [
        *("answers.formula_without_answer", "answers.formula_expected"),
    ]

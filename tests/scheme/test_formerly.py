"""`formerly`: an earlier id stands for one thing at most, and for none that is still called so."""

from tests.builders import refused, scheme
from tests.rows import rows

CRITERIA = """
categories:
  - category: A
    title: t
    {group}criteria:
      - {{id: A-1, title: t, points: 1, type: boolean, ask: q{lone}}}
      - id: A-2
        title: t
        points: 1
        questions:
          yes: {{type: boolean, ask: q{question}}}
          which: {{type: choice, ask: q, options: {{x: {{label: x{option}}}, y: {{label: y{other}}}}}}}
        score: {{of: "1 if yes else 0"}}
"""


def body(facts: str = "", **formerly: str) -> str:
    """A scheme in which things have earlier ids."""
    places = {name: f"formerly: [{ids}]" for name, ids in formerly.items()}
    group = places.pop("group", "")
    said = {name: f", {places[name]}" if name in places else "" for name in ("lone", "question", "option", "other")}
    return facts + CRITERIA.format(group=f"{group}\n    " if group else "", **said)


def test_answers_find_the_present_name_of_everything() -> None:
    facts = "facts: {new: {type: boolean, ask: q, formerly: [old]}}\n"
    names = scheme(body(facts, group="WAT, W", lone="W-1", question="yes_1", option="ex")).earlier_names
    assert [names.group("W"), names.criterion("W-1"), names.question("W-1")] == ["A", "A-1", "A-1"]
    assert [names.fact("old"), names.question("yes_1"), names.question("which")] == ["new", "yes", "which"]
    assert [names.answer("which", "ex"), names.answer("which", "y"), names.answer("which", ["ex"])] == ["x", "y", ["x"]]


@rows(
    ("facts", "formerly"),
    [
        ("", {"lone": "▸A-2"}),
        ("", {"lone": "▸A"}),
        ("", {"lone": "▸A-1"}),
        ("", {"question": "▸which"}),
        ("", {"question": "▸A-1"}),
        ("", {"option": "▸y"}),
        ("", {"option": "▸y", "other": "▸x"}),  # a circle: both are in use
        ("", {"group": "▸A-1"}),
        ("facts: {pool: {type: boolean, ask: q, formerly: [▸yes]}}\n", {}),
        ("facts: {pool: {type: boolean, ask: q}}\n", {"question": "▸pool"}),
        ("values: {pool: {of: 1, title: t}}\n", {"question": "▸pool"}),
    ],
)
def test_an_id_that_is_still_in_use_is_no_earlier_one(facts: str, formerly: dict[str, str]) -> None:
    problems = refused(body(facts, **formerly)).problems
    assert {problem.message.key for problem in problems} == {"validation.formerly_in_use"}


@rows(
    ("facts", "formerly"),
    [
        ("", {"lone": "▸W", "group": "W"}),
        ("", {"lone": "W-1", "question": "▸W-1"}),
        ("", {"option": "ex", "other": "▸ex"}),
        ("facts: {pool: {type: boolean, ask: q, formerly: [old]}}\n", {"question": "▸old"}),
    ],
)
def test_two_things_cannot_have_had_one_id(facts: str, formerly: dict[str, str]) -> None:
    problems = refused(body(facts, **formerly)).problems
    assert [problem.message.key for problem in problems] == ["validation.formerly_twice"]


def test_a_criterion_that_had_one_question_can_have_several_and_the_first_goes_on() -> None:
    text = """
    categories:
      - category: A
        title: t
        criteria:
          - id: A-1
            formerly: [W-1]
            title: t
            points: 1
            questions: {yes: {type: boolean, ask: q, formerly: [W-1]}}
    """
    names = scheme(text).earlier_names
    assert [names.criterion("W-1"), names.question("W-1")] == ["A-1", "yes"]

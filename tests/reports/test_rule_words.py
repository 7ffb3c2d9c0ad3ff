"""When a question is asked, in words: from the rule, as people call what it reads."""

from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.views.rule_words import asked_if
from tests.builders import read

SCHEME = read(
    """
scheme: small
version: "1"
title: t
languages: [en, zh]
facts:
  wash: {type: boolean, ask: {en: Wash?, zh: 洗车？}}
  rain: {type: number, unit: mm, ask: {en: Rain, zh: 降水量}}
values:
  sensible: {of: wash and rain >= 400, title: {en: Sensible, zh: 适宜}}
categories:
  - category: A
    title: t
    criteria:
      - id: A-1
        title: t
        points: 1
        applies_if: sensible or not wash
        questions:
          kind:
            type: choice
            ask: {en: Kind, zh: 方式}
            options: {no: {label: {en: None, zh: 无}}, gun: {label: {en: Gun, zh: 水枪}}}
          uses: {type: multiple, ask: {en: Uses, zh: 用途}, options: {road: {label: {en: Roads, zh: 道路}}}}
          part: {type: number, unit: "%", ask: {en: Part, zh: 占比}, ask_if: kind != "no" and (wash or rain > 100)}
          ticked: {type: boolean, ask: q, ask_if: '"road" in uses'}
          among: {type: boolean, ask: q, ask_if: 'kind in ["no", "gun"] and part < 0.5'}
          lone: {type: boolean, ask: q, ask_if: 'answer("A-2") and rain / 2 > 3'}
          chain: {type: boolean, ask: q, ask_if: 1 < rain < 3}
          inverse: {type: boolean, ask: q, ask_if: 'not ("road" not in uses)'}
        score: {of: 1 if wash else 0, at_least: {1: 1}}
      - {id: A-2, title: t, points: 1, type: boolean, ask: {en: Lone?, zh: 单独？}}
""".replace("50%", "0.5")
)


def asked(question: str, language: str = "en") -> str:
    return asked_if(SCHEME, [SCHEME.questions[question].ask_if], Catalogue(language))


def test_a_rule_is_told_in_the_words_of_its_questions_and_options() -> None:
    assert asked("kind") == ""
    assert asked("part") == "only if “Kind” is not “None” and (“Wash?” is yes or “Rain” is more than 100 mm)"
    assert asked("ticked") == "only if “Uses” includes “Roads”"
    assert asked("among") == "only if “Kind” is one of “None”, “Gun” and “Part” is less than 50 %"
    assert asked("lone") == "only if “Lone?” is yes and rain / 2 is more than 3"
    assert asked("chain") == "only if 1 < rain < 3"  # what has no words stays as it is
    assert asked("inverse") == "only if not (“Uses” does not include “Roads”)"
    assert asked("part", "zh") == "仅当“方式”不为“无”，且（“洗车？”为“是”，或“降水量”大于 100 mm）时"
    assert asked("ticked", "zh") == "仅当“用途”含“道路”时"


def test_a_condition_of_the_criterion_and_one_of_the_question_must_both_hold() -> None:
    rules = SCHEME.criteria["A-1"].applies_if, SCHEME.questions["ticked"].ask_if
    told = asked_if(SCHEME, rules, Catalogue("en"))
    assert told == "only if (“Sensible” is yes or “Wash?” is no) and “Uses” includes “Roads”"

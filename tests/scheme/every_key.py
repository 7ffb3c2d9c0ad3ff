"""A small scheme that has every key of the format, and what may be done to it: other rules, words, or spelling.

Each line of a table puts what stands behind the arrow in the place of what stands before it.
"""

from greenstar.scheme.model import Scheme
from tests.builders import read

EVERY_KEY = """
scheme: small
version: "1"
title: Small
languages: [en, zh]
valid_months: 36
decided_by: another
notice: a sample
scoring: {method: mean, points: 200, not_applicable: zero}
facts:
  pool: {type: boolean, ask: a pool}
  shop: {type: boolean, ask: a shop}
  area: {type: number, unit: {en: sqm, zh: 平方米}, min: 1, max: 9, plausible: [2, 8], whole: true, ask: q,
         helper: difference, ask_if: pool}
values:
  half: {of: area / 2, unit: m, title: Half, source: a book}
indicators:
  water_m3:
    {of: used_m3, unit: m³, title: Water, total: sum, better: less, source: a book,
     per: {of: area, times: 100, unit: m}}
options:
  coverage: {none: {label: No, points: 0}, all: {label: All, points: 0.5, effort: 3}}
places:
  roof: {en: Roof, zh: 屋顶, criteria: [A-1]}
  wall: Wall
categories:
  - category: A
    title: Water
    weight: 2
    method: mean
    points: 50
    criteria:
      - id: A-1
        title: Use
        points: 3
        weight: 2.5
        effort: 4
        place: roof
        applies_if: pool and not area > 3
        not_applicable: award
        intent: why
        guidance: how
        evidence: [a photo]
        source: a book
        questions:
          used_m3: {type: number, unit: m³, period: 12m, ask: q}
          loss: {type: number, unit: "%", max: 90%, ask: q}
        checks:
          - {refuse: used_m3 > 5, because: too much}
          - {warn: used_m3 > 4, because: much}
        score: {of: "used_m3 * half + 0.5", unit: "%", at_least: {10%: 1, 20%: 2}, effort: {20%: 7}}
      - {id: A-2, title: Held, prerequisite: true, met_if: answer("A-2") == "x", type: text, ask: q, place: wall}
      - {id: A-3, title: Falls, points: 3, type: number, ask: q, score: {at_most: {1: 3, 2: 1}}}
      - {id: A-4, title: Rises, points: 3, type: number, ask: q, score: {linear: {1: 1, 2: 3}}}
      - {id: A-5, title: Yes, points: 1, type: boolean, ask: q, formerly: [a5]}
  - category: B
    title: Inner
    categories:
      - category: C
        title: Energy
        criteria:
          - {id: C-1, title: Cover, points: 1, type: choice, options: coverage, ask: q}
          - {id: C-2, title: Two, points: 1, type: multiple, options: {x: {label: X, points: 1}, y: {label: Y}}, ask: q}
  - category: D
    title: More
    bonus: true
    max: 5
    criteria: [{id: D-1, title: t, points: 5, evidence: [x], type: boolean, ask: q}]
levels:
  - id: first
    title: First
    requires: {total: 20}
  - id: second
    title: Second
    stars: 2
    requires:
      total: 30%
      each_category: {min: 40%, except: [B], where_applies: 50%}
      categories: {A: 10}
      criteria: {A-1: 2}
      any_of: {at_least: 1, of: [A-1, A-3]}
      level: first
      findings: {major: 0}
      evidence: 90%
      excused: 10%
      complete: true
      prerequisites: [A-2]
      when: total > 5
      because: so
lighthouse:
  requires: {level: second}
  rank_by:
    - total
    - {id: used, of: 'points("A-1")', title: Used}
"""

RULES = r"""
scheme: small → scheme: other
version: "1" → version: "1.0"
valid_months: 36 → valid_months: 37
decided_by: another → decided_by: anyone
scoring: {method: mean → scoring: {method: min
points: 200 → points: 201
not_applicable: zero} → not_applicable: exclude}
shop: {type: boolean → shop: {type: date
unit: {en: sqm → unit: {en: ha
min: 1 → min: 1.5
max: 9 → max: 10
plausible: [2, 8] → plausible: [2, 7]
whole: true → whole: false
ask_if: pool → ask_if: not pool
of: area / 2 → of: 2 / area
of: area / 2, unit: m, → of: area / 2, unit: km,
label: All, points: 0.5 → label: All, points: 0.6
none: {label: No, points: 0}, all → all: {label: Full}, none
all: {label: All → full: {label: All
weight: 2 → weight: 3
method: mean → method: min
points: 50 → points: 51
points: 3 → points: 4
weight: 2.5 → weight: 2.50000000000000000000000000001
applies_if: pool and not area > 3 → applies_if: not pool and area > 3
area > 3 → area >= 3
not_applicable: award → not_applicable: forbid
evidence: [a photo] → evidence: []
type: number, unit: m³ → type: number, unit: l
period: 12m → period: 6m
max: 90% → max: 91%
refuse: used_m3 > 5 → warn: used_m3 > 5
refuse: used_m3 > 5 → refuse: used_m3 > 6
warn: used_m3 > 4 → warn: used_m3 > 3
of: "used_m3 * half + 0.5" → of: "used_m3 * (half + 0.5)"
unit: "%", at_least → unit: "m", at_least
at_least: {10%: 1, 20%: 2} → at_least: {10%: 1, 20%: 3}
at_least: {10%: 1, 20%: 2} → at_most: {10%: 1, 20%: 2}
at_least: {10%: 1, 20%: 2} → linear: {10%: 1, 20%: 2}
at_most: {1: 3, 2: 1} → at_most: {1: 3, 2.1: 1}
linear: {1: 1, 2: 3} → linear: {1: 1, 2: 2.5}
title: Yes, points: 1 → title: Yes, prerequisite: true
formerly: [a5] → formerly: [a5, a-5]
met_if: answer("A-2") == "x" → met_if: answer("A-2") == "X"
category: D → category: E
bonus: true\n    max: 5 → weight: 2
max: 5 → max: 4
{id: A-4, → {id: A-6,
- {refuse: used_m3 > 5, because: too much} → - {warn: area > 4, because: much}
categories:\n      - category: C → categories:\n      - category: F
stars: 2 → stars: 3
total: 20 → total: 20%
total: 30% → total: 31%
min: 40% → min: 41%
except: [B] → except: [A]
where_applies: 50% → where_applies: 49%
categories: {A: 10} → categories: {A: 11}
criteria: {A-1: 2} → criteria: {A-1: 1}
at_least: 1, of: [A-1, A-3] → at_least: 2, of: [A-1, A-3]
of: [A-1, A-3] → of: [A-1, A-4]
      level: first\n →
findings: {major: 0} → findings: {minor: 0}
evidence: 90% → evidence: 91%
excused: 10% → excused: 10
complete: true → complete: false
prerequisites: [A-2] → prerequisites: none
when: total > 5 → when: total > 6
requires: {level: second} → requires: {}
rank_by:\n    - total\n → rank_by:\n
{id: used, of: 'points("A-1")' → {id: used, of: 'points("A-3")'
{id: used, → {id: spent,
"""

WORDS = r"""
title: Small → title: {en: Small, zh: 小}
languages: [en, zh] → languages: [zh, en]
notice: a sample → notice: an invented sample
notice: a sample\n →
type: boolean, ask: a pool → type: boolean, ask: {en: a pool, zh: 水池}
title: Half → title: One half
{of: used_m3, unit: m³ → {of: 2 * used_m3, unit: l
total: sum, better: less → total: mean, better: more
per: {of: area, times: 100 → per: {of: half, times: 10
title: Half, source: a book → title: Half, source: another book
title: Half, source: a book → title: Half
label: All → label: Everything
roof: {en: Roof → roof: {en: The roof
criteria: [A-1]} → criteria: []}
place: wall → place: roof
intent: why → intent: why so
guidance: how → guidance: how so
evidence: [a photo] → evidence: [a film, a photo]
        source: a book\n →
because: too much → because: far too much
title: Use → title: Usage
title: First → title: The first
because: so → because: thus
title: Used → title: Spent
helper: difference,  →
effort: 4 → effort: 5
, effort: 3 →
effort: {20%: 7} → effort: {10%: 2, 20%: 7}
"""

SPELLINGS = r"""
points: 3 → points: 3.0
weight: 2 → weight: 2.00
max: 90% → max: 90.0%
unit: "%", max: → unit: "%", min: 0, max:
unit: m³ → unit: {en: m³, zh: m³}
none: {label: No, points: 0} → none: {label: No}
options: coverage → options: {none: {label: No, points: 0}, all: {label: All, points: 0.5}}
  coverage: →   unused: {x: {label: X}}\n  coverage:
of: area / 2 → of: (area/2.0)
applies_if: pool and not area > 3 → applies_if: (pool) and (not (area  >  3.0))
answer("A-2") == "x" → answer('A-2') == 'x'
{10%: 1, 20%: 2} → {20.0%: 2, 10%: 1.0}
score: {at_most → score: {of: answer("A-3"), at_most
title: Held, → title: Held, points: 0,
title: Falls, → title: Falls, weight: 1, prerequisite: false, not_applicable: zero,
title: Inner → title: Inner\n    weight: 1\n    method: sum\n    bonus: false
requires: {total: 20} → stars: 0\n    requires: {total: 20.0, prerequisites: all, complete: false}
any_of: {at_least: 1, of: [A-1, A-3]} → any_of: [{at_least: 1, of: [A-1, A-3]}]
"""


def changes(table: str) -> list[tuple[str, str]]:
    """The lines `before → after` of a table."""
    pairs = (line.partition("→") for line in table.strip("\n").splitlines())
    return [(before.removesuffix(" "), after.removeprefix(" ")) for before, _, after in pairs]


def changed(before: str, after: str, text: str = EVERY_KEY) -> Scheme:
    before, after = before.replace("\\n", "\n"), after.replace("\\n", "\n")
    assert before in text
    return read(text.replace(before, after, 1))

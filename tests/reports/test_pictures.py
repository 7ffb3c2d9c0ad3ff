"""Pictures of reports: nothing that they write is cut at their edges."""

import re

from greenstar.reports.svg.places import place_strip


def test_words_of_policies_that_lead_to_near_places_stand_within_the_picture() -> None:
    picture = place_strip(3, 87, (2, 6), {1: "as zero", 8: "in full"}, "", drawn={3: 7000, 4: 3000})
    left, top, width, height = (float(part) for part in re.findall(r'viewBox="([^"]*)"', picture)[0].split())
    texts = re.findall(r"<text[^>]*>", picture)
    assert len(texts) > 3
    for text in texts:
        x, y, size = (float(re.findall(rf' {name}="([^"]*)"', text)[0]) for name in ("x", "y", "font-size"))
        assert left <= x <= left + width
        assert top + size <= y < top + height

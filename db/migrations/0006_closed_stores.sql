-- What it means that a store closed: it has no rank in a cycle that was not over then, and its findings are due no more.
-- And a finding that a later visit has taken over is due there, once.

DROP VIEW ranking;
DROP VIEW open_finding;

-- The closed stores of each cycle that are named beside its ranking, and not in it. A cycle is over with the first visit
-- of a later one: what was ranked before a store closed stays as it was.
CREATE VIEW closed_in_cycle AS
SELECT DISTINCT assessment.store, assessment.cycle, store.closed
FROM store
JOIN assessment ON assessment.store = store.code
WHERE store.closed IS NOT NULL AND store.closed < coalesce((
    SELECT min(later.visited) FROM assessment AS later
    WHERE later.cycle_key > assessment.cycle_key AND later.visited > ''
), '9999-12-31');

-- The league: within one cycle and under the same rules, whatever their wording, by the scheme's first six keys; an
-- unknown key comes last.
CREATE VIEW ranking AS
SELECT
    rank() OVER (
        PARTITION BY cycle, scheme_name, rules
        ORDER BY
            json_extract(key_numbers, '$[0]') DESC NULLS LAST,
            json_extract(key_numbers, '$[1]') DESC NULLS LAST,
            json_extract(key_numbers, '$[2]') DESC NULLS LAST,
            json_extract(key_numbers, '$[3]') DESC NULLS LAST,
            json_extract(key_numbers, '$[4]') DESC NULLS LAST,
            json_extract(key_numbers, '$[5]') DESC NULLS LAST
    ) AS rank,
    cycle,
    cycle_key,
    scheme_name,
    version,
    rules,
    store,
    name,
    region,
    total_number AS total,
    level,
    stars,
    candidate,
    excused_points,
    assessment
FROM latest_score
WHERE (store, cycle) NOT IN (SELECT store, cycle FROM closed_in_cycle);

CREATE INDEX finding_follows ON finding (follows);

-- What is still to be closed, as the newest revision has it, be it a draft: closing goes on while a visit is under way.
CREATE VIEW open_finding AS
SELECT
    finding.id,
    finding.uid,
    finding.follows,
    visit.store,
    store.name,
    store.region,
    visit.cycle,
    visit.status,
    finding.criterion,
    finding.severity,
    finding.text,
    finding.action,
    finding.owner,
    finding.due,
    finding.found_at,
    finding.by AS assessor
FROM finding
JOIN visit ON visit.assessment = finding.assessment
JOIN store ON store.code = visit.store
WHERE finding.closed IS NULL AND visit.newest AND visit.status <> 'withdrawn' AND store.closed IS NULL
AND NOT EXISTS (
    SELECT 1 FROM finding AS later
    JOIN visit AS later_visit ON later_visit.assessment = later.assessment
    WHERE later.follows = finding.uid AND finding.uid <> '' AND later_visit.newest
    AND later_visit.status <> 'withdrawn'
);

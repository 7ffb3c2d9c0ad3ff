-- The tables a person wants: in Datasette, in a spreadsheet, in plain SQL.

-- What counts for each store in each cycle and scheme: the latest revision that left its draft, unless it was withdrawn.
CREATE VIEW latest_score AS
SELECT
    assessment.id AS assessment,
    assessment.store,
    store.name,
    store.city,
    store.region,
    assessment.cycle,
    assessment.scheme_name,
    scheme.version,
    assessment.scheme,
    assessment.revision,
    assessment.status,
    assessment.assessor,
    assessment.visited,
    assessment.submitted_at,
    assessment.certificate,
    assessment.last_day,
    scorecard.total,
    scorecard.total_number,
    scorecard.available,
    scorecard.share,
    scorecard.level,
    scorecard.stars,
    scorecard.candidate,
    scorecard.why_not,
    scorecard.keys,
    scorecard.key_numbers,
    scorecard.answered,
    scorecard.asked,
    scorecard.complete,
    scorecard.not_applicable_points
FROM assessment
JOIN store ON store.code = assessment.store
JOIN scheme ON scheme.sha256 = assessment.scheme
JOIN scorecard ON scorecard.assessment = assessment.id
WHERE assessment.status IN ('submitted', 'decided')
AND NOT EXISTS (
    SELECT 1 FROM assessment AS later
    WHERE later.store = assessment.store AND later.cycle = assessment.cycle
    AND later.scheme_name = assessment.scheme_name
    AND later.revision > assessment.revision AND later.status <> 'draft'
);

-- The league: within one cycle and one version of one scheme, by the scheme's first six keys; an unknown key comes last.
CREATE VIEW ranking AS
SELECT
    rank() OVER (
        PARTITION BY cycle, scheme
        ORDER BY
            json_extract(key_numbers, '$[0]') DESC NULLS LAST,
            json_extract(key_numbers, '$[1]') DESC NULLS LAST,
            json_extract(key_numbers, '$[2]') DESC NULLS LAST,
            json_extract(key_numbers, '$[3]') DESC NULLS LAST,
            json_extract(key_numbers, '$[4]') DESC NULLS LAST,
            json_extract(key_numbers, '$[5]') DESC NULLS LAST
    ) AS rank,
    cycle,
    scheme_name,
    version,
    store,
    name,
    region,
    total_number AS total,
    level,
    stars,
    candidate,
    assessment
FROM latest_score;

-- Every store with its latest assessment: of the latest cycle, in its latest revision.
CREATE VIEW store_overview AS
SELECT
    store.code AS store,
    store.name,
    store.city,
    store.region,
    assessment.cycle,
    assessment.scheme_name,
    assessment.revision,
    assessment.status,
    assessment.changed_at,
    scorecard.total_number AS total,
    scorecard.level,
    scorecard.stars,
    scorecard.answered,
    scorecard.asked,
    assessment.id AS assessment
FROM store
LEFT JOIN assessment ON assessment.id = (
    SELECT latest.id FROM assessment AS latest
    WHERE latest.store = store.code
    ORDER BY latest.cycle DESC, latest.revision DESC, latest.id DESC
    LIMIT 1
)
LEFT JOIN scorecard ON scorecard.assessment = assessment.id;

-- What is still to be closed, as the latest revision has it.
CREATE VIEW open_finding AS
SELECT
    finding.id,
    assessment.store,
    store.name,
    store.region,
    assessment.cycle,
    assessment.status,
    finding.criterion,
    finding.severity,
    finding.text,
    finding.action,
    finding.due,
    finding.found_at,
    finding.by AS assessor
FROM finding
JOIN assessment ON assessment.id = finding.assessment
JOIN store ON store.code = assessment.store
WHERE finding.closed IS NULL
AND assessment.status <> 'withdrawn'
AND NOT EXISTS (
    SELECT 1 FROM assessment AS later
    WHERE later.store = assessment.store AND later.cycle = assessment.cycle
    AND later.scheme_name = assessment.scheme_name AND later.revision > assessment.revision
);

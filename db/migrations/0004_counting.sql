-- The visit that counts, said once; and what else of a scorecard is kept.

-- worst, best: the least and the most total that answering what is open can still give; worst_level, best_level: the
-- levels that go with them. totals_by_policy: the total if the whole scheme treated what does not apply as `exclude`,
-- `award`, `zero` or `redistribute` (null where its groups cannot share points out): {"exclude": "305/4", ...}.
-- All are null in rows from before, until the visit is scored again.
ALTER TABLE scorecard ADD COLUMN worst TEXT;
ALTER TABLE scorecard ADD COLUMN worst_level TEXT;
ALTER TABLE scorecard ADD COLUMN best TEXT;
ALTER TABLE scorecard ADD COLUMN best_level TEXT;
ALTER TABLE scorecard ADD COLUMN totals_by_policy TEXT CHECK (totals_by_policy IS NULL OR json_valid(totals_by_policy));

-- Every revision of every visit, and what it is to its store in its cycle and scheme.
-- counts: it is the highest revision that was sealed, and it was not withdrawn. A store counts at most once; never a draft.
-- newest: there is no later revision; a draft that is newer than what counts stands in where drafts are asked for.
-- stale: its stored scorecard does not take the last change into account. What is sealed changes no more.
CREATE VIEW visit AS
SELECT
    assessment.id AS assessment,
    assessment.store,
    assessment.cycle,
    assessment.scheme_name,
    assessment.scheme,
    assessment.revision,
    assessment.status,
    assessment.status IN ('submitted', 'decided') AND NOT EXISTS (
        SELECT 1 FROM assessment AS later
        WHERE later.store = assessment.store AND later.cycle = assessment.cycle
        AND later.scheme_name = assessment.scheme_name
        AND later.revision > assessment.revision AND later.status <> 'draft'
    ) AS counts,
    NOT EXISTS (
        SELECT 1 FROM assessment AS later
        WHERE later.store = assessment.store AND later.cycle = assessment.cycle
        AND later.scheme_name = assessment.scheme_name AND later.revision > assessment.revision
    ) AS newest,
    scorecard.event IS NULL OR assessment.status = 'draft' AND scorecard.event < (
        SELECT max(event.id) FROM event WHERE event.store = assessment.store
    ) AS stale
FROM assessment
LEFT JOIN scorecard ON scorecard.assessment = assessment.id;

DROP VIEW ranking;
DROP VIEW latest_score;
DROP VIEW open_finding;

-- What counts for each store in each cycle and scheme, with its scorecard.
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
FROM visit
JOIN assessment ON assessment.id = visit.assessment
JOIN store ON store.code = visit.store
JOIN scheme ON scheme.sha256 = visit.scheme
JOIN scorecard ON scorecard.assessment = visit.assessment
WHERE visit.counts;

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

-- What is still to be closed, as the newest revision has it, be it a draft: closing goes on while a visit is under way.
CREATE VIEW open_finding AS
SELECT
    finding.id,
    visit.store,
    store.name,
    store.region,
    visit.cycle,
    visit.status,
    finding.criterion,
    finding.severity,
    finding.text,
    finding.action,
    finding.due,
    finding.found_at,
    finding.by AS assessor
FROM finding
JOIN visit ON visit.assessment = finding.assessment
JOIN store ON store.code = visit.store
WHERE finding.closed IS NULL AND visit.newest AND visit.status <> 'withdrawn';

"""The award, calculated a second time by another hand: SQL over whole numbers in DuckDB.

It knows nothing of the engine in `rules`: neither its code nor its packs. What the four Shenzhen
packs say is written down here again, so that the two agree only where both have read the rules
alike. Every amount is a BIGINT of fen, every division the whole-number division of amounts that
are not below zero. There is no DECIMAL and no DOUBLE; `judge` proves that of every table it makes.

A condition is a BOOLEAN, and SQL's third value is the answer "cannot tell". Every combination of
readings, and every tier that a missing fact leaves open, is a row of its own; whether they agree
is a question of groups.
"""

import csv
import tempfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

import duckdb


class Case(NamedTuple):
    """One case and its position. Money in fen, moments of Shanghai, None for what is not known."""

    case: int
    scheme: str
    applied_at: datetime | None
    applicant_kind: str | None
    founded_on: date | None
    signed_on: date | None
    contract_fen: int | None
    leased_fen: int | None = None
    related_party: bool | None = False
    provider_admitted: bool | None = True
    through_exchange: bool | None = None
    model_filed: bool | None = None
    other_support_fen: int | None = None
    awarded_before_fen: int | None = None
    overrun_reason: str | None = None
    used_fen: int = 0
    left_fen: int = 50_000_000_000


class Verdict(NamedTuple):
    """What the rules give for a case; texts joined by semicolons as on paper."""

    case: int
    status: str
    pack: str
    tier: str
    rate: str
    computed: str
    award_fen: int | None
    binding: str
    reasons: str
    readings: str
    largest_fen: int | None


COLUMNS = {
    "case": "BIGINT",
    "scheme": "VARCHAR",
    "applied_at": "TIMESTAMP",
    "applicant_kind": "VARCHAR",
    "founded_on": "DATE",
    "signed_on": "DATE",
    "contract_fen": "BIGINT",
    "leased_fen": "BIGINT",
    "related_party": "BOOLEAN",
    "provider_admitted": "BOOLEAN",
    "through_exchange": "BOOLEAN",
    "model_filed": "BOOLEAN",
    "other_support_fen": "BIGINT",
    "awarded_before_fen": "BIGINT",
    "overrun_reason": "VARCHAR",
    "used_fen": "BIGINT",
    "left_fen": "BIGINT",
}
ALLOWED_TYPES = {"BIGINT", "VARCHAR", "TIMESTAMP", "DATE", "BOOLEAN"}

PACKS = """
-- What is said of money and dates, a version a row. Percentages are whole numbers of hundredths.
CREATE TABLE version AS
SELECT scheme, pack, from_on::DATE AS from_on, until_on::DATE AS until_on,
       window_from::TIMESTAMP AS window_from, window_until::TIMESTAMP AS window_until,
       threshold_fen::BIGINT AS threshold_fen, percent::BIGINT AS percent,
       cap_fen::BIGINT AS cap_fen, overrun_fen::BIGINT AS overrun_fen
FROM (VALUES
    ('shenzhen-training-voucher', 'shenzhen-training-voucher@2025', '2024-12-18', '2026-01-01',
     NULL, NULL, NULL, 50, 1000000000, 1000000000),
    ('shenzhen-training-voucher', 'shenzhen-training-voucher@2026', '2026-01-01', '2026-12-18',
     '2026-05-06', '2026-06-06', 50000000, 50, 1000000000, 1000000000),
    ('shenzhen-corpus-voucher', 'shenzhen-corpus-voucher@2025', '2024-12-18', '2026-12-18',
     NULL, NULL, NULL, 30, 200000000, 200000000),
    ('shenzhen-model-voucher', 'shenzhen-model-voucher@2025', '2024-12-18', '2026-12-18',
     NULL, NULL, NULL, 30, 100000000, 200000000)
) AS said(scheme, pack, from_on, until_on, window_from, window_until, threshold_fen, percent,
          cap_fen, overrun_fen);

-- What no source sets, with its readings; the first has the number 0.
CREATE TABLE reading AS
SELECT pack, parameter, number::BIGINT AS number, name
FROM (VALUES
    ('shenzhen-training-voucher@2025', 'startup_reference_date', 0, 'applied_at'),
    ('shenzhen-training-voucher@2025', 'startup_reference_date', 1, 'signed_on'),
    ('shenzhen-training-voucher@2025', 'startup_definition', 0, '12'),
    ('shenzhen-training-voucher@2025', 'startup_definition', 1, '60'),
    ('shenzhen-training-voucher@2025', 'startup_ceiling', 0, '50'),
    ('shenzhen-training-voucher@2025', 'startup_ceiling', 1, '60'),
    ('shenzhen-training-voucher@2025', 'budget_exceeded', 0, 'rest'),
    ('shenzhen-training-voucher@2025', 'budget_exceeded', 1, 'nothing'),
    ('shenzhen-training-voucher@2026', 'startup_reference_date', 0, 'applied_at'),
    ('shenzhen-training-voucher@2026', 'startup_reference_date', 1, 'signed_on'),
    ('shenzhen-training-voucher@2026', 'startup_ceiling', 0, '50'),
    ('shenzhen-training-voucher@2026', 'startup_ceiling', 1, '60'),
    ('shenzhen-training-voucher@2026', 'budget_exceeded', 0, 'rest'),
    ('shenzhen-training-voucher@2026', 'budget_exceeded', 1, 'nothing'),
    ('shenzhen-corpus-voucher@2025', 'budget_exceeded', 0, 'rest'),
    ('shenzhen-corpus-voucher@2025', 'budget_exceeded', 1, 'nothing'),
    ('shenzhen-model-voucher@2025', 'budget_exceeded', 0, 'rest'),
    ('shenzhen-model-voucher@2025', 'budget_exceeded', 1, 'nothing')
) AS said(pack, parameter, number, name);

-- Every combination of readings; a pack that does not have a parameter has NULL there.
CREATE TABLE combination AS
SELECT version.pack, d.name AS reference_date, m.name AS definition, c.name AS ceiling,
       b.name AS exceeded,
       coalesce(d.number, 0) AS d, coalesce(m.number, 0) AS m,
       coalesce(c.number, 0) AS c, coalesce(b.number, 0) AS b
FROM version
LEFT JOIN reading d ON d.pack = version.pack AND d.parameter = 'startup_reference_date'
LEFT JOIN reading m ON m.pack = version.pack AND m.parameter = 'startup_definition'
LEFT JOIN reading c ON c.pack = version.pack AND c.parameter = 'startup_ceiling'
LEFT JOIN reading b ON b.pack = version.pack AND b.parameter = 'budget_exceeded';
"""

CONDITIONS = """
-- Each condition holds (TRUE), fails (FALSE) or cannot be told (NULL). What a pack does not ask
-- for holds.
CREATE TABLE asked AS
SELECT cases.*, version.* EXCLUDE (scheme),
       CASE WHEN cases.scheme = 'shenzhen-training-voucher'
            THEN applicant_kind IN ('enterprise', 'university', 'research_institute')
            ELSE applicant_kind = 'enterprise' END AS kind,
       window_from IS NULL OR (applied_at >= window_from AND applied_at < window_until) AS in_window,
       threshold_fen IS NULL OR coalesce(leased_fen, contract_fen) >= threshold_fen AS threshold,
       cases.scheme <> 'shenzhen-corpus-voucher' OR through_exchange AS exchanged,
       cases.scheme = 'shenzhen-model-voucher' OR NOT related_party AS unrelated,
       cases.scheme <> 'shenzhen-training-voucher' OR provider_admitted AS admitted,
       cases.scheme <> 'shenzhen-model-voucher' OR model_filed AS filed
FROM cases LEFT JOIN version
  ON version.scheme = cases.scheme AND applied_at >= from_on AND applied_at < until_on;

CREATE TABLE answered AS
SELECT *,
    concat_ws(';', CASE WHEN kind = FALSE THEN 'kind' END, CASE WHEN in_window = FALSE THEN 'window' END,
              CASE WHEN threshold = FALSE THEN 'threshold' END,
              CASE WHEN exchanged = FALSE THEN 'through_exchange' END,
              CASE WHEN unrelated = FALSE THEN 'related_party' END,
              CASE WHEN admitted = FALSE THEN 'provider_admitted' END,
              CASE WHEN filed = FALSE THEN 'model_filed' END) AS failed,
    concat_ws(';', CASE WHEN kind IS NULL THEN 'kind' END, CASE WHEN in_window IS NULL THEN 'window' END,
              CASE WHEN threshold IS NULL THEN 'threshold' END,
              CASE WHEN exchanged IS NULL THEN 'through_exchange' END,
              CASE WHEN unrelated IS NULL THEN 'related_party' END,
              CASE WHEN admitted IS NULL THEN 'provider_admitted' END,
              CASE WHEN filed IS NULL THEN 'model_filed' END) AS untold
FROM asked;
"""

AWARDS = """
-- The tier under each combination: TRUE startup, FALSE general, NULL both are possible.
CREATE TABLE tiered AS
SELECT "case", contract_fen, percent, left_fen, founded_on, signed_on,
       coalesce(other_support_fen, 0) AS other_fen,
       scheme = 'shenzhen-training-voucher' AND coalesce(other_support_fen, 0) > 0 AS engaged,
       greatest(CASE WHEN overrun_reason IS NULL THEN cap_fen ELSE overrun_fen END
                - coalesce(awarded_before_fen, 0) - used_fen, 0) AS cap_left_fen,
       combination.* EXCLUDE (pack),
       CASE WHEN scheme = 'shenzhen-training-voucher' THEN
           CASE reference_date WHEN 'signed_on' THEN signed_on ELSE applied_at::DATE END
           < (founded_on + to_months(CASE definition WHEN '60' THEN 60 ELSE 12 END))::DATE
       ELSE FALSE END AS startup
FROM answered JOIN combination USING (pack)
WHERE failed = '' AND untold = '' AND contract_fen IS NOT NULL;

CREATE TABLE limited AS
SELECT tiered.*, tier.name AS tier, tier.number::BIGINT AS tier_number,
       (CASE tier.name WHEN 'startup' THEN 60 ELSE percent END)::BIGINT AS rate_percent,
       contract_fen * rate_percent // 100 AS computed_fen,
       CASE WHEN engaged THEN greatest(
           contract_fen * (CASE WHEN tier.name = 'startup' AND ceiling = '60' THEN 60 ELSE 50 END)::BIGINT
           // 100 - other_fen, 0) END AS allowed_fen
FROM tiered
JOIN (VALUES ('startup', 0), ('general', 1)) AS tier(name, number)
  ON CASE tier.name WHEN 'startup' THEN startup IS NOT FALSE ELSE startup IS NOT TRUE END;

CREATE TABLE capped AS
SELECT *, least(computed_fen, coalesce(allowed_fen, computed_fen), cap_left_fen) AS wanted_fen
FROM limited;

CREATE TABLE alternative AS
SELECT *,
       CASE WHEN left_fen >= wanted_fen THEN wanted_fen
            WHEN exceeded = 'rest' THEN left_fen
            ELSE 0 END AS award_fen,
       CASE WHEN left_fen < wanted_fen THEN 'budget'
            WHEN computed_fen = wanted_fen THEN 'rate'
            WHEN allowed_fen = wanted_fen THEN 'other_support'
            ELSE 'applicant_year' END AS bound
FROM capped;
"""

AGREEMENT = """
-- The set of awards of a combination: of two tiers at most, so its least and greatest are the set.
CREATE TABLE outcome AS
SELECT "case", d, m, c, b, min(award_fen) AS least_fen, max(award_fen) AS most_fen,
       max(award_fen) > min(award_fen) AND bool_or(founded_on IS NULL) AS founding_open,
       max(award_fen) > min(award_fen) AND bool_or(reference_date = 'signed_on' AND signed_on IS NULL)
           AS signing_open
FROM alternative GROUP BY "case", d, m, c, b;

CREATE TABLE disputed AS
SELECT "case", bool_or(founding_open) AS founding, coalesce(bool_or(signing_open), FALSE) AS signing
FROM outcome GROUP BY "case" HAVING min(least_fen) < max(most_fen);

CREATE TABLE difference AS
SELECT disputed.*,
    "case" IN (SELECT "case" FROM outcome GROUP BY "case", m, c, b
               HAVING min(least_fen) < max(least_fen) OR min(most_fen) < max(most_fen)) AS by_d,
    "case" IN (SELECT "case" FROM outcome GROUP BY "case", d, c, b
               HAVING min(least_fen) < max(least_fen) OR min(most_fen) < max(most_fen)) AS by_m,
    "case" IN (SELECT "case" FROM outcome GROUP BY "case", d, m, b
               HAVING min(least_fen) < max(least_fen) OR min(most_fen) < max(most_fen)) AS by_c,
    "case" IN (SELECT "case" FROM outcome GROUP BY "case", d, m, c
               HAVING min(least_fen) < max(least_fen) OR min(most_fen) < max(most_fen)) AS by_b
FROM disputed;

-- One entry a combination of those readings that make a difference, and an award of it.
CREATE TABLE entry AS
SELECT "case", d, m, c, b, award_fen, min(tier_number) AS tier_number,
       concat_ws(',', CASE WHEN by_d THEN 'startup_reference_date=' || any_value(reference_date) END,
                 CASE WHEN by_m THEN 'startup_definition=' || any_value(definition) END,
                 CASE WHEN by_c THEN 'startup_ceiling=' || any_value(ceiling) END,
                 CASE WHEN by_b THEN 'budget_exceeded=' || any_value(exceeded) END)
       || ':' || award_fen // 100 || '.' || lpad((award_fen % 100)::VARCHAR, 2, '0') AS said
FROM alternative JOIN difference USING ("case")
WHERE (by_d OR d = 0) AND (by_m OR m = 0) AND (by_c OR c = 0) AND (by_b OR b = 0)
  AND (by_d OR by_m OR by_c OR by_b)
GROUP BY "case", d, m, c, b, award_fen, by_d, by_m, by_c, by_b;

CREATE TABLE told AS
SELECT "case", string_agg(said, ';' ORDER BY d, m, c, b, tier_number) AS readings
FROM entry GROUP BY "case";

-- What an alternative says that another has said is not said again.
CREATE TABLE computed AS
SELECT "case", string_agg(said, ';' ORDER BY tier_number) AS computed
FROM (SELECT "case", min(tier_number) AS tier_number,
             computed_fen // 100 || '.' || lpad((computed_fen % 100)::VARCHAR, 2, '0') AS said
      FROM alternative GROUP BY "case", computed_fen)
GROUP BY "case";

CREATE TABLE placed AS
SELECT "case", string_agg(tier, ';' ORDER BY tier_number) AS tier,
       string_agg(rate, ';' ORDER BY tier_number) AS rate
FROM (SELECT DISTINCT "case", tier, tier_number, '0.' || rate_percent // 10 AS rate FROM alternative)
GROUP BY "case";

CREATE TABLE settled AS
SELECT "case", min(award_fen) AS award_fen, max(award_fen) AS largest_fen,
       concat_ws(';', CASE WHEN bool_or(bound = 'rate') THEN 'rate' END,
                 CASE WHEN bool_or(bound = 'other_support') THEN 'other_support' END,
                 CASE WHEN bool_or(bound = 'applicant_year') THEN 'applicant_year' END,
                 CASE WHEN bool_or(bound = 'budget') THEN 'budget' END) AS binding
FROM alternative GROUP BY "case";
"""

VERDICTS = """
CREATE TABLE verdict AS
SELECT answered."case",
       CASE WHEN pack IS NULL THEN 'blocked'
            WHEN failed <> '' THEN 'refused'
            WHEN untold <> '' OR contract_fen IS NULL OR difference."case" IS NOT NULL THEN 'blocked'
            WHEN settled.award_fen = 0 THEN 'refused'
            ELSE 'awarded' END AS status,
       coalesce(pack, '') AS pack,
       coalesce(tier, '') AS tier, coalesce(rate, '') AS rate, coalesce(computed, '') AS computed,
       CASE WHEN difference."case" IS NULL AND settled.award_fen > 0 THEN settled.award_fen END AS award_fen,
       CASE WHEN difference."case" IS NULL THEN coalesce(binding, '') ELSE '' END AS binding,
       CASE WHEN pack IS NULL THEN 'no_pack'
            WHEN failed <> '' THEN failed
            WHEN untold <> '' THEN untold
            WHEN contract_fen IS NULL THEN 'contract_amount'
            WHEN difference."case" IS NOT NULL THEN
                concat_ws(';', CASE WHEN by_d THEN 'startup_reference_date' END,
                          CASE WHEN by_m THEN 'startup_definition' END,
                          CASE WHEN by_c THEN 'startup_ceiling' END,
                          CASE WHEN by_b THEN 'budget_exceeded' END,
                          CASE WHEN signing THEN 'signed_on' END,
                          CASE WHEN founding THEN 'founded_on' END)
            WHEN settled.award_fen = 0 THEN binding
            ELSE '' END AS reasons,
       coalesce(readings, '') AS readings,
       settled.largest_fen
FROM answered
LEFT JOIN difference ON difference."case" = answered."case"
LEFT JOIN settled ON settled."case" = answered."case"
LEFT JOIN placed ON placed."case" = answered."case"
LEFT JOIN computed ON computed."case" = answered."case"
LEFT JOIN told ON told."case" = answered."case";
"""

SQL = PACKS + CONDITIONS + AWARDS + AGREEMENT + VERDICTS


def judge(cases: Iterable[Case], altered: Sequence[tuple[str, str]] = ()) -> list[Verdict]:
    """The verdict on each case, in the order of their numbers.

    Args:
        cases: cases with distinct numbers; any order.
        altered: faults to plant, each a piece of the SQL that is there exactly once, and what
            takes its place. A test of a test uses this.
    """
    sql = SQL
    for right, wrong in altered:
        if sql.count(right) != 1:
            raise ValueError(f"there {sql.count(right)} times: {right}")
        sql = sql.replace(right, wrong)
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as base:
        path = Path(folder) / "cases.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(cases)
        kinds = ", ".join(f"'{column}': '{kind}'" for column, kind in COLUMNS.items())
        base.execute(
            f"CREATE TABLE cases AS FROM read_csv('{path.as_posix()}', columns = {{{kinds}}}, "
            "auto_detect = FALSE, header = FALSE, delim = ',', quote = '\"', nullstr = '')"
        )
        base.execute(sql)
        strange = base.execute(
            "SELECT table_name, column_name, data_type FROM duckdb_columns() "
            "WHERE NOT internal AND data_type NOT IN (SELECT unnest(?))",
            [sorted(ALLOWED_TYPES)],
        ).fetchall()
        if strange:
            raise TypeError(f"not whole numbers throughout: {strange}")
        return [Verdict(*row) for row in base.execute('FROM verdict ORDER BY "case"').fetchall()]

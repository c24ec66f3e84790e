"""Two packs of other places, calculated a second time by another way: SQL over whole numbers in DuckDB.

Beijing 2023-2025: dates and yes-or-no conditions, a base without the lines that do not count, a rate that
the officer may lower. Hangzhou 2025: three tiers of which the first that fits counts, a rate and a rule
of the budget that no source states. What the packs say is written down here again; nothing of the engine
is used. Every amount is a BIGINT of fen and every division whole.
"""

import csv
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import duckdb


class Said(NamedTuple):
    """What comes out for a case; texts as in a file of results, amounts in fen."""

    case: int
    status: str
    tier: str
    rate: str
    base_fen: int | None
    computed: str
    award_fen: int | None
    binding: str
    reasons: str
    readings: str


BEIJING_COLUMNS = {
    "case": "BIGINT",
    "applied_at": "TIMESTAMP",
    "signed_on": "DATE",
    "starts_on": "DATE",
    "ends_on": "DATE",
    "contract_amount": "BIGINT",
    "storage_amount": "BIGINT",
    "network_amount": "BIGINT",
    "security_amount": "BIGINT",
    "claimed_before": "BOOLEAN",
    "dishonest_in_three_years": "BOOLEAN",
    "awarded_before": "BIGINT",
    "officer_rate": "BIGINT",
    "officer_rate_reason": "VARCHAR",
    "used": "BIGINT",
}

BEIJING = """
CREATE TABLE asked AS SELECT *,
    applied_at >= TIMESTAMP '2023-09-01' AND applied_at < TIMESTAMP '2026-01-01' AS in_force,
    signed_on >= DATE '2023-09-01' AS signed,
    ends_on < (starts_on + to_months(12))::DATE AS term,
    NOT claimed_before AS once,
    NOT dishonest_in_three_years AS honest
FROM cases;

CREATE TABLE answered AS SELECT *,
    concat_ws(';', CASE WHEN signed = FALSE THEN 'signed' END, CASE WHEN term = FALSE THEN 'term' END,
              CASE WHEN once = FALSE THEN 'once' END, CASE WHEN honest = FALSE THEN 'honest' END) AS failed,
    concat_ws(';', CASE WHEN signed IS NULL THEN 'signed' END, CASE WHEN term IS NULL THEN 'term' END,
              CASE WHEN once IS NULL THEN 'once' END, CASE WHEN honest IS NULL THEN 'honest' END) AS untold,
    CASE WHEN contract_amount IS NULL THEN 'contract_amount'
         WHEN officer_rate < 200000 AND officer_rate_reason IS NULL THEN 'officer_rate_reason'
    END AS lacking
FROM asked;

CREATE TABLE counted AS SELECT *,
    greatest(contract_amount - coalesce(storage_amount, 0) - coalesce(network_amount, 0)
             - coalesce(security_amount, 0), 0) AS base_fen,
    least(coalesce(officer_rate, 200000), 200000) AS millionths,
    base_fen * millionths // 1000000 AS computed_fen,
    greatest(200000000 - coalesce(awarded_before, 0) - used, 0) AS left_fen,
    least(computed_fen, left_fen) AS award_fen,
    CASE WHEN left_fen < computed_fen THEN 'applicant_year' ELSE 'rate' END AS bound
FROM answered;

CREATE TABLE verdict AS SELECT "case",
    CASE WHEN NOT in_force THEN 'blocked' WHEN failed <> '' THEN 'refused'
         WHEN untold <> '' OR lacking IS NOT NULL THEN 'blocked'
         WHEN award_fen = 0 THEN 'refused' ELSE 'awarded' END AS status,
    in_force AND failed = '' AND untold = '' AND lacking IS NULL AS reckoned,
    CASE WHEN reckoned THEN 'general' ELSE '' END AS tier,
    CASE WHEN reckoned THEN rtrim(rtrim(
        millionths // 1000000 || '.' || lpad((millionths % 1000000)::VARCHAR, 6, '0'), '0'), '.')
    ELSE '' END AS rate,
    CASE WHEN reckoned THEN base_fen END AS base_fen,
    CASE WHEN reckoned THEN computed_fen // 100 || '.' || lpad((computed_fen % 100)::VARCHAR, 2, '0') ELSE ''
    END AS computed,
    CASE WHEN reckoned AND award_fen > 0 THEN award_fen END AS award_fen,
    CASE WHEN reckoned THEN bound ELSE '' END AS binding,
    CASE WHEN NOT in_force THEN 'no_pack' WHEN failed <> '' THEN failed WHEN untold <> '' THEN untold
         WHEN lacking IS NOT NULL THEN lacking WHEN award_fen = 0 THEN bound ELSE '' END AS reasons,
    '' AS readings
FROM counted;
"""

HANGZHOU_COLUMNS = {
    "case": "BIGINT",
    "applied_at": "TIMESTAMP",
    "base_model_filed": "BOOLEAN",
    "domestic_compute": "BOOLEAN",
    "contract_amount": "BIGINT",
    "awarded_before": "BIGINT",
    "used": "BIGINT",
    "spent": "BIGINT",
}

HANGZHOU = """
CREATE TABLE asked AS SELECT *,
    applied_at >= TIMESTAMP '2025-01-01' AS in_force,
    greatest(800000000 - coalesce(awarded_before, 0) - used, 0) AS cap_fen,
    25000000000 - spent AS left_fen
FROM cases;

-- Every way to read the two open questions, with every tier that the facts leave possible.
CREATE TABLE way AS SELECT asked.*, domestic.said AS d_said, budget.said AS b_said, domestic.number AS d,
    budget.number AS b, tier.name AS tier, tier.number AS tier_number,
    CASE tier.name WHEN 'filed_base_model' THEN 45 WHEN 'other_compute' THEN 25
         ELSE domestic.hundredths END::BIGINT AS percent,
    contract_amount * percent // 100 AS computed_fen,
    least(computed_fen, cap_fen) AS wanted_fen,
    CASE WHEN left_fen >= wanted_fen THEN wanted_fen WHEN budget.said = 'rest' THEN greatest(left_fen, 0)
         ELSE 0 END AS award_fen,
    CASE WHEN left_fen < wanted_fen THEN 'budget' WHEN cap_fen < computed_fen THEN 'applicant_year'
         ELSE 'rate' END AS bound
FROM asked,
    (VALUES ('45', 0, 45), ('25', 1, 25)) AS domestic(said, number, hundredths),
    (VALUES ('rest', 0), ('nothing', 1)) AS budget(said, number),
    (VALUES ('filed_base_model', 0), ('domestic_compute', 1), ('other_compute', 2)) AS tier(name, number)
WHERE in_force AND contract_amount IS NOT NULL AND CASE tier.name
    WHEN 'filed_base_model' THEN base_model_filed IS NOT FALSE
    WHEN 'domestic_compute' THEN base_model_filed IS NOT TRUE AND domestic_compute IS NOT FALSE
    ELSE base_model_filed IS NOT TRUE AND domestic_compute IS NOT TRUE END;

CREATE TABLE outcome AS SELECT "case", d, b, d_said, b_said,
    list_sort(list_distinct(list(award_fen)))::VARCHAR AS awards, count(DISTINCT award_fen) > 1 AS open
FROM way GROUP BY ALL;

CREATE TABLE dispute AS SELECT "case",
    "case" IN (SELECT "case" FROM outcome GROUP BY "case", b HAVING count(DISTINCT awards) > 1) AS by_d,
    "case" IN (SELECT "case" FROM outcome GROUP BY "case", d HAVING count(DISTINCT awards) > 1) AS by_b,
    bool_or(open) AS by_fact
FROM outcome GROUP BY "case"
HAVING "case" IN (SELECT "case" FROM way GROUP BY "case" HAVING count(DISTINCT award_fen) > 1);

CREATE TABLE entry AS SELECT "case", d, b, min(tier_number) AS place,
    concat_ws(',', CASE WHEN by_d THEN 'domestic_rate=' || d_said END,
                   CASE WHEN by_b THEN 'budget_exceeded=' || b_said END)
    || ':' || award_fen // 100 || '.' || lpad((award_fen % 100)::VARCHAR, 2, '0') AS said
FROM way JOIN dispute USING ("case")
WHERE (by_d OR by_b) AND (by_d OR d = 0) AND (by_b OR b = 0)
GROUP BY "case", d, b, d_said, b_said, by_d, by_b, award_fen;

CREATE TABLE told AS SELECT "case", string_agg(said, ';' ORDER BY d, b, place) AS readings
FROM entry GROUP BY "case";

CREATE TABLE named AS SELECT "case",
    string_agg(tier, ';' ORDER BY place) AS tiers
FROM (SELECT "case", tier, min(tier_number) AS place FROM way GROUP BY "case", tier) GROUP BY "case";

CREATE TABLE rated AS SELECT "case", string_agg('0.' || percent, ';' ORDER BY place) AS rates
FROM (SELECT "case", percent, min(tier_number * 2 + d) AS place FROM way GROUP BY "case", percent)
GROUP BY "case";

CREATE TABLE reckoned AS SELECT "case",
    string_agg(computed_fen // 100 || '.' || lpad((computed_fen % 100)::VARCHAR, 2, '0'), ';' ORDER BY place)
        AS computed
FROM (SELECT "case", computed_fen, min(tier_number * 2 + d) AS place FROM way GROUP BY "case", computed_fen)
GROUP BY "case";

CREATE TABLE bound AS SELECT "case", min(award_fen) AS award_fen,
    concat_ws(';', CASE WHEN bool_or(bound = 'rate') THEN 'rate' END,
              CASE WHEN bool_or(bound = 'applicant_year') THEN 'applicant_year' END,
              CASE WHEN bool_or(bound = 'budget') THEN 'budget' END) AS binding
FROM way GROUP BY "case";

CREATE TABLE verdict AS SELECT asked."case",
    CASE WHEN NOT in_force OR contract_amount IS NULL OR dispute."case" IS NOT NULL THEN 'blocked'
         WHEN bound.award_fen = 0 THEN 'refused' ELSE 'awarded' END AS status,
    coalesce(tiers, '') AS tier, coalesce(rates, '') AS rate,
    CASE WHEN tiers IS NOT NULL THEN contract_amount END AS base_fen,
    coalesce(computed, '') AS computed,
    CASE WHEN dispute."case" IS NULL AND bound.award_fen > 0 THEN bound.award_fen END AS award_fen,
    CASE WHEN dispute."case" IS NULL THEN coalesce(binding, '') ELSE '' END AS binding,
    CASE WHEN NOT in_force THEN 'no_pack'
         WHEN contract_amount IS NULL THEN concat_ws(';',  -- every fact that is missing is named
             CASE WHEN base_model_filed IS NULL THEN 'base_model_filed' END,
             CASE WHEN base_model_filed IS NOT TRUE AND domestic_compute IS NULL THEN 'domestic_compute' END,
             'contract_amount')
         WHEN dispute."case" IS NOT NULL THEN concat_ws(';',
             CASE WHEN by_d THEN 'domestic_rate' END, CASE WHEN by_b THEN 'budget_exceeded' END,
             CASE WHEN by_fact AND base_model_filed IS NULL THEN 'base_model_filed' END,
             CASE WHEN by_fact AND domestic_compute IS NULL THEN 'domestic_compute' END)
         WHEN bound.award_fen = 0 THEN binding ELSE '' END AS reasons,
    coalesce(readings, '') AS readings
FROM asked
LEFT JOIN dispute ON dispute."case" = asked."case"
LEFT JOIN bound ON bound."case" = asked."case"
LEFT JOIN named ON named."case" = asked."case"
LEFT JOIN rated ON rated."case" = asked."case"
LEFT JOIN reckoned ON reckoned."case" = asked."case"
LEFT JOIN told ON told."case" = asked."case";
"""


def judge(
    sql: str,
    columns: Mapping[str, str],
    cases: Iterable[Mapping[str, Any]],
    altered: Sequence[tuple[str, str]] = (),
) -> list[Said]:
    """What SQL says of each case, in the order of their numbers; ``altered`` plants faults."""
    for right, wrong in altered:
        if sql.count(right) != 1:
            raise ValueError(f"there {sql.count(right)} times: {right}")
        sql = sql.replace(right, wrong)
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as base:
        path = Path(folder) / "cases.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([[case.get(name) for name in columns] for case in cases])
        kinds = ", ".join(f"'{column}': '{kind}'" for column, kind in columns.items())
        base.execute(
            f"CREATE TABLE cases AS FROM read_csv('{path.as_posix()}', columns = {{{kinds}}}, "
            "auto_detect = FALSE, header = FALSE, delim = ',', quote = '\"', nullstr = '')"
        )
        base.execute(sql)
        names = ", ".join('"case"' if name == "case" else name for name in Said._fields)
        return [Said(*row) for row in base.execute(f'SELECT {names} FROM verdict ORDER BY "case"').fetchall()]

"""One pack of each newer construct, calculated a second time by another way: SQL over whole numbers.

Costs by kind with sums, a floor on a sum and a ceiling of the base; days, working days, a moment against a
day, what must be known and a default that is written down; a rate that a fact says, an officer's own names, a
fixed sum without a base, a rule of which no source says whether it holds; shares that are rounded. What the
packs say is written down here again, for DuckDB, with nothing of the engine. Every amount is a BIGINT of fen.
"""

import csv
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

HEAD = """
id = "twin"
version = "1"
title = "twin"
document = "d"
grade = "A"
in_force = { from = 2026-01-01, until = 2027-01-01, article = "1" }
"""

COSTS = HEAD + """
[[fact]]
id = "research"
type = "money"

[[fact]]
id = "computing"
type = "money"
default = 0

[[fact]]
id = "refunded"
type = "money"
default = 0

[[sum]]
id = "eligible"
of = ["research", "computing", "-refunded"]

[[condition]]
id = "enough"
fact = "eligible"
at_least = "1000.00"
article = "2"

[[line]]
id = "research_line"
fact = "research"
rate = "0.4"
unit = "1.00"
mode = "half_up"
article = "3"

[[line]]
id = "computing_line"
fact = "computing"
rate = "0.666667"
tier_rate = { young = "0.7" }
limit = "5000.00"
article = "3"

[[tier]]
id = "young"
when = { fact = "applied_at", after = "founded_on", less_than_days = 365 }
lines = true
article = "4"

[[tier]]
id = "general"
otherwise = true
lines = ["research_line", "computing_line"]
article = "4"

[[floor]]
id = "least"
on = "eligible"
at_least = "1200.00"
how = "refuse"
article = "5"

[[stacking]]
id = "in_all"
how = "ceiling"
share = "0.55"
of = "base"
article = "6"

[[cap]]
id = "applicant_year"
limit = "6000.00"
per = ["applicant", "year"]
before = "awarded_before"
article = "7"
"""  # fmt: skip

COSTS_COLUMNS = {
    "case": "BIGINT", "applied_at": "TIMESTAMP", "founded_on": "DATE", "research": "BIGINT",
    "computing": "BIGINT", "refunded": "BIGINT", "other_support": "BIGINT", "awarded_before": "BIGINT",
    "used": "BIGINT",
}  # fmt: skip

COSTS_SQL = """
CREATE TABLE summed AS SELECT *,
    CASE WHEN research IS NOT NULL
         THEN greatest(research + coalesce(computing, 0) - coalesce(refunded, 0), 0) END AS eligible,
    coalesce(other_support, 0) AS other,
    greatest(600000 - coalesce(awarded_before, 0) - used, 0) AS cap_fen
FROM cases;

CREATE TABLE way AS SELECT summed.*, tier.name AS tier, tier.rate AS rate,
    (research * 400000 + 50000000) // 100000000 * 100 AS research_fen,
    least(coalesce(computing, 0) * tier.rate // 1000000, 500000) AS computing_fen,
    research_fen + computing_fen AS computed,
    research + coalesce(computing, 0) AS base_fen,
    CASE WHEN other > 0 THEN greatest(base_fen * 550000 // 1000000 - other, 0) END AS ceiling_fen,
    least(computed, coalesce(ceiling_fen, computed), cap_fen) AS come_to,
    eligible < 120000 AS below,
    CASE WHEN below THEN 0 ELSE come_to END AS award_fen,
    CASE WHEN below THEN 'least' WHEN come_to = computed THEN 'rate' WHEN come_to = ceiling_fen THEN 'in_all'
         ELSE 'applicant_year' END AS bound
FROM summed JOIN (VALUES ('young', 700000), ('general', 666667)) tier(name, rate)
-- a founding after the application is not known
ON founded_on IS NULL OR founded_on > applied_at::DATE
   OR (applied_at::DATE - founded_on < 365) = (tier.name = 'young');

CREATE TABLE agreed AS SELECT "case", min(award_fen) AS low, max(award_fen) AS high,
    concat_ws(';', CASE WHEN bool_or(bound = 'rate') THEN 'rate' END,
        CASE WHEN bool_or(bound = 'in_all') THEN 'in_all' END,
        CASE WHEN bool_or(bound = 'applicant_year') THEN 'applicant_year' END,
        CASE WHEN bool_or(bound = 'least') THEN 'least' END) AS binding
FROM way GROUP BY "case";

CREATE TABLE verdict AS SELECT "case",
    CASE WHEN eligible IS NULL THEN 'blocked' WHEN eligible < 100000 THEN 'refused'
         WHEN low < high THEN 'blocked' WHEN low = 0 THEN 'refused' ELSE 'awarded' END AS status,
    CASE WHEN status = 'awarded' THEN low END AS award_fen,
    CASE WHEN eligible IS NULL OR eligible < 100000 OR low < high THEN '' ELSE binding END AS binding,
    CASE WHEN eligible IS NULL OR eligible < 100000 THEN 'enough' WHEN low < high THEN 'founded_on'
         WHEN low = 0 THEN binding ELSE '' END AS reasons
FROM summed LEFT JOIN agreed USING ("case");
"""

DAYS = HEAD + """
[[fact]]
id = "paid_on"
type = "date"

[[fact]]
id = "score"
type = "integer"
known = true

[[fact]]
id = "discount"
type = "money"
default = { value = "100.00" }

[[condition]]
id = "in_time"
fact = "applied_at"
after = "paid_on"
at_most_workdays = 10
article = "2"

[[condition]]
id = "same_day"
fact = "applied_at"
at_most = { fact = "ends_on", by = "day" }
article = "2"

[[condition]]
id = "by_five"
fact = "signed_on"
at_least = { fact = "applied_at", at = "17:00" }
applies_when = { fact = "related_party", is = "yes" }
article = "2"

[[condition]]
id = "large"
fact = "base"
at_least = "500.00"
article = "2"

[[tier]]
id = "general"
otherwise = true
rate = "0.5"
article = "3"

[base]
fact = "contract_amount"
less = ["discount"]
article = "3"
"""  # fmt: skip

DAYS_COLUMNS = {
    "case": "BIGINT", "applied_at": "TIMESTAMP", "paid_on": "DATE", "ends_on": "DATE", "signed_on": "DATE",
    "related_party": "BOOLEAN", "score": "BIGINT", "discount": "BIGINT", "contract_amount": "BIGINT",
}  # fmt: skip

DAYS_SQL = """
CREATE TABLE counted AS SELECT cases."case", count(day) AS days
FROM cases LEFT JOIN (
    SELECT day FROM (SELECT unnest(generate_series(DATE '2024-01-01', DATE '2026-12-31', INTERVAL 1
        DAY))::DATE)
        every(day)
    WHERE (isodow(day) < 6 AND day NOT IN (SELECT day FROM off)) OR day IN (SELECT day FROM worked)
) open ON day > paid_on AND day < applied_at::DATE
GROUP BY cases."case";

CREATE TABLE asked AS SELECT *,
    CASE WHEN paid_on IS NULL THEN NULL WHEN paid_on >= applied_at::DATE THEN TRUE
         WHEN year(paid_on) < 2024 THEN NULL ELSE days < 10 END AS in_time,
    applied_at::DATE <= ends_on AS same_day,
    CASE WHEN related_party = FALSE THEN TRUE
         WHEN related_party THEN (signed_on + INTERVAL 17 HOUR) >= applied_at
         WHEN (signed_on + INTERVAL 17 HOUR) >= applied_at THEN TRUE END AS by_five,
    CASE WHEN contract_amount IS NOT NULL
         THEN greatest(contract_amount - coalesce(discount, 10000), 0) END AS base_fen,
    base_fen >= 50000 AS large,
    CASE WHEN score IS NOT NULL THEN TRUE END AS known
FROM cases JOIN counted USING ("case");

CREATE TABLE verdict AS SELECT "case",
    concat_ws(';', CASE WHEN in_time = FALSE THEN 'in_time' END, CASE WHEN same_day = FALSE THEN 'same_day'
        END,
        CASE WHEN by_five = FALSE THEN 'by_five' END, CASE WHEN large = FALSE THEN 'large' END) AS failed,
    concat_ws(';', CASE WHEN in_time IS NULL THEN 'in_time' END, CASE WHEN same_day IS NULL THEN 'same_day'
        END,
        CASE WHEN by_five IS NULL THEN 'by_five' END, CASE WHEN large IS NULL THEN 'large' END,
        CASE WHEN known IS NULL THEN 'score' END) AS untold,
    CASE WHEN failed <> '' THEN 'refused' WHEN untold <> '' THEN 'blocked' ELSE 'awarded' END AS status,
    CASE WHEN status = 'awarded' THEN base_fen // 2 END AS award_fen,
    CASE WHEN status = 'awarded' THEN 'rate' ELSE '' END AS binding,
    CASE WHEN failed <> '' THEN failed ELSE untold END AS reasons
FROM asked;
"""

SAID = HEAD + """
[[fact]]
id = "loan_rate"
type = "rate"

[[fact]]
id = "lower"
type = "rate"

[[fact]]
id = "why"
type = "text"

[[fact]]
id = "demonstration"
type = "yes_no"

[[fact]]
id = "province"
type = "money"
default = 0

[[tier]]
id = "shown"
when = { fact = "demonstration", is = { unset = "shown_is" } }
fixed = "5000.00"
article = "3"

[[tier]]
id = "general"
otherwise = true
rate = { fact = "loan_rate" }
up_to = { rate = "lower", reason = "why" }
article = "3"

[base]
fact = "contract_amount"
needed = false
article = "3"

[[stacking]]
id = "province_too"
facts = ["province"]
how = "deduct"
applies = { unset = "counts" }
article = "4"

[[unset]]
id = "shown_is"
type = "yes_no"
title = "x"
reading = [{ id = "yes", source = "x" }, { id = "no", source = "y" }]

[[unset]]
id = "counts"
type = "yes_no"
title = "x"
reading = [{ id = "yes", source = "x" }, { id = "no", source = "y" }]
"""  # fmt: skip

SAID_COLUMNS = {
    "case": "BIGINT", "contract_amount": "BIGINT", "loan_rate": "BIGINT", "lower": "BIGINT", "why": "VARCHAR",
    "demonstration": "BOOLEAN", "province": "BIGINT",
}  # fmt: skip

SAID_SQL = """
-- Both tiers are gone through (of yes and no each is somebody's), and both readings of the province's money.
CREATE TABLE way AS SELECT cases.*, shown.fixed AS fixed, counts.yes AS counted,
    CASE WHEN fixed THEN 500000
         WHEN contract_amount IS NULL OR loan_rate IS NULL OR loan_rate > 1000000 THEN NULL
         WHEN lower < loan_rate AND why IS NULL THEN NULL
         ELSE contract_amount * CASE WHEN lower < loan_rate THEN lower ELSE loan_rate END // 1000000 END AS
             computed,
    CASE WHEN counted AND coalesce(province, 0) > 0 AND computed IS NOT NULL
         THEN greatest(computed - province, 0) ELSE computed END
        AS award_fen,
    CASE WHEN award_fen < computed THEN 'province_too' ELSE 'rate' END AS bound
FROM cases, (VALUES (TRUE), (FALSE)) shown(fixed), (VALUES (TRUE), (FALSE)) counts(yes);

CREATE TABLE verdict AS SELECT "case",
    CASE WHEN bool_or(award_fen IS NULL) OR min(award_fen) < max(award_fen) THEN 'blocked'
         WHEN max(award_fen) = 0 THEN 'refused' ELSE 'awarded' END AS status,
    CASE WHEN status = 'awarded' THEN min(award_fen) END AS award_fen,
    CASE WHEN status = 'blocked' THEN '' ELSE concat_ws(';', CASE WHEN bool_or(bound = 'rate') THEN 'rate'
        END,
        CASE WHEN bool_or(bound = 'province_too') THEN 'province_too' END) END AS binding,
    '' AS reasons
FROM way GROUP BY "case";
"""

ROUND_COLUMNS = {"case": "BIGINT", "round": "BIGINT", "request": "BIGINT", "have": "BIGINT"}

SHARES_SQL = """
CREATE TABLE pooled AS SELECT *, sum(request) OVER (PARTITION BY round)::BIGINT AS total FROM cases;

CREATE TABLE rounded AS SELECT *,
    CASE WHEN total <= have THEN request
         ELSE least((2 * request::HUGEINT * have + total::HUGEINT * 1000) // (2 * total::HUGEINT * 1000) *
             1000, request)
    END::BIGINT AS part,
    row_number() OVER (PARTITION BY round ORDER BY request DESC, "case") AS by_size
FROM pooled;

-- All of what is too much comes off the largest, one after the other; what is left goes to the one largest,
-- as far as its request goes.
CREATE TABLE placed AS SELECT *,
    have - sum(part) OVER (PARTITION BY round) AS remaining,
    sum(part) OVER (PARTITION BY round ORDER BY by_size) - part AS parts_before
FROM rounded;

CREATE TABLE verdict AS SELECT "case", 'awarded' AS status,
    CASE WHEN total <= have THEN part
         WHEN remaining < 0 THEN part - greatest(least(-remaining - parts_before, part), 0)
         WHEN by_size = 1 THEN part + least(remaining, request - part)
         ELSE part END::BIGINT AS award_fen,
    '' AS binding, '' AS reasons
FROM placed;
"""


class Said(NamedTuple):
    """What comes out for a case."""

    case: int
    status: str
    award_fen: int | None
    binding: str
    reasons: str


def judge(
    sql: str,
    columns: Mapping[str, str],
    cases: Iterable[Mapping[str, Any]],
    altered: Sequence[tuple[str, str]] = (),
    days: Mapping[str, Iterable[Any]] | None = None,
) -> list[Said]:
    """What SQL says of each case, in the order of their numbers; ``altered`` plants faults, ``days`` are
    tables of days."""
    for right, wrong in altered:
        if sql.count(right) != 1:
            raise ValueError(f"there {sql.count(right)} times: {right}")
        sql = sql.replace(right, wrong)
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as base:
        path = Path(folder) / "cases.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([[case.get(name) for name in columns] for case in cases])
        for name, some in (days or {}).items():
            base.execute(f"CREATE TABLE {name} (day DATE)")
            base.executemany(f"INSERT INTO {name} VALUES (?)", [(day,) for day in some])
        kinds = ", ".join(f"'{column}': '{kind}'" for column, kind in columns.items())
        base.execute(
            f"CREATE TABLE cases AS FROM read_csv('{path.as_posix()}', columns = {{{kinds}}}, "
            "auto_detect = FALSE, header = FALSE, delim = ',', quote = '\"', nullstr = '')"
        )
        base.execute(sql)
        rows = base.execute('SELECT "case", status, award_fen, binding, reasons FROM verdict ORDER BY "case"')
        return [Said(*row) for row in rows.fetchall()]

"""Small packs for the tests of rounds: one rate, one applicant's cap, a budget in one of the three orders."""

from datetime import datetime, timedelta
from typing import Any

from rules.facts import Facts
from rules.pack import load
from rules.policy import Policy

_PACK = """
id = "test-voucher"
version = "1"
title = "测试券"
document = "测试文件"
grade = "made-up"
in_force = {{ from = 2026-01-01, article = "一" }}

[[fact]]
id = "score"
type = "integer"
title = "评分"

[[tier]]
id = "general"
otherwise = true
rate = {rate}
article = "二"

[base]
fact = "contract_amount"
article = "二"

[[cap]]
id = "applicant_year"
limit = "{cap}"
per = ["applicant", "year"]
article = "三"

[budget]
amount = "1000000.00"
article = "四"
{budget}
{more}
"""
READINGS = """
[[unset]]
id = "rate"
type = "rate"
title = "比例"
reading = [
    { id = "50", value = "0.5", source = "一种读法" },
    { id = "100", value = "1", source = "另一种读法" },
]
"""
FLOOR = """
[[floor]]
id = "least_award"
on = "award"
at_least = "{least}"
how = "refuse"
article = "五"
"""
CONDITION = """
[[condition]]
id = "threshold"
fact = "contract_amount"
at_least = "100000.00"
article = "六"
"""
RANKED = 'order = "ranked"\nrank_by = [{{ fact = "score", descending = true }}]\nunfit = "{unfit}"'
PRO_RATA = 'order = "pro_rata"\nresidual = "{residual}"\nunit = "{unit}"'


def pack_text(budget: str, cap: str = "1000000.00", rate: str = '"1"', more: str = "") -> str:
    """The text of a pack with this in its budget."""
    return _PACK.format(budget=budget, cap=cap, rate=rate, more=more)


def policy(budget: str, cap: str = "1000000.00", rate: str = '"1"', more: str = "") -> Policy:
    """A policy with this text in its budget; a rate of ``{ unset = "rate" }`` brings its readings along."""
    if "unset" in rate:
        more += READINGS
    return Policy(load(pack_text(budget, cap, rate, more)))


def ranked(unfit: str = "next", **more: Any) -> Policy:
    return policy(RANKED.format(unfit=unfit), **more)


def pro_rata(residual: str = "largest_remainder", unit: str = "0.01", **more: Any) -> Policy:
    return policy(PRO_RATA.format(residual=residual, unit=unit), **more)


def cases(
    *amounts: int, scores: tuple[int | None, ...] = (), applicants: tuple[str, ...] = ()
) -> list[Facts]:
    """Cases of these contract amounts in fen, a minute after one another, each of its own applicant."""
    start = datetime(2026, 5, 6, 9)
    return [
        {
            "case": str(at),
            "applied_at": start + timedelta(minutes=at),
            "applicant": applicants[at] if applicants else f"applicant-{at}",
            "contract_amount": amount,
            "score": scores[at] if scores else at,
        }
        for at, amount in enumerate(amounts)
    ]

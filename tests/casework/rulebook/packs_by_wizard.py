"""Answers that somebody could give, made up: packs in which the check finds no fault."""

from collections.abc import Mapping

from hypothesis import strategies as st

from casework.rulebook.pack_wizard import Answers, Row, row

HEAD = {
    "id": "made-up-voucher",
    "version": "2026",
    "title": "示例“算力券” \\ 2026",
    "document": "示例府规〔2026〕1号",
    "grade": "A",
    "in_force.from": "2026-01-01",
    "in_force.article": "第十条",
    "mode": "quota",
    "payee": "buyer",
}
CONDITIONS: Mapping[str, Mapping[str, str]] = {
    "kind": {"fact": "applicant_kind", "one_of": "enterprise, university"},
    "window": {
        "fact": "applied_at",
        "from": "2026-05-06",
        "until": "2026-06-06T17:00:00",
        "round_window": "true",
    },
    "threshold": {"fact": "leased_in_year", "at_least": "500000.00"},
    "related": {"fact": "related_party", "is": "no"},
    "term": {"fact": "ends_on", "after": "starts_on", "less_than_months": "12"},
    "soon": {"fact": "applied_at", "after": "signed_on", "at_most_days": "90"},
    "signed": {"fact": "signed_on", "from": "2025-01-01"},
    "named": {"fact": "contract_no", "known": "true"},
}
BUDGETS: tuple[Mapping[str, str], ...] = (
    {},
    {"amount": "500000000.00", "per": "year", "order": "first_come", "exceeded": "rest"},
    {"amount": "500000000.00", "order": "ranked", "rank_by": "-founded_on, contract_amount", "unfit": "next"},
    {"amount": "5000000.00", "order": "pro_rata", "residual": "largest_remainder", "unit": "1.00"},
)
ARTICLE = {"article": "第三条"}


def _of(table: str, cells: Mapping[str, str]) -> list[Row]:
    return [row(table, {**cells, **ARTICLE})] if cells else []


@st.composite
def answers(draw: st.DrawFn) -> Answers:
    """A pack of conditions, one or two tiers, and some of floors, ceilings, caps, a budget and rounding."""
    yes = st.booleans()
    found = [row("", {**HEAD, **({"in_force.until": "2027-01-01"} if draw(yes) else {})})]
    for name in draw(st.lists(st.sampled_from(sorted(CONDITIONS)), unique=True)):
        found += _of("condition", {"id": name, "title": f"条件 {name}", **CONDITIONS[name]})
    if draw(yes):
        startup = {"when.fact": "applied_at", "when.after": "founded_on", "when.less_than_months": "12"}
        found += _of("tier", {"id": "startup", "rate": "60%", **startup})
    worth = draw(
        st.sampled_from(
            [{"rate": "0.5"}, {"rate": "30%", "up_to": "true"}, {"bands": "1000000.00: 0.5; 0.3"}]
        )
    )
    found += _of("tier", {"id": "general", "title": "一般", "otherwise": "true", **worth})
    found += _of("base", {"fact": "contract_amount"})
    if draw(yes):
        found += _of("floor", {"id": "least", "on": "award", "at_least": "5000.00", "how": "refuse"})
    if draw(yes):
        found += _of("stacking", {"id": "in_all", "how": "ceiling", "share": "0.5", "of": "contract_amount"})
    for per in draw(
        st.lists(st.sampled_from(["", "contract", "applicant, year", "applicant, quarter"]), unique=True)
    ):
        limit = draw(st.integers(100, 10**8))
        cells = {"id": f"cap_{per.replace(', ', '_')}", "limit": f"{limit}.00", "per": per}
        found += _of("cap", cells | ({"before": "awarded_before"} if per == "applicant, year" else {}))
    found += _of("budget", draw(st.sampled_from(BUDGETS)))
    if draw(yes):
        found += _of("rounding", {"where": "end", "unit": "100.00", "mode": "down"})
    if draw(yes):
        found.append(row("office", {"publicity_days.value": "5", "publicity_days.article": "第七条"}))
    return Answers(tuple(found))

"""The words that rows may hold: states, roles, kinds. Data, so that tables, permissions and lists agree.

Application, voucher, claim, payment and recovery each live a life of their own; the last three come with the
money's later life and are not stored yet.
"""

APPLICATION = (
    "draft",  # 草稿
    "submitted",  # 已申报
    "accepted",  # 已受理
    "correction",  # 补正
    "formal_check",  # 形式审查
    "eligibility",  # 资格审查
    "expert_review",  # 专家评审
    "special_audit",  # 专项审计
    "calculated",  # 已核算
    "publicity",  # 拟资助公示
    "approved",  # 审定
    "issued",  # 已发券
    "refused",  # 不予资助
    "withdrawn",  # 撤回
    "suspended",  # 暂缓
    "revoked",  # 撤销
)

VOUCHER = ("issued", "in_use", "used_up", "expired", "extended", "revoked")

DECISION = ("awarded", "refused", "blocked")

SIDE_OF_ROLE = {
    "officer": "casework",
    "approver": "casework",
    "finance": "casework",
    "auditor": "audit",
    "system": "system",
    "rights": "rights",
}
"""Every role and the side it stands on. A person stands on one side for good: those who keep the system, the
rights and the audit are nobody who handles a case (三员分立)."""

ROLES = tuple(SIDE_OF_ROLE)
SIDES = tuple(dict.fromkeys(SIDE_OF_ROLE.values()))

ACCOUNTS = (
    "appropriation",  # what the budget was given, as the source: its balance is minus the appropriation
    "available",
    "reserved",
    "committed",
    "paid",
    "lapsed",
    "receivable",  # asked back
    "recovered",  # come back
    "treasury",  # handed on to the treasury
)
"""The accounts of the ledger. Every transaction's entries sum to zero over them."""

COUNTED = ("reserved", "committed", "paid", "lapsed")
"""The accounts whose balance a budget also keeps as a counter, to be guarded by one conditional update."""

VERSION_SOURCES = ("import", "entry", "correction", "review", "contract_change")
"""Where a version of an application comes from: `review` holds the officer's verified figures, the
others what the applicant gave."""

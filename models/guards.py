"""Which rows can never be changed or deleted, as data; each engine's module makes triggers of it.

`KEPT` rows are written once. `FROZEN` rows live on, but the columns named here never change, always or from
the moment a condition on the old row holds. `UNDELETED` rows may change and are never deleted.
"""

from typing import NamedTuple

KEPT = (
    "application_version",
    "approval",
    "appropriation",
    "cap_entry",
    "content",
    "decision",
    "delivery",
    "intake",
    "ledger_entry",
    "letter_subject",
    "log_entry",
    "office_setting",
    "paper",
    "period",
    "policy",
    "publicity_item",
    "request",
)

UNDELETED = (
    "application",
    "appropriation_proposal",
    "budget",
    "cap_use",
    "correction",
    "correction_item",
    "finding",
    "letter",
    "log_head",
    "number_series",
    "objection",
    "office",
    "pack",
    "person",
    "person_role",
    "publicity",
    "recusal",
    "refusal",
    "supplement",
    "unknown_name",
    "voucher",
)


class Frozen(NamedTuple):
    """Columns that never change once `when` (a condition over the old row, `{old}.column`) holds."""

    table: str
    name: str
    columns: tuple[str, ...]
    when: str = ""


FROZEN = (
    Frozen(
        "letter",
        "issued",
        (
            "kind",
            "series",
            "year",
            "number",
            "numbered",
            "code",
            "content_sha256",
            "application_id",
            "decision_seq",
            "publicity_id",
            "issued_at",
            "issued_by_id",
        ),
    ),
    Frozen("letter", "voided", ("voided_at", "voided_by_id", "void_reason"), "{old}.voided_at IS NOT NULL"),
    Frozen(
        "voucher",
        "issued",
        ("code", "decision_seq", "application_id", "quota_fen", "issued_on", "at", "person_id"),
    ),
    Frozen(
        "pack",
        "bytes",
        ("scheme", "version", "canonical", "sha256", "examples_sha256", "proposed_by_id", "proposed_at"),
    ),
    Frozen(
        "pack",
        "confirmed",
        ("title", "in_force_from", "in_force_until", "confirmed_by_id", "confirmed_at"),
        "{old}.state IN ('confirmed', 'replaced')",
    ),
    Frozen("pack", "ended", ("state",), "{old}.state IN ('replaced', 'rejected')"),
    Frozen("pack", "withdrawn", ("withdrawn_on",), "{old}.withdrawn_on IS NOT NULL"),
    Frozen(
        "supplement",
        "bytes",
        (
            "pack_id",
            "parameter",
            "value",
            "from_on",
            "until_on",
            "source",
            "canonical",
            "sha256",
            "proposed_by_id",
            "proposed_at",
        ),
    ),
    Frozen(
        "supplement",
        "confirmed",
        ("confirmed_by_id", "confirmed_at"),
        "{old}.state IN ('confirmed', 'revoked')",
    ),
    Frozen("supplement", "revoked", ("state", "revoked_from_on"), "{old}.state = 'revoked'"),
    Frozen(
        "refusal",
        "proposed",
        (
            "application_id",
            "version",
            "fact",
            "reason",
            "document",
            "article",
            "proposed_at",
            "proposed_by_id",
        ),
    ),
    Frozen(
        "refusal",
        "closed",
        ("state", "closed_at", "closed_by_id", "close_reason", "decision_seq"),
        "{old}.state <> 'proposed'",
    ),
    Frozen("person", "side", ("name", "side", "created_at")),
    Frozen("person_role", "given", ("person_id", "role", "side", "given_at", "given_by_id")),
    Frozen("office", "made", ("uid", "demonstration", "seed", "secret", "created_at")),
    Frozen(
        "appropriation_proposal",
        "proposed",
        (
            "budget",
            "allotment_no",
            "amount_fen",
            "replaces",
            "reason",
            "proposed_at",
            "proposed_by_id",
            "from_budget",
        ),
    ),
    Frozen(
        "appropriation_proposal",
        "settled",
        ("state", "settled_at", "settled_by_id", "settled_reason"),
        "{old}.state <> 'proposed'",
    ),
    Frozen("budget", "named", ("key", "programme", "year")),
    Frozen("cap_use", "named", ("key",)),
    Frozen("application", "arrived", ("case_no", "applicant_id", "arrived_at")),
)

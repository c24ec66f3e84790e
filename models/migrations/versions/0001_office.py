"""The office's first schema: every table as it stood when the office began."""

from models.migrations.shapes import index, table

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    table(
        "applicant", "id=counted code name kind? founded_on=day? district? created_at=moment", unique="code"
    )
    table(
        "budget",
        "id=counted key programme year=whole appropriation_fen=fen reserved_fen=fen committed_fen=fen "
        "paid_fen=fen lapsed_fen=fen",
        unique="key",
        check={"covered": "reserved_fen + committed_fen + paid_fen + lapsed_fen <= appropriation_fen"},
    )
    table("cap_use", "key used_fen=fen", key="key")
    table(
        "content",
        "sha256=sha256 media size=whole body=raw",
        key="sha256",
        check={"size": "size = length(body)"},
    )
    table(
        "log_entry",
        "seq=whole prev_hash=sha256 hash=sha256 at=moment person act subject payload",
        key="seq",
        unique="hash",
        check={"counts": "seq >= 1"},
    )
    index("log_entry", "subject")
    table("log_head", "id=whole algorithm seq=whole hash=sha256", check={"one": "id = 1"})
    table("number_series", "series year=whole last=whole", key="series,year", check={"counts": "last >= 0"})
    table(
        "office",
        "id=whole uid name schema_no=whole demonstration=yes_no seed? secret=raw created_at=moment",
        check={"one": "id = 1"},
    )
    table(
        "person",
        "id=counted name full_name side password_hash? locked=yes_no failures=whole created_at=moment",
        unique="id,side name",
        words={"side": "casework audit system rights"},
    )
    table("provider", "id=counted name code?", unique="name")
    table(
        "round",
        "id=counted pack_id year=whole name opens_at=moment? closes_at=moment? state",
        unique="pack_id,year,name",
        words={"state": "open closed"},
        check={"window": "closes_at IS NULL OR opens_at IS NULL OR closes_at > opens_at"},
    )
    table(
        "admission",
        "id=counted provider_id=whole batch service from_on=day? until_on=day? source",
        unique="provider_id,batch,service",
        refer="provider_id>provider.id",
        check={"interval": "until_on IS NULL OR until_on > from_on"},
    )
    index("admission", "provider_id")
    table(
        "applicant_name",
        "id=counted applicant_id=whole name from_on=day source",
        unique="applicant_id,from_on",
        refer="applicant_id>applicant.id",
    )
    index("applicant_name", "applicant_id")
    table(
        "appropriation",
        "id=counted budget_id=whole allotment_no amount_fen=signed journal=whole reason? at=moment "
        "person_id=whole",
        refer="budget_id>budget.id person_id>person.id",
    )
    index("appropriation", "budget_id")
    table(
        "bank_account",
        "id=counted applicant_id=whole holder bank bank_code? number created_at=moment",
        unique="applicant_id,number",
        refer="applicant_id>applicant.id",
    )
    index("bank_account", "applicant_id")
    index("bank_account", "number")
    table(
        "column_map",
        "id=counted heading field unit? at=moment person_id=whole",
        unique="heading",
        refer="person_id>person.id",
    )
    table(
        "contact",
        "id=counted applicant_id=whole name phone? email? created_at=moment",
        unique="applicant_id,name,phone",
        refer="applicant_id>applicant.id",
    )
    index("contact", "applicant_id")
    table(
        "contract",
        "id=counted applicant_id=whole provider_id=whole? number number_key ended_on=day?",
        unique="applicant_id,number_key",
        refer="applicant_id>applicant.id provider_id>provider.id",
    )
    index("contract", "applicant_id")
    index("contract", "number_key")
    index("contract", "provider_id")
    table(
        "intake",
        "id=counted file_name file_sha256=sha256 rows=whole accepted=whole rejected=whole unchanged=whole "
        "at=moment person_id=whole",
        refer="person_id>person.id",
    )
    index("intake", "file_sha256")
    table(
        "pack",
        "id=counted pack_id version title canonical=raw examples_sha256=sha256? sha256=sha256 "
        "in_force_from=day in_force_until=day? withdrawn_on=day? state proposed_by_id=whole? "
        "proposed_at=moment confirmed_by_id=whole? confirmed_at=moment? reason?",
        unique="pack_id,version sha256",
        refer="confirmed_by_id>person.id examples_sha256>content.sha256 proposed_by_id>person.id",
        words={"state": "proposed confirmed rejected"},
        check={
            "confirmed": "(state = 'confirmed') = (confirmed_at IS NOT NULL)",
            "interval": "in_force_until IS NULL OR in_force_until > in_force_from",
            "two_people": "confirmed_by_id IS NULL OR confirmed_by_id <> proposed_by_id",
        },
    )
    table(
        "person_role",
        "id=counted person_id=whole role side given_at=moment given_by_id=whole? ended_at=moment? "
        "ended_by_id=whole?",
        refer="ended_by_id>person.id given_by_id>person.id person_id,side>person.id,side person_id>person.id",
        words={"role": "officer approver finance auditor system rights"},
        check={
            "not_own": "given_by_id IS NULL OR given_by_id <> person_id",
            "side_fits": (
                "(role = 'officer' AND side = 'casework') OR (role = 'approver' AND side = "
                "'casework') OR (role = 'finance' AND side = 'casework') OR (role = 'auditor' AND "
                "side = 'audit') OR (role = 'system' AND side = 'system') OR (role = 'rights' AND "
                "side = 'rights')"
            ),
        },
    )
    index("person_role", "person_id")
    index("person_role", "person_id,role", name="uq_person_role_held", unique=True, where="ended_at IS NULL")
    table(
        "publicity",
        "id=counted round_id=whole? from_on=day until_on=day workdays=whole state at=moment person_id=whole",
        refer="person_id>person.id round_id>round.id",
        words={"state": "running ended cancelled"},
        check={"interval": "until_on >= from_on"},
    )
    index("publicity", "round_id")
    table(
        "recusal",
        "id=counted person_id=whole applicant_id=whole reason declared_at=moment ended_at=moment?",
        refer="applicant_id>applicant.id person_id>person.id",
    )
    index("recusal", "applicant_id")
    index("recusal", "person_id")
    table(
        "request", "id person_id=whole act asked_sha256=sha256 change at=moment", refer="person_id>person.id"
    )
    table(
        "application",
        "id=counted case_no receipt_no? round_id=whole? pack_id applicant_id=whole contract_id=whole? "
        "state resumes? version=whole applied_at=moment arrived_at=moment prepared_by_id=whole?",
        unique="case_no",
        refer="applicant_id>applicant.id contract_id>contract.id prepared_by_id>person.id round_id>round.id",
        words={
            "state": (
                "draft submitted accepted correction formal_check eligibility expert_review "
                "special_audit calculated publicity approved issued refused withdrawn suspended "
                "revoked"
            )
        },
        check={"version_counts": "version >= 1"},
    )
    index("application", "applicant_id,id", name="ix_application_applicant_id")
    index("application", "applied_at,id", name="ix_application_applied_at")
    index("application", "contract_id")
    index("application", "round_id")
    index("application", "state,id", name="ix_application_state")
    table(
        "policy",
        "sha256=sha256 pack_id=whole supplements first_used_at=moment",
        key="sha256",
        refer="pack_id>pack.id",
    )
    index("policy", "pack_id")
    table(
        "supplement",
        "id=counted pack_id=whole parameter value from_on=day until_on=day? source canonical=raw "
        "sha256=sha256 state proposed_by_id=whole? proposed_at=moment confirmed_by_id=whole? "
        "confirmed_at=moment? revoked_by_id=whole? revoked_at=moment? revoked_from_on=day?",
        refer="confirmed_by_id>person.id pack_id>pack.id proposed_by_id>person.id revoked_by_id>person.id",
        words={"state": "proposed confirmed rejected revoked"},
        check={
            "confirmed": "(state IN ('confirmed', 'revoked')) = (confirmed_at IS NOT NULL)",
            "interval": "until_on IS NULL OR until_on > from_on",
            "revoked": "(state = 'revoked') = (revoked_from_on IS NOT NULL)",
            "two_people": "confirmed_by_id IS NULL OR confirmed_by_id <> proposed_by_id",
        },
    )
    index("supplement", "pack_id")
    table(
        "application_version",
        "id=counted application_id=whole version=whole source applied_at=moment applicant_name "
        "applicant_code applicant_kind? founded_on=day? district? contract_no? signed_on=day? "
        "starts_on=day? ends_on=day? contract_amount_fen=fen? net_amount_fen=fen? leased_in_year_fen=fen? "
        "related_party=yes_no? provider_admitted=yes_no? other_support_fen=fen? other_national_fen=fen? "
        "other_city_fen=fen? other_district_fen=fen? other_source? awarded_before_fen=fen? provider_name? "
        "service? purpose? contact_id=whole? bank_account_id=whole? extra said_sha256=sha256 "
        "intake_id=whole? intake_row=whole? reason? at=moment person_id=whole",
        unique="application_id,version",
        refer=(
            "application_id>application.id bank_account_id>bank_account.id contact_id>contact.id "
            "intake_id>intake.id person_id>person.id"
        ),
        words={"source": "import entry correction review contract_change"},
        check={
            "term": "ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on",
            "version_counts": "version >= 1",
        },
    )
    index("application_version", "bank_account_id")
    index("application_version", "intake_id")
    table(
        "correction",
        "id=counted application_id=whole round_no=whole version=whole due_on=day state asked_at=moment "
        "asked_by_id=whole answered_at=moment? answered_version=whole?",
        unique="application_id,round_no",
        refer="application_id>application.id asked_by_id>person.id",
        words={"state": "open answered lapsed cancelled"},
    )
    index("correction", "application_id")
    table(
        "finding",
        "id=counted application_id=whole version=whole code outcome? with_kind? with_id=whole? with_text? "
        "detail state found_at=moment judged_at=moment? judged_by_id=whole? reason?",
        refer="application_id>application.id judged_by_id>person.id",
        words={
            "state": "open cleared upheld outdated",
            "with_kind": "application invoice bank_account provider applicant field",
        },
        check={
            "judged": "state NOT IN ('cleared', 'upheld') OR judged_by_id IS NOT NULL",
            "judged_why": "state NOT IN ('cleared', 'upheld') OR reason IS NOT NULL",
        },
    )
    index("finding", "application_id")
    index("finding", "state,code", name="ix_finding_state")
    table(
        "invoice",
        "id=counted application_id=whole number issued_on=day? net_fen=signed? tax_fen=signed? "
        "gross_fen=signed at=moment",
        unique="application_id,number",
        refer="application_id>application.id",
    )
    index("invoice", "application_id")
    index("invoice", "number")
    table(
        "objection",
        "id=counted publicity_id=whole application_id=whole objector grounds received_on=day state "
        "outcome? at=moment person_id=whole closed_at=moment? closed_by_id=whole?",
        refer=(
            "application_id>application.id closed_by_id>person.id person_id>person.id "
            "publicity_id>publicity.id"
        ),
        words={"state": "open upheld dismissed"},
        check={"closed": "(state = 'open') = (closed_at IS NULL)"},
    )
    index("objection", "application_id")
    index("objection", "publicity_id")
    table(
        "paper",
        "id=counted application_id=whole kind name content_sha256=sha256 received_at=moment person_id=whole",
        refer="application_id>application.id content_sha256>content.sha256 person_id>person.id",
    )
    index("paper", "application_id")
    index("paper", "content_sha256")
    table(
        "correction_item",
        "id=counted correction_id=whole about target defect note? settled_at=moment?",
        refer="correction_id>correction.id",
        words={"about": "field paper"},
    )
    index("correction_item", "correction_id")
    table(
        "decision",
        "seq=whole application_id=whole version=whole status pack policy_sha256=sha256? tier rate "
        "base_fen=fen? computed computed_fen=fen? award_fen=fen? binding reasons readings holds_fen=fen "
        "split witness trace budget_id=whole? cap_keys used left_fen=fen? decided_at=moment "
        "decided_by_id=whole supersedes_seq=whole?",
        key="seq",
        unique="seq,decided_by_id supersedes_seq",
        refer=(
            "application_id,version>application_version.application_id,version application_id>application.id "
            "budget_id>budget.id decided_by_id>person.id policy_sha256>policy.sha256 "
            "supersedes_seq>decision.seq"
        ),
        words={"status": "awarded refused blocked"},
        check={
            "award_above_zero": "award_fen > 0",
            "awarded": "(status = 'awarded') = (award_fen IS NOT NULL)",
            "budgeted": "holds_fen = 0 OR budget_id IS NOT NULL",
            "counts": "seq >= 1",
            "holds_award": "award_fen IS NULL OR holds_fen = award_fen",
            "holds_nothing": "status <> 'refused' OR holds_fen = 0",
            "later": "supersedes_seq < seq",
        },
    )
    index("decision", "application_id")
    index("decision", "budget_id")
    table(
        "approval",
        "id=counted decision_seq=whole step outcome prepared_by_id=whole person_id=whole at=moment "
        "minutes? reason?",
        unique="decision_seq,step",
        refer=(
            "decision_seq,prepared_by_id>decision.seq,decided_by_id decision_seq>decision.seq "
            "person_id>person.id prepared_by_id>person.id"
        ),
        words={"outcome": "approved returned", "step": "review approval"},
        check={
            "other_person": "person_id <> prepared_by_id",
            "returned_why": "outcome = 'approved' OR reason IS NOT NULL",
        },
    )
    index("approval", "decision_seq")
    table(
        "cap_entry",
        "id=counted key amount_fen=signed decision_seq=whole? act at=moment person_id=whole",
        refer="decision_seq>decision.seq key>cap_use.key person_id>person.id",
        check={"moves": "amount_fen <> 0"},
    )
    index("cap_entry", "decision_seq")
    index("cap_entry", "key")
    table(
        "letter",
        "id=counted kind series year=whole number=whole numbered code content_sha256=sha256 "
        "application_id=whole? decision_seq=whole? publicity_id=whole? issued_at=moment "
        "issued_by_id=whole voided_at=moment? voided_by_id=whole? void_reason?",
        unique="code series,year,number",
        refer=(
            "application_id>application.id content_sha256>content.sha256 decision_seq>decision.seq "
            "issued_by_id>person.id publicity_id>publicity.id voided_by_id>person.id"
        ),
        check={"voided": "(voided_at IS NULL) = (void_reason IS NULL)"},
    )
    index("letter", "application_id")
    index("letter", "content_sha256")
    index("letter", "decision_seq")
    index("letter", "publicity_id")
    table(
        "publicity_item",
        "id=counted publicity_id=whole decision_seq=whole",
        unique="publicity_id,decision_seq",
        refer="decision_seq>decision.seq publicity_id>publicity.id",
    )
    index("publicity_item", "decision_seq")
    index("publicity_item", "publicity_id")
    table(
        "voucher",
        "id=counted code decision_seq=whole application_id=whole quota_fen=fen used_fen=fen issued_on=day "
        "valid_until=day state reason? at=moment person_id=whole",
        unique="code decision_seq",
        refer="application_id>application.id decision_seq>decision.seq person_id>person.id",
        words={"state": "issued in_use used_up expired extended revoked"},
        check={"quota": "used_fen <= quota_fen", "valid": "valid_until >= issued_on"},
    )
    index("voucher", "application_id")
    index("voucher", "valid_until")
    table(
        "ledger_entry",
        "id=counted journal=whole account budget_id=whole amount_fen=signed application_id=whole? "
        "decision_seq=whole? voucher_id=whole? act at=moment person_id=whole",
        refer=(
            "application_id>application.id budget_id>budget.id decision_seq>decision.seq person_id>person.id "
            "voucher_id>voucher.id"
        ),
        words={
            "account": "appropriation available reserved committed paid lapsed receivable recovered treasury"
        },
        check={"moves": "amount_fen <> 0"},
    )
    index("ledger_entry", "application_id")
    index("ledger_entry", "budget_id,account", name="ix_ledger_entry_budget")
    index("ledger_entry", "decision_seq")
    index("ledger_entry", "journal")
    index("ledger_entry", "voucher_id")

"""What was decided, and who agreed."""

import datetime

from sqlalchemy import ForeignKeyConstraint, UniqueConstraint

from models.columns import day, key, moment, money, number, ref, sha256
from models.state_names import DECISION
from models.table import Table, check, one_of


class Decision(Table, table=True):
    """A decision, never changed: awarded, refused or blocked, in one numbered sequence without gaps.

    What it was made from stands with it: the application's version, the policy by hash, the position and the
    witness. `trace` is the explanation as codes, figures and articles, for replay to compare. What the rules
    join with ";" is kept so. `reason` is why it was decided though something was open, or decided again;
    `left_open` what was open then (`casework.award.open_things`).
    """

    __table_args__ = (
        UniqueConstraint("seq", "decided_by_id"),
        UniqueConstraint("supersedes_seq"),
        ForeignKeyConstraint(
            ["application_id", "version"],
            ["application_version.application_id", "application_version.version"],
        ),
        one_of("status", DECISION),
        check("counts", "seq >= 1"),
        check("awarded", "(status = 'awarded') = (award_fen IS NOT NULL)"),
        check("award_above_zero", "award_fen > 0"),
        check("holds_award", "award_fen IS NULL OR holds_fen = award_fen"),
        check("holds_nothing", "status <> 'refused' OR holds_fen = 0"),
        check("budgeted", "holds_fen = 0 OR budget_id IS NOT NULL"),
        check("later", "supersedes_seq < seq"),
    )
    seq: int = number(primary_key=True)
    application_id: int = ref("application.id")
    version: int = number()
    status: str
    pack: str = ""
    policy_sha256: str | None = sha256(None, target="policy.sha256")
    tier: str = ""
    rate: str = ""
    base_fen: int | None = money(None)
    computed: str = ""
    computed_fen: int | None = money(None)
    award_fen: int | None = money(None)
    binding: str = ""
    reasons: str = ""
    readings: str = ""
    holds_fen: int = money(0)
    split: str = ""
    witness: str = ""
    trace: str = ""
    budget_id: int | None = ref("budget.id", None)
    cap_keys: str = ""
    used: str = ""
    left_fen: int | None = money(None)
    decided_at: datetime.datetime = moment()
    decided_by_id: int = ref("person.id", index=False)
    supersedes_seq: int | None = ref("decision.seq", None, index=False)
    reason: str | None = None
    left_open: str | None = None


class Refusal(Table, table=True):
    """A refusal (不予资助) for a fact outside the rules, as an upheld objection or a false paper: proposed by
    one person with the fact, why it leads there, and the article; confirmed or rejected by another.

    It is no decision of the rules. `decision_seq` is the decision that stood when it was confirmed; a later
    decision of the case ends it.
    """

    __table_args__ = (
        one_of("state", ("proposed", "confirmed", "rejected")),
        check("closed", "(state = 'proposed') = (closed_at IS NULL)"),
        check(
            "two_people",
            "state <> 'confirmed' OR (closed_by_id IS NOT NULL AND closed_by_id <> proposed_by_id)",
        ),
        check("rejected_why", "state <> 'rejected' OR close_reason IS NOT NULL"),
    )
    id: int = key()
    application_id: int = ref("application.id")
    version: int = number()
    fact: str
    reason: str
    document: str
    article: str
    state: str = "proposed"
    proposed_at: datetime.datetime = moment()
    proposed_by_id: int = ref("person.id", index=False)
    closed_at: datetime.datetime | None = moment(None)
    closed_by_id: int | None = ref("person.id", None, index=False)
    close_reason: str | None = None
    decision_seq: int | None = ref("decision.seq", None, index=False)


class Approval(Table, table=True):
    """What a second person said to a decision: written once.

    `prepared_by_id` repeats who decided, held to the decision by its foreign key, so that the CHECK can
    refuse those who would approve what they prepared.
    """

    __table_args__ = (
        UniqueConstraint("decision_seq", "step"),
        ForeignKeyConstraint(["decision_seq", "prepared_by_id"], ["decision.seq", "decision.decided_by_id"]),
        one_of("step", ("review", "approval")),
        one_of("outcome", ("approved", "returned")),
        check("other_person", "person_id <> prepared_by_id"),
        check("returned_why", "outcome = 'approved' OR reason IS NOT NULL"),
    )
    id: int = key()
    decision_seq: int = ref("decision.seq")
    step: str = "approval"
    outcome: str
    prepared_by_id: int = ref("person.id", index=False)
    person_id: int = ref("person.id", index=False)
    at: datetime.datetime = moment()
    minutes: str | None = None
    reason: str | None = None


class Publicity(Table, table=True):
    """A list of proposed awards made public (拟资助公示), for so many working days."""

    __table_args__ = (
        one_of("state", ("running", "ended", "cancelled")),
        check("interval", "until_on >= from_on"),
    )
    id: int = key()
    round_id: int | None = ref("round.id", None)
    from_on: datetime.date = day()
    until_on: datetime.date = day()
    workdays: int = number()
    state: str = "running"
    at: datetime.datetime = moment()
    person_id: int = ref("person.id", index=False)


class PublicityItem(Table, table=True):
    """A decision on a list."""

    __table_args__ = (UniqueConstraint("publicity_id", "decision_seq"),)
    id: int = key()
    publicity_id: int = ref("publicity.id")
    decision_seq: int = ref("decision.seq")


class Objection(Table, table=True):
    """An objection (异议) to a published award: in writing and signed; anonymous ones are not taken."""

    __table_args__ = (
        one_of("state", ("open", "upheld", "dismissed")),
        check("closed", "(state = 'open') = (closed_at IS NULL)"),
    )
    id: int = key()
    publicity_id: int = ref("publicity.id")
    application_id: int = ref("application.id")
    objector: str
    grounds: str
    received_on: datetime.date = day()
    state: str = "open"
    outcome: str | None = None
    at: datetime.datetime = moment()
    person_id: int = ref("person.id", index=False)
    closed_at: datetime.datetime | None = moment(None)
    closed_by_id: int | None = ref("person.id", None, index=False)

"""The parts of a case's page, each read by the case's own index: findings, papers, decisions, letters."""

import datetime
from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import Session, col

from casework.award.open_things import OpenThing, things_of
from casework.award.refusals import standing as standing_refusal
from casework.cases.finding_weights import Effect, weight
from casework.cases.paper_filing import also_on
from casework.core.office import Office
from casework.issuing.publicity import is_over, last_list
from casework.review.checking import judgeable
from casework.review.corrections import is_late, items_of
from models import (
    Application,
    Approval,
    Content,
    Correction,
    Decision,
    Finding,
    Paper,
    Refusal,
    Voucher,
)
from rules.explain import Line, lines_of
from rules.policy import Policy
from rules.witness import Witness, decode


class FindingView(NamedTuple):
    """A result of checking. `other` is the other thing: a case, a field, a provider, or the paper missing;
    `effect` what it means for the case now, `judgeable` whether it can still be judged."""

    id: int
    code: str
    outcome: str | None
    about: str | None
    other: str | None
    state: str
    version: int
    found_at: datetime.datetime
    judged_by: str
    judged_at: datetime.datetime | None
    reason: str | None
    effect: Effect
    judgeable: bool


class ItemView(NamedTuple):
    """One defect of a correction: a field or a kind of paper."""

    about: str
    target: str
    defect: str
    note: str | None
    settled: bool


class CorrectionView(NamedTuple):
    """One round of correction. `late`: it is open and its last day is past."""

    round: int
    due_on: datetime.date
    late: bool
    state: str
    asked_at: datetime.datetime
    asked_by: str
    answered_at: datetime.datetime | None
    items: tuple[ItemView, ...]


class PaperView(NamedTuple):
    """A paper of the case, by its hash. `also_on` are other cases that brought the very same file."""

    id: int
    kind: str
    name: str
    sha256: str
    media: str
    size: int
    received_at: datetime.datetime
    person: str
    also_on: tuple[str, ...]


class ApprovalView(NamedTuple):
    """What a second person said to a decision."""

    outcome: str
    person: str
    at: datetime.datetime
    minutes: str | None
    reason: str | None


class DecisionView(NamedTuple):
    """A decision with its explanation. `readings` are (label, award in fen) where it hangs on one; `reason`
    is why it was decided though `left_open` was open, or again; `lines` were told from the `witness`."""

    seq: int
    status: str
    pack: str
    tier: str
    award_fen: int | None
    binding: str
    reasons: tuple[str, ...]
    readings: tuple[tuple[str, int | None], ...]
    holds_fen: int
    version: int
    at: datetime.datetime
    by: str
    policy: Policy | None
    lines: tuple[Line, ...]
    approvals: tuple[ApprovalView, ...]
    reason: str | None = None
    left_open: tuple[OpenThing, ...] = ()
    witness: Witness | None = None


class RefusalView(NamedTuple):
    """A refusal for a fact outside the rules; `stands`: it is confirmed, and nothing was decided since."""

    id: int
    fact: str
    reason: str
    document: str
    article: str
    state: str
    proposed_by: str
    proposed_at: datetime.datetime
    closed_by: str
    closed_at: datetime.datetime | None
    close_reason: str | None
    stands: bool


class PublicityView(NamedTuple):
    """The list that the standing decision is on. `over`: it runs, and its last day is past."""

    id: int
    from_on: datetime.date
    until_on: datetime.date
    workdays: int
    state: str
    over: bool


class VoucherView(NamedTuple):
    """The voucher."""

    code: str
    quota_fen: int
    used_fen: int
    issued_on: datetime.date
    valid_until: datetime.date
    state: str
    reason: str | None

    @property
    def left_fen(self) -> int:
        """What can still be used: nothing of a voucher that was revoked or has expired."""
        return 0 if self.state in ("revoked", "expired") else self.quota_fen - self.used_fen


def findings(
    session: Session, application_id: int, version: int, names: Mapping[int, str]
) -> tuple[FindingView, ...]:
    """What checking found of a case that stands at a version, but for what a later check replaced; what a
    person must look at first."""
    rows = session.execute(
        select(Finding)
        .where(col(Finding.application_id) == application_id, col(Finding.state) != "outdated")
        .order_by(col(Finding.id))
    ).scalars()
    found = [
        FindingView(
            row.id,
            row.code,
            row.outcome,
            row.with_kind,
            row.with_text,
            row.state,
            row.version,
            row.found_at,
            names.get(row.judged_by_id or 0, ""),
            row.judged_at,
            row.reason,
            weight(row.code).now(row.state),
            judgeable(row.code, row.state, row.version, version),
        )
        for row in rows
    ]
    order = {"fail": 0, None: 1, "unknown": 2, "pass": 3}
    rank = {"forbids": 0, "answer": 1, "look": 2, "informs": 3}
    return tuple(
        sorted(found, key=lambda one: (one.state != "open", rank[one.effect], order.get(one.outcome, 1)))
    )


def corrections(
    session: Session, application_id: int, names: Mapping[int, str], today: datetime.date
) -> tuple[CorrectionView, ...]:
    """The rounds of correction with their defects, the last first."""
    rounds = session.execute(
        select(Correction)
        .where(col(Correction.application_id) == application_id)
        .order_by(col(Correction.round_no).desc())
    ).scalars()
    return tuple(
        CorrectionView(
            row.round_no,
            row.due_on,
            row.state == "open" and is_late(row.due_on, today),
            row.state,
            row.asked_at,
            names.get(row.asked_by_id, ""),
            row.answered_at,
            tuple(
                ItemView(item.about, item.target, item.defect, item.note, item.settled_at is not None)
                for item in items_of(session, row)
            ),
        )
        for row in rounds
    )


def papers(session: Session, application_id: int, names: Mapping[int, str]) -> tuple[PaperView, ...]:
    """The case's papers in the order in which they came."""
    rows = session.execute(
        select(Paper, col(Content.media), col(Content.size))
        .join(Content, col(Content.sha256) == col(Paper.content_sha256))
        .where(col(Paper.application_id) == application_id)
        .order_by(col(Paper.id))
    ).all()
    return tuple(
        PaperView(
            paper.id,
            paper.kind,
            paper.name,
            paper.content_sha256,
            media,
            size,
            paper.received_at,
            names.get(paper.person_id, ""),
            tuple(also_on(session, paper.content_sha256, paper.application_id)[:5]),
        )
        for paper, media, size in rows
    )


def decisions(
    office: Office, session: Session, application_id: int, names: Mapping[int, str]
) -> tuple[DecisionView, ...]:
    """Every decision of the case, the oldest first, each as it was told when it was made."""
    rows = session.execute(
        select(Decision).where(col(Decision.application_id) == application_id).order_by(col(Decision.seq))
    ).scalars()
    return tuple(_decision(office, session, row, names) for row in rows)


def _decision(office: Office, session: Session, row: Decision, names: Mapping[int, str]) -> DecisionView:
    said = session.execute(
        select(Approval).where(col(Approval.decision_seq) == row.seq).order_by(col(Approval.id))
    ).scalars()
    policy = None if row.policy_sha256 is None else office.policy(session, row.policy_sha256)
    return DecisionView(
        row.seq,
        row.status,
        row.pack,
        row.tier,
        row.award_fen,
        row.binding,
        tuple(name for name in row.reasons.split(";") if name),
        tuple(_reading(text) for text in row.readings.split(";") if text),
        row.holds_fen,
        row.version,
        row.decided_at,
        names.get(row.decided_by_id, ""),
        policy,
        lines_of(row.trace) if row.trace else (),
        tuple(
            ApprovalView(one.outcome, names.get(one.person_id, ""), one.at, one.minutes, one.reason)
            for one in said
        ),
        row.reason,
        things_of(row.left_open),
        None if policy is None or row.witness is None else decode(policy, row.witness),
    )


def refusals(session: Session, row: Application, names: Mapping[int, str]) -> tuple[RefusalView, ...]:
    """The refusals of a case for facts outside the rules, the last first."""
    rows = session.execute(
        select(Refusal).where(col(Refusal.application_id) == row.id).order_by(col(Refusal.id).desc())
    ).scalars()
    standing = standing_refusal(session, row)
    return tuple(
        RefusalView(
            one.id, one.fact, one.reason, one.document, one.article, one.state,
            names.get(one.proposed_by_id, ""), one.proposed_at, names.get(one.closed_by_id or 0, ""),
            one.closed_at, one.close_reason, standing is not None and one.id == standing.id,
        )
        for one in rows
    )  # fmt: skip


def _reading(text: str) -> tuple[str, int | None]:
    label, _, fen = text.rpartition(":")
    return label, int(fen) if fen else None


def publicity(session: Session, application_id: int, today: datetime.date) -> PublicityView | None:
    """The last list that a decision of the case is on."""
    row = session.execute(last_list(col(Decision.application_id) == application_id)).scalar()
    if row is None:
        return None
    over = row.state == "running" and is_over(row.until_on, today)
    return PublicityView(row.id, row.from_on, row.until_on, row.workdays, row.state, over)


def voucher(session: Session, application_id: int) -> VoucherView | None:
    """The case's last voucher."""
    row = session.execute(
        select(Voucher)
        .where(col(Voucher.application_id) == application_id)
        .order_by(col(Voucher.id).desc())
        .limit(1)
    ).scalar()
    if row is None:
        return None
    return VoucherView(
        row.code, row.quota_fen, row.used_fen, row.issued_on, row.valid_until, row.state, row.reason
    )

"""The voucher ledger (算力券台账): one line a voucher, from the application to what is left of it.

A column of the ledger is a line of `COLUMNS`: its heading, where it comes from, its kind and width. Where
funders share an award, each has a column of its own behind the award.
"""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

import words
from casework.award.resting_on_holds import counted_of_caps
from casework.award.standing_decision import is_decided_version
from casework.cases import field_table, other_support
from casework.cases.case_facts import Register
from casework.core.calendar import day_of
from casework.core.office import Office
from casework.core.staff_names import called
from casework.issuing import publicity
from casework.rulebook import names_on_paper
from casework.rulebook.counted_of_cap import NOTHING_BUT_AWARDS, Counted, before
from models import (
    Application,
    ApplicationVersion,
    Approval,
    Decision,
    LedgerEntry,
    Letter,
    Person,
    Publicity,
    Round,
    Voucher,
)
from papers.ledgers.ledger_column import Column, said_in
from rules import money
from rules.lines import lines_of

FROZEN = 4
"""Columns that stay in sight: up to the applicant's name."""
GONE = ("revoked", "expired")
"""States of a voucher that has nothing left: what was not used of it went back to the budget."""

SERVICE, OTHER, PUBLIC = "ledger.group.service", "ledger.group.other_support", "ledger.group.publicity"
FUNDERS = "ledger.group.funders"


class VoucherLine(NamedTuple):
    """One voucher with what its line is told from: `said` is what was decided on, `batch` that of the
    provider's admission, `state` as it was at the end of the ledger's day, `shares` each funder's part of
    the award in fen by the funder's title, `counted` what counted as used of its caps and was not awarded,
    `letter_no`, `prepared_by` and `approved_by` the letter and the people behind it, who are named here and
    not on the letter."""

    voucher: Voucher
    decision: Decision
    said: ApplicationVersion
    round_name: str
    batch: str | None
    published: Publicity | None
    state: str
    lang: str = words.DEFAULT
    shares: Mapping[str, int] = MappingProxyType({})
    counted: Mapping[str, Counted] = NOTHING_BUT_AWARDS
    letter_no: str | None = None
    prepared_by: str = ""
    approved_by: str | None = None

    @property
    def amount_fen(self) -> int | None:
        """The contract's amount with tax; None where there is no contract."""
        return self.said.contract_amount_fen

    @property
    def other_fen(self) -> int | None:
        """Other public money as it counted; as the rules were given it, not as the sum was stated."""
        levels = {name: getattr(self.said, field_table.COLUMNS[name]) for name in other_support.LEVELS}
        found = other_support.counted(levels | {other_support.SUM: self.said.other_support_fen})
        return found if isinstance(found, int) else None

    @property
    def public_from(self) -> datetime.date | None:
        """The first day of its publicity."""
        return None if self.published is None else self.published.from_on

    @property
    def public_until(self) -> datetime.date | None:
        """The last day of its publicity."""
        return None if self.published is None else self.published.until_on

    @property
    def cap_used_fen(self) -> int | None:
        """What was awarded before of the cap that left the least; not what was held or asked for."""
        found = _figures(self.decision.trace)
        if found.used_fen is None:
            return None
        declared, used = found.used_fen
        return declared + before(used, self.counted.get(found.cap)).awarded_fen

    @property
    def left_fen(self) -> int:
        """What can still be redeemed."""
        return 0 if self.state in GONE else self.voucher.quota_fen - self.voucher.used_fen


COLUMNS: tuple[Column[VoucherLine], ...] = (
    Column("ledger.column.year", lambda one: day_of(one.said.applied_at).year, "number", 4.5),
    Column("ledger.column.round", lambda one: one.round_name, "text", 8),
    Column("ledger.column.voucher_no", lambda one: one.voucher.code, "text", 18.5),
    Column("ledger.column.applicant_name", lambda one: one.said.applicant_name, "text", 19),
    Column("ledger.column.credit_code", lambda one: one.said.applicant_code, "text", 18.5),
    Column("ledger.column.applicant_kind", lambda one: _kind(one), "text", 7),
    Column("ledger.column.founded_on", lambda one: one.said.founded_on, "date", 9),
    Column("ledger.column.district", lambda one: one.said.district, "text", 7.5),
    Column("ledger.column.provider", lambda one: one.said.provider_name, "text", 19),
    Column("ledger.column.provider_batch", lambda one: one.batch, "text", 8),
    Column("ledger.column.contract_no", lambda one: one.said.contract_no, "text", 15),
    Column("ledger.column.signed_on", lambda one: one.said.signed_on, "date", 9),
    Column("ledger.column.from", lambda one: one.said.starts_on, "date", 9, group=SERVICE),
    Column("ledger.column.until", lambda one: one.said.ends_on, "date", 9, group=SERVICE),
    Column("ledger.column.contract_amount", lambda one: one.amount_fen, "money", 14.5, True),
    Column("ledger.column.net_amount", lambda one: one.said.net_amount_fen, "money", 14.5, True),
    Column("ledger.column.base", lambda one: one.decision.base_fen, "money", 14.5, True),
    Column("ledger.column.rate", lambda one: _rate(one.decision.rate), "rate", 7),
    Column("ledger.column.computed", lambda one: _computed(one.decision.computed), "money", 14.5, True),
    Column("ledger.column.cap", lambda one: _cap(one.decision.trace), "money", 14.5),
    Column("ledger.column.cap_used", lambda one: one.cap_used_fen, "money", 14.5),
    Column("ledger.column.national", lambda one: one.said.other_national_fen, "money", 13, True, OTHER),
    Column("ledger.column.city", lambda one: one.said.other_city_fen, "money", 13, True, OTHER),
    Column("ledger.column.district_level", lambda one: one.said.other_district_fen, "money", 13, True, OTHER),
    Column("ledger.column.sum", lambda one: one.other_fen, "money", 13, True, OTHER),
    Column("ledger.column.deducted", lambda one: _deducted(one.decision.trace), "money", 13, True, OTHER),
    Column("ledger.column.award", lambda one: one.voucher.quota_fen, "money", 14.5, True),
    Column("ledger.column.redeemed", lambda one: one.voucher.used_fen, "money", 13, True),
    Column("ledger.column.left", lambda one: one.left_fen, "money", 14.5, True),
    Column("ledger.column.valid_until", lambda one: one.voucher.valid_until, "date", 9),
    Column("ledger.column.state", lambda one: words.say(f"voucher_state.{one.state}", one.lang), "text", 6.5),
    Column("ledger.column.from", lambda one: one.public_from, "date", 9, group=PUBLIC),
    Column("ledger.column.until", lambda one: one.public_until, "date", 9, group=PUBLIC),
    Column("ledger.column.policy", lambda one: one.decision.pack, "text", 16),
    Column("ledger.column.decision_no", lambda one: str(one.decision.seq), "text", 7),
    Column("ledger.column.letter_no", lambda one: one.letter_no, "text", 18),
    Column("ledger.column.prepared_by", lambda one: one.prepared_by, "text", 7),
    Column("ledger.column.approved_by", lambda one: one.approved_by, "text", 7),
)


def columns(
    office: Office, session: Session, on: datetime.date, lang: str = words.DEFAULT
) -> list[Column[VoucherLine]]:
    """The columns of the ledger until a day in words: behind the award one for each funder of any of it."""
    said = said_in(lang, COLUMNS)
    at = next(number for number, one in enumerate(COLUMNS, 1) if one.heading == "ledger.column.award")
    policies = (
        select(col(Decision.policy_sha256))
        .join(Voucher, col(Voucher.decision_seq) == col(Decision.seq))
        .where(col(Decision.split) != "", col(Voucher.issued_on) <= on)
        .group_by(col(Decision.policy_sha256))
        .order_by(func.min(col(Voucher.id)))
    )
    named = dict.fromkeys(
        title
        for sha256 in session.execute(policies).scalars()
        for title in _funders(office, session, sha256, lang).values()
    )
    group = words.say(FUNDERS, lang)
    return [*said[:at], *(_share_column(title, group) for title in named), *said[at:]]


def _share_column(title: str, group: str) -> Column[VoucherLine]:
    return Column(title, lambda one: one.shares.get(title), "money", 13, True, group)


def _funders(office: Office, session: Session, sha256: str | None, lang: str) -> dict[str, str]:
    """The titles of a policy's funders by their ids."""
    rules = office.policy(session, sha256 or "").rules
    return {one.id: one.title if lang == "zh" else one.title_en for one in rules.funders}


def voucher_lines(
    office: Office, session: Session, on: datetime.date, lang: str = words.DEFAULT
) -> Iterator[VoucherLine]:
    """The vouchers issued until a day, in the order of their issue."""
    register = Register(session)
    revoked = _revoked(session)
    officer, approver = aliased(Person), aliased(Person)
    names = col(Letter.numbered), called(officer), called(approver)
    rows = (
        select(Voucher, Decision, Application, ApplicationVersion, Round, *names)
        .join(Decision, col(Decision.seq) == col(Voucher.decision_seq))
        .join(Application, col(Application.id) == col(Voucher.application_id))
        .join(ApplicationVersion, is_decided_version())
        .outerjoin(Round, col(Round.id) == col(Application.round_id))
        .outerjoin(Letter, _the_letter())
        .join(officer, col(officer.id) == col(Decision.decided_by_id))
        .outerjoin(Approval, _the_approval())
        .outerjoin(approver, col(approver.id) == col(Approval.person_id))
        .where(col(Voucher.issued_on) <= on)
        .order_by(col(Voucher.id))
        .execution_options(yield_per=500)
    )
    for voucher, decision, application, said, named, letter_no, *people in session.execute(rows):
        gone_on = revoked.get(voucher.id)
        admission = register.admission(said.provider_name, said.service, said.signed_on)
        yield VoucherLine(
            voucher,
            decision,
            said,
            names_on_paper.round_name(application.applied_at, named),
            None if admission is None else admission.batch,
            publicity.of_decision(session, decision.seq),
            voucher.state if gone_on is None or gone_on <= on else "issued",
            lang,
            _shares(office, session, decision, lang),
            _counted(office, session, decision),
            letter_no,
            *people,
        )


def gone(session: Session, on: datetime.date) -> tuple[int, int]:
    """How many of the vouchers issued until a day had nothing left at its end, and the fen that they were
    issued for: a ledger keeps their lines, and its totals count what was issued."""
    wanted = select(col(Voucher.id), col(Voucher.quota_fen)).where(
        col(Voucher.issued_on) <= on, col(Voucher.state).in_(GONE)
    )
    revoked = _revoked(session)
    quotas = [fen for number, fen in session.execute(wanted) if revoked.get(number, on) <= on]
    return len(quotas), sum(quotas)


def _the_letter() -> ColumnElement[bool]:
    """The approval letter of a decision that stands."""
    return and_(
        col(Letter.decision_seq) == col(Decision.seq),
        col(Letter.kind) == "approval",
        col(Letter.voided_at).is_(None),
    )


def _the_approval() -> ColumnElement[bool]:
    """What approved a decision."""
    return and_(
        col(Approval.decision_seq) == col(Decision.seq),
        col(Approval.step) == "approval",
        col(Approval.outcome) == "approved",
    )


def _shares(office: Office, session: Session, decision: Decision, lang: str) -> Mapping[str, int]:
    """Each funder's part of an award in fen, by the funder's title."""
    if not decision.split:
        return MappingProxyType({})
    titles = _funders(office, session, decision.policy_sha256, lang)
    parts = (part.rpartition(":") for part in decision.split.split(";"))
    return {titles[name]: int(fen) for name, _, fen in parts}


def _counted(office: Office, session: Session, decision: Decision) -> Mapping[str, Counted]:
    """What counted as used of an award's caps and was not awarded before."""
    policy = office.policy(session, decision.policy_sha256 or "")
    return counted_of_caps(session, policy, decision)


def _revoked(session: Session) -> dict[int, datetime.date]:
    """The day on which the quota of each revoked voucher went back to the budget."""
    statement = (
        select(col(Voucher.id), col(LedgerEntry.at))
        .join(LedgerEntry, col(LedgerEntry.voucher_id) == col(Voucher.id))
        .where(col(Voucher.state) == "revoked", col(LedgerEntry.act) == "revoke")
    )
    return {number: day_of(at) for number, at in session.execute(statement)}


# -- values that are told in a way of their own ----------------------------------------------------------


def _kind(line: VoucherLine) -> str:
    code = f"kind.{line.said.applicant_kind}"
    return words.say(code, line.lang) if words.has(code, line.lang) else line.said.applicant_kind or ""


class _Figures(NamedTuple):
    """What a ledger tells of the lines that are stored with a decision: the cap that left the least as it
    bound this case (overruns and tiers counted), what was declared and what counted as used of it before, and
    what the rules on other public money took, one for each way to the award."""

    cap: str
    cap_fen: int | None
    used_fen: tuple[int, int] | None
    deducted: tuple[int, ...]


@lru_cache(maxsize=1)  # three columns of one line ask for it, one behind the other
def _figures(stored: str) -> _Figures:
    caps: list[tuple[str, tuple[int, ...]]] = []
    deducted: list[int] = []
    running = 0
    for line in lines_of(stored):
        head = line.code.partition(".")[0]
        amounts = tuple(figure for figure in line.figures if isinstance(figure, int))
        if head in ("rate", "fixed", "bands"):
            running = amounts[-1]
            deducted.append(0)
        elif head == "stacking" and deducted:
            deducted[-1] += max(0, running - amounts[-1])
            running = min(running, amounts[-1])
        elif head == "cap":
            caps.append((line.rule, amounts))
    cap, tightest = min(caps, key=lambda cap: cap[1][-1], default=("", ()))
    if not tightest:
        return _Figures(cap, None, None, tuple(dict.fromkeys(deducted)))
    used = tightest[1:-1] or (0, 0)
    return _Figures(cap, tightest[0], (sum(used[:-1]), used[-1]), tuple(dict.fromkeys(deducted)))


def _cap(stored: str) -> int | None:
    return _figures(stored).cap_fen


def _deducted(stored: str) -> str | int | None:
    """What was deducted, in fen; alternatives side by side, as text."""
    return _side_by_side(_figures(stored).deducted)


def _rate(said: str) -> str | int | None:
    """The rate in millionths; alternatives that lead to the same award side by side, as text."""
    rates = [_millionths(part) for part in said.split(";")]
    if len(rates) == 1:
        return rates[0] if rates[0] is not None else said or None
    return " / ".join(f"{money.yuan(rate // 100)}%" if rate is not None else "?" for rate in rates)


def _millionths(said: str) -> int | None:
    whole, _, part = said.partition(".")
    if not whole.isdigit() or (part and not part.isdigit()) or len(part) > 6:
        return None
    return int(whole + part.ljust(6, "0"))


def _computed(said: str) -> str | int | None:
    """The sum that was calculated, in fen; alternatives side by side, as text."""
    return _side_by_side([int(fen) for fen in said.split(";") if fen])


def _side_by_side(amounts: Sequence[int]) -> str | int | None:
    if len(amounts) > 1:
        return " / ".join(map(money.grouped, amounts))
    return amounts[0] if amounts else None

"""The voucher ledger (训力券台账): one line a voucher, from the application to what is left of it.

A column of the ledger is a line of `COLUMNS`: its heading, where it comes from, its kind and width.
"""

import datetime
from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import Session, col

import words
from casework.award.standing_decision import is_decided_version
from casework.cases.case_facts import Register
from casework.core.calendar import day_of
from casework.issuing import publicity
from casework.rulebook import names_on_paper
from models import Application, ApplicationVersion, Decision, LedgerEntry, Publicity, Round, Voucher
from papers.ledgers.ledger_column import Column
from rules import money
from rules.lines import lines_of

FROZEN = 4
"""Columns that stay in sight: up to the applicant's name."""
GONE = ("revoked", "expired")
"""States of a voucher that has nothing left: what was not used of it went back to the budget."""

SERVICE, OTHER, PUBLIC = "ledger.group.service", "ledger.group.other_support", "ledger.group.publicity"


class VoucherLine(NamedTuple):
    """One voucher with what its line is told from: `said` is what was decided on, `batch` that of the
    provider's admission, `state` as it was at the end of the ledger's day."""

    voucher: Voucher
    decision: Decision
    said: ApplicationVersion
    round_name: str
    batch: str | None
    published: Publicity | None
    state: str
    lang: str = words.DEFAULT

    @property
    def amount_fen(self) -> int:
        """The contract's amount with tax."""
        return self.said.contract_amount_fen or 0

    @property
    def public_from(self) -> datetime.date | None:
        """The first day of its publicity."""
        return None if self.published is None else self.published.from_on

    @property
    def public_until(self) -> datetime.date | None:
        """The last day of its publicity."""
        return None if self.published is None else self.published.until_on

    @property
    def left_fen(self) -> int:
        """What can still be redeemed."""
        return 0 if self.state in GONE else self.voucher.quota_fen - self.voucher.used_fen


COLUMNS: tuple[Column[VoucherLine], ...] = (
    Column("ledger.column.year", lambda one: day_of(one.said.applied_at).year, "number", 4.5),
    Column("ledger.column.round", lambda one: one.round_name, "text", 8),
    Column("ledger.column.voucher_no", lambda one: one.voucher.code, "text", 13.5),
    Column("ledger.column.applicant_name", lambda one: one.said.applicant_name, "text", 19),
    Column("ledger.column.credit_code", lambda one: one.said.applicant_code, "text", 16.5),
    Column("ledger.column.applicant_kind", lambda one: _kind(one), "text", 7),
    Column("ledger.column.founded_on", lambda one: one.said.founded_on, "date", 9),
    Column("ledger.column.district", lambda one: one.said.district, "text", 7.5),
    Column("ledger.column.provider", lambda one: one.said.provider_name, "text", 19),
    Column("ledger.column.provider_batch", lambda one: one.batch, "text", 8),
    Column("ledger.column.contract_no", lambda one: one.said.contract_no, "text", 13.5),
    Column("ledger.column.signed_on", lambda one: one.said.signed_on, "date", 9),
    Column("ledger.column.from", lambda one: one.said.starts_on, "date", 9, group=SERVICE),
    Column("ledger.column.until", lambda one: one.said.ends_on, "date", 9, group=SERVICE),
    Column("ledger.column.contract_amount", lambda one: one.amount_fen, "money", 12.5, True),
    Column("ledger.column.net_amount", lambda one: one.said.net_amount_fen, "money", 12.5, True),
    Column("ledger.column.base", lambda one: one.decision.base_fen, "money", 12.5, True),
    Column("ledger.column.rate", lambda one: _rate(one.decision.rate), "rate", 5.5),
    Column("ledger.column.computed", lambda one: _computed(one.decision.computed), "money", 12.5, True),
    Column("ledger.column.cap", lambda one: _cap_fen(one.decision), "money", 12.5),
    Column("ledger.column.national", lambda one: one.said.other_national_fen, "money", 11, True, OTHER),
    Column("ledger.column.city", lambda one: one.said.other_city_fen, "money", 11, True, OTHER),
    Column("ledger.column.district_level", lambda one: one.said.other_district_fen, "money", 11, True, OTHER),
    Column("ledger.column.sum", lambda one: one.said.other_support_fen, "money", 11, True, OTHER),
    Column("ledger.column.award", lambda one: one.voucher.quota_fen, "money", 12.5, True),
    Column("ledger.column.redeemed", lambda one: one.voucher.used_fen, "money", 11, True),
    Column("ledger.column.left", lambda one: one.left_fen, "money", 12.5, True),
    Column("ledger.column.valid_until", lambda one: one.voucher.valid_until, "date", 9),
    Column("ledger.column.state", lambda one: words.say(f"voucher_state.{one.state}", one.lang), "text", 6.5),
    Column("ledger.column.from", lambda one: one.public_from, "date", 9, group=PUBLIC),
    Column("ledger.column.until", lambda one: one.public_until, "date", 9, group=PUBLIC),
    Column("ledger.column.policy", lambda one: one.decision.pack, "text", 13),
    Column("ledger.column.decision_no", lambda one: str(one.decision.seq), "text", 7),
)


def voucher_lines(session: Session, on: datetime.date, lang: str = words.DEFAULT) -> Iterator[VoucherLine]:
    """The vouchers issued until a day, in the order of their issue."""
    register = Register(session)
    revoked = _revoked(session)
    rows = (
        select(Voucher, Decision, Application, ApplicationVersion, Round)
        .join(Decision, col(Decision.seq) == col(Voucher.decision_seq))
        .join(Application, col(Application.id) == col(Voucher.application_id))
        .join(ApplicationVersion, is_decided_version())
        .outerjoin(Round, col(Round.id) == col(Application.round_id))
        .where(col(Voucher.issued_on) <= on)
        .order_by(col(Voucher.id))
        .execution_options(yield_per=500)
    )
    for voucher, decision, application, said, named in session.execute(rows):
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
        )


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


def _cap_fen(decision: Decision) -> int | None:
    """The cap as it bound this case, overruns and tiers counted; the lowest, where there are several."""
    told = (line.figures[0] for line in lines_of(decision.trace) if line.code == "cap")
    return min((limit for limit in told if isinstance(limit, int)), default=None)


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
    amounts = [int(fen) for fen in said.split(";") if fen]
    if len(amounts) > 1:
        return " / ".join(map(money.grouped, amounts))
    return amounts[0] if amounts else None

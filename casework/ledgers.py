"""Ledgers out of the office, as they stood at the end of a day."""

import datetime
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import select
from sqlmodel import Session, col

import words
from casework import phrases, publicity
from casework.act import By, Turn, carry_out
from casework.case_facts import Register
from casework.office import SHANGHAI, Office
from casework.refused import Refused
from models import Application, ApplicationVersion, Decision, LedgerEntry, Round, Voucher
from papers.voucher_ledger import VoucherLine, write_voucher_ledger
from rules.lines import lines_of
from rules.money import yuan

KINDS = ("voucher",)
_GONE = ("revoked", "expired")
"""States of a voucher that has nothing left: what was not used of it went back to the budget."""


def write_ledger(
    office: Office,
    by: str | By,
    kind: str,
    path: Path,
    *,
    at: datetime.date | None = None,
    lang: str = words.DEFAULT,
) -> int:
    """Act `export`: write the ledger of a kind as it stood at the end of a day (today, where none is given).

    Returns:
        The number of rows.

    Raises:
        Refused: `refused.ledger_kind`.
    """
    if kind not in KINDS:
        raise Refused("refused.ledger_kind", kind=kind, known=KINDS)
    written = []

    def body(turn: Turn) -> None:
        on = at or turn.today
        made_at = datetime.datetime.combine(on, datetime.time(18))
        written.append(
            write_voucher_ledger(
                path,
                voucher_lines(office, turn.session, on, lang),
                office=office.row.name,
                at=on,
                made_at=made_at,
                demonstration=office.demonstration,
                lang=lang,
            )
        )
        turn.subject = f"ledger {kind}"
        turn.note(kind=kind, at=on, rows=written[0])

    carry_out(office, by, "export", body)
    return written[0]


def voucher_lines(office: Office, session: Session, on: datetime.date, lang: str) -> Iterator[VoucherLine]:
    """The vouchers issued until a day, in the order of their issue."""
    register = Register(session)
    revoked = _revoked(session)
    rows = (
        select(Voucher, Decision, Application, ApplicationVersion, Round)
        .join(Decision, col(Decision.seq) == col(Voucher.decision_seq))
        .join(Application, col(Application.id) == col(Voucher.application_id))
        .join(
            ApplicationVersion,
            (col(ApplicationVersion.application_id) == col(Application.id))
            & (col(ApplicationVersion.version) == col(Decision.version)),
        )
        .outerjoin(Round, col(Round.id) == col(Application.round_id))
        .where(col(Voucher.issued_on) <= on)
        .order_by(col(Voucher.id))
        .execution_options(yield_per=500)
    )
    for voucher, decision, application, said, named in session.execute(rows):
        gone_on = revoked.get(voucher.id)
        state = voucher.state if gone_on is None or gone_on <= on else "issued"
        yield _line(office, session, register, (voucher, decision, application, said, named), state, lang)


def _revoked(session: Session) -> dict[int, datetime.date]:
    """The day on which the quota of each revoked voucher went back to the budget."""
    statement = (
        select(col(Voucher.id), col(LedgerEntry.at))
        .join(LedgerEntry, col(LedgerEntry.voucher_id) == col(Voucher.id))
        .where(col(Voucher.state) == "revoked", col(LedgerEntry.act) == "revoke")
    )
    return {number: at.astimezone(SHANGHAI).date() for number, at in session.execute(statement)}


def _line(
    office: Office,
    session: Session,
    register: Register,
    row: tuple[Voucher, Decision, Application, ApplicationVersion, Round | None],
    state: str,
    lang: str,
) -> VoucherLine:
    voucher, decision, application, said, named = row
    published = publicity.of_decision(session, decision.seq)
    admission = register.admission(said.provider_name, said.service, said.signed_on)
    told = (line.figures[0] for line in lines_of(decision.trace) if line.code == "cap")
    caps = [limit for limit in told if isinstance(limit, int)]  # as it bound this case: overrun, tier
    return VoucherLine(
        year=said.applied_at.astimezone(SHANGHAI).year,
        round_name=phrases.round_name(application.applied_at, named),
        voucher_no=voucher.code,
        applicant_name=said.applicant_name,
        credit_code=said.applicant_code,
        applicant_kind=_kind(said.applicant_kind, lang),
        founded_on=said.founded_on,
        district=said.district,
        provider_name=said.provider_name,
        provider_batch=None if admission is None else admission.batch,
        contract_no=said.contract_no or "",
        signed_on=said.signed_on,
        starts_on=said.starts_on,
        ends_on=said.ends_on,
        contract_amount_fen=said.contract_amount_fen or 0,
        net_amount_fen=said.net_amount_fen,
        base_fen=decision.base_fen,
        rate=decision.rate,
        computed=";".join(yuan(int(fen)) for fen in decision.computed.split(";") if fen),
        cap_fen=min(caps, default=None),
        other_national_fen=said.other_national_fen,
        other_city_fen=said.other_city_fen,
        other_district_fen=said.other_district_fen,
        other_total_fen=said.other_support_fen,
        award_fen=voucher.quota_fen,
        redeemed_fen=voucher.used_fen,
        left_fen=0 if state in _GONE else voucher.quota_fen - voucher.used_fen,
        valid_until=voucher.valid_until,
        state=words.say(f"voucher_state.{state}", lang),
        publicity_from=None if published is None else published.from_on,
        publicity_until=None if published is None else published.until_on,
        policy=decision.pack,
        decision_no=str(decision.seq),
    )


def _kind(kind: str | None, lang: str) -> str:
    code = f"kind.{kind}"
    return words.say(code, lang) if words.has(code, lang) else kind or ""

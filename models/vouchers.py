"""Vouchers (券): a quota that an approved award becomes, with a code of its own."""

import datetime

from sqlalchemy import UniqueConstraint

from models.columns import day, key, moment, money, ref
from models.state_names import VOUCHER
from models.table import Table, check, one_of


class Voucher(Table, table=True):
    """A voucher. Its code and quota never change; its state and what has been used of it do."""

    __table_args__ = (
        UniqueConstraint("code"),
        UniqueConstraint("decision_seq"),
        one_of("state", VOUCHER),
        check("quota", "used_fen <= quota_fen"),
        check("valid", "valid_until >= issued_on"),
    )
    id: int = key()
    code: str
    decision_seq: int = ref("decision.seq", index=False)
    application_id: int = ref("application.id")
    quota_fen: int = money()
    used_fen: int = money(0)
    issued_on: datetime.date = day()
    valid_until: datetime.date = day(index=True)
    state: str = "issued"
    reason: str | None = None
    at: datetime.datetime = moment()
    person_id: int = ref("person.id", index=False)

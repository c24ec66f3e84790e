"""Those on the other side of the counter: applicants with their history, and admitted providers."""

import datetime

from sqlalchemy import UniqueConstraint

from models.columns import day, indexed, key, moment, ref
from models.table import Table, check


class Applicant(Table, table=True):
    """A unit that applies (申请单位). `code` is its unified social credit code, or another stable id."""

    __table_args__ = (UniqueConstraint("code"),)
    id: int = key()
    code: str
    name: str
    kind: str | None = None
    founded_on: datetime.date | None = day(None)
    district: str | None = None
    created_at: datetime.datetime = moment()


class ApplicantName(Table, table=True):
    """A name that an applicant bore from a day on, with where that is known from."""

    __table_args__ = (UniqueConstraint("applicant_id", "from_on"),)
    id: int = key()
    applicant_id: int = ref("applicant.id")
    name: str
    from_on: datetime.date = day()
    source: str


class Contact(Table, table=True):
    """Whom to call. Personal data: never published, never in the log in clear."""

    __table_args__ = (UniqueConstraint("applicant_id", "name", "phone"),)
    id: int = key()
    applicant_id: int = ref("applicant.id")
    name: str
    phone: str | None = None
    email: str | None = None
    created_at: datetime.datetime = moment()


class BankAccount(Table, table=True):
    """An account that an applicant named. The number is text: it is an id, never an amount."""

    __table_args__ = (UniqueConstraint("applicant_id", "number"),)
    id: int = key()
    applicant_id: int = ref("applicant.id")
    holder: str
    bank: str
    bank_code: str | None = None
    number: str = indexed()
    created_at: datetime.datetime = moment()


class Provider(Table, table=True):
    """A service institution (服务机构)."""

    __table_args__ = (UniqueConstraint("name"),)
    id: int = key()
    name: str
    code: str | None = None


class Admission(Table, table=True):
    """A provider admitted (入库) with a batch, for some services, from a day until another (not included)."""

    __table_args__ = (
        UniqueConstraint("provider_id", "batch", "service"),
        check("interval", "until_on IS NULL OR until_on > from_on"),
    )
    id: int = key()
    provider_id: int = ref("provider.id")
    batch: str
    service: str
    from_on: datetime.date | None = day(None)
    until_on: datetime.date | None = day(None)
    source: str

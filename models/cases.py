"""An application and everything that is said about it before it is decided."""

import datetime

from sqlalchemy import Index, UniqueConstraint

from models.columns import day, indexed, key, moment, money, number, ref, sha256, yes_no
from models.state_names import APPLICATION, VERSION_SOURCES
from models.table import Table, check, one_of


class Round(Table, table=True):
    """A round of applications (申报批次) under one scheme, with its own window."""

    __table_args__ = (
        UniqueConstraint("scheme", "year", "name"),
        one_of("state", ("open", "closed")),
        check("window", "closes_at IS NULL OR opens_at IS NULL OR closes_at > opens_at"),
    )
    id: int = key()
    scheme: str
    year: int = number()
    name: str
    opens_at: datetime.datetime | None = moment(None)
    closes_at: datetime.datetime | None = moment(None)
    state: str = "open"


class Contract(Table, table=True):
    """A service contract (服务合同) as first seen; each application's version keeps the figures it claimed.

    `number_key` is the number stripped to what tells two contracts apart, for finding the same one elsewhere.
    """

    __table_args__ = (UniqueConstraint("applicant_id", "number_key"),)
    id: int = key()
    applicant_id: int = ref("applicant.id")
    provider_id: int | None = ref("provider.id", None)
    number: str
    number_key: str = indexed()
    ended_on: datetime.date | None = day(None)


class Intake(Table, table=True):
    """A file that was read in: what it was and how many rows became what."""

    id: int = key()
    file_name: str
    file_sha256: str = sha256(index=True)
    rows: int = number()
    accepted: int = number()
    rejected: int = number()
    unchanged: int = number()
    at: datetime.datetime = moment()
    person_id: int = ref("person.id", index=False)


class Application(Table, table=True):
    """An application (申请): one case under one number. What it says stands in its versions.

    `version` is the current one; `resumes` the state that a suspended or corrected case comes back to.
    """

    __table_args__ = (
        UniqueConstraint("case_no"),
        one_of("state", APPLICATION),
        Index("ix_application_applied_at", "applied_at", "id"),
        Index("ix_application_state", "state", "id"),
        Index("ix_application_applicant_id", "applicant_id", "id"),
        check("version_counts", "version >= 1"),
    )
    id: int = key()
    case_no: str
    receipt_no: str | None = None
    round_id: int | None = ref("round.id", None)
    scheme: str
    applicant_id: int = ref("applicant.id", index=False)
    contract_id: int | None = ref("contract.id", None)
    state: str = "submitted"
    resumes: str | None = None
    version: int = number(1)
    applied_at: datetime.datetime = moment()
    arrived_at: datetime.datetime = moment()
    prepared_by_id: int | None = ref("person.id", None, index=False)


class ApplicationVersion(Table, table=True):
    """What an application said at one time. Kept for ever; a change is the next version.

    The columns carry CONTRACT's facts under their names; facts that only one pack declares stand in `extra`,
    canonical JSON. `source` tells what the applicant gave from what the officer verified (`review`).
    `verified` names the fields that an officer verified, each with the applicant's own word of it: canonical
    JSON, empty in versions that are older than the column.
    """

    __table_args__ = (
        UniqueConstraint("application_id", "version"),
        one_of("source", VERSION_SOURCES),
        check("version_counts", "version >= 1"),
        check("term", "ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on"),
    )
    id: int = key()
    application_id: int = ref("application.id", index=False)
    version: int = number()
    source: str
    applied_at: datetime.datetime = moment()
    applicant_name: str
    applicant_code: str
    applicant_kind: str | None = None
    founded_on: datetime.date | None = day(None)
    district: str | None = None
    contract_no: str | None = None
    signed_on: datetime.date | None = day(None)
    starts_on: datetime.date | None = day(None)
    ends_on: datetime.date | None = day(None)
    contract_amount_fen: int | None = money(None)
    net_amount_fen: int | None = money(None)
    leased_in_year_fen: int | None = money(None)
    related_party: bool | None = yes_no(None)
    provider_admitted: bool | None = yes_no(None)
    other_support_fen: int | None = money(None)
    other_national_fen: int | None = money(None)
    other_city_fen: int | None = money(None)
    other_district_fen: int | None = money(None)
    other_source: str | None = None
    awarded_before_fen: int | None = money(None)
    provider_name: str | None = None
    service: str | None = None
    purpose: str | None = None
    contact_id: int | None = ref("contact.id", None, index=False)
    bank_account_id: int | None = ref("bank_account.id", None)
    extra: str = "{}"
    verified: str | None = None
    said_sha256: str = sha256()
    intake_id: int | None = ref("intake.id", None)
    intake_row: int | None = number(None)
    reason: str | None = None
    at: datetime.datetime = moment()
    person_id: int = ref("person.id", index=False)


class Invoice(Table, table=True):
    """An invoice handed in with an application."""

    __table_args__ = (UniqueConstraint("application_id", "number"),)
    id: int = key()
    application_id: int = ref("application.id")
    number: str = indexed()
    issued_on: datetime.date | None = day(None)
    net_fen: int | None = money(None, signed=True)
    tax_fen: int | None = money(None, signed=True)
    gross_fen: int = money(signed=True)
    at: datetime.datetime = moment()


class Finding(Table, table=True):
    """A result of checking (核查结果) that a person must judge: a code, what it is about, and the judgement.

    `with_kind` and `with_id` name the other thing, for example the application that claims the same contract.
    """

    __table_args__ = (
        one_of("state", ("open", "cleared", "upheld", "outdated")),
        one_of("with_kind", ("application", "invoice", "bank_account", "provider", "applicant", "field")),
        check("judged", "state NOT IN ('cleared', 'upheld') OR judged_by_id IS NOT NULL"),
        check("judged_why", "state NOT IN ('cleared', 'upheld') OR reason IS NOT NULL"),
        Index("ix_finding_state", "state", "code"),
    )
    id: int = key()
    application_id: int = ref("application.id")
    version: int = number()
    code: str
    outcome: str | None = None
    with_kind: str | None = None
    with_id: int | None = number(None)
    with_text: str | None = None
    detail: str = "{}"
    state: str = "open"
    found_at: datetime.datetime = moment()
    judged_at: datetime.datetime | None = moment(None)
    judged_by_id: int | None = ref("person.id", None, index=False)
    reason: str | None = None


class Correction(Table, table=True):
    """One list of defects sent to the applicant (补正), with its round and due date."""

    __table_args__ = (
        UniqueConstraint("application_id", "round_no"),
        one_of("state", ("open", "answered", "lapsed", "cancelled")),
    )
    id: int = key()
    application_id: int = ref("application.id")
    round_no: int = number()
    version: int = number()
    due_on: datetime.date = day()
    state: str = "open"
    asked_at: datetime.datetime = moment()
    asked_by_id: int = ref("person.id", index=False)
    answered_at: datetime.datetime | None = moment(None)
    answered_version: int | None = number(None)


class CorrectionItem(Table, table=True):
    """One defect, tied to a field or to a kind of paper."""

    __table_args__ = (one_of("about", ("field", "paper")),)
    id: int = key()
    correction_id: int = ref("correction.id")
    about: str
    target: str
    defect: str
    note: str | None = None
    settled_at: datetime.datetime | None = moment(None)


class ColumnMap(Table, table=True):
    """A heading of a portal's file that the office has taught: it means this field."""

    __table_args__ = (UniqueConstraint("heading"),)
    id: int = key()
    heading: str
    field: str
    unit: str | None = None
    at: datetime.datetime = moment()
    person_id: int = ref("person.id", index=False)

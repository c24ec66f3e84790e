"""What the office holds besides an application that is stored: the same thing claimed elsewhere, near misses,
and its neighbours in the file that it came in with."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, case, func, or_, select
from sqlmodel import Session, col

from casework.cases.case_facts import is_current
from casework.cases.far_out import LEAST_OTHERS, middle_of
from casework.cases.field_table import COLUMNS
from casework.cases.looked_for import Other, Subject
from casework.cases.stored_facts import declared
from models import Applicant, Application, ApplicationVersion, BankAccount, Contract, Invoice, Paper
from rules.case_number import near_key
from rules.contract_number import number_key
from rules.plain_text import account_key, name_key


class InOffice:
    """The office as it stands in one transaction, for one application at a time."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def name_of(self, applicant: str) -> tuple[int | None, str] | None:
        """The applicant of a code, by number and name."""
        wanted = select(col(Applicant.id), col(Applicant.name)).where(col(Applicant.code) == applicant)
        found = self.session.execute(wanted).first()
        return None if found is None else (found[0], found[1])

    def near_case_no(self, one: Subject) -> Sequence[Other]:
        """Others of the same applicant whose number has the same letters and figures, and other marks."""
        mine = _others(one).join(Applicant, col(Applicant.id) == col(Application.applicant_id))
        found = self._found(mine.where(col(Applicant.code) == one.values["applicant"]))
        return [other for other in found if near_key(other.case) == near_key(one.case)]

    def same_contract(self, one: Subject) -> Sequence[Other]:
        """Others that claim the same contract and were not withdrawn."""
        key = number_key(one.values.get("contract_no") or "")
        if not key:
            return ()
        same = _others(one).join(Contract, col(Contract.id) == col(Application.contract_id))
        return self._found(same.where(col(Contract.number_key) == key))

    def same_invoice(self, one: Subject) -> Sequence[Other]:
        """Others that handed in an invoice of the same number."""
        mine = select(col(Invoice.number)).where(col(Invoice.application_id) == one.number)
        same = _others(one).join(Invoice, col(Invoice.application_id) == col(Application.id))
        return self._found(same.where(col(Invoice.number).in_(mine)).distinct())

    def same_paper(self, one: Subject) -> Sequence[Other]:
        """Others that handed in the very same file."""
        mine = select(col(Paper.content_sha256)).where(col(Paper.application_id) == one.number)
        same = _others(one).join(Paper, col(Paper.application_id) == col(Application.id))
        return self._found(same.where(col(Paper.content_sha256).in_(mine)).distinct())

    def same_account(self, one: Subject) -> Sequence[tuple[int | None, str]]:
        """Accounts of other applicants with the same number, however it is written: of what an account may
        hold (`rules.facts.read_account`) only hyphens and the size of letters tell no two apart."""
        account = one.values.get("account")
        if not account:
            return ()
        key = func.upper(func.replace(col(BankAccount.number), "-", ""))
        same = (
            select(col(BankAccount.id), col(Applicant.code))
            .join(Applicant, col(Applicant.id) == col(BankAccount.applicant_id))
            .where(key == account_key(account), col(Applicant.code) != one.values["applicant"])
        )
        return [(number, code) for number, code in self.session.execute(same.order_by(col(BankAccount.id)))]

    def likely_same_contract(self, one: Subject) -> Sequence[Other]:
        """Others of the same applicant with the same amount and another number, or both with none, that no
        signing day tells apart."""
        fen = one.values.get("contract_amount")
        if fen is None:
            return ()
        version = ApplicationVersion
        near = _under_another_number(one).where(
            col(version.applicant_code) == one.values["applicant"], col(version.contract_amount_fen) == fen
        )
        if (day := one.values.get("signed_on")) is not None:
            near = near.where(or_(col(version.signed_on).is_(None), col(version.signed_on) == day))
        return self._found(near)

    def similar_contract(self, one: Subject) -> Sequence[Other]:
        """Other applicants' with another contract of the same provider, amount and signing day."""
        said = [one.values.get(name) for name in SIMILAR]
        if None in said or not one.values.get("provider"):
            return ()
        version = ApplicationVersion
        near = _under_another_number(one).where(col(version.applicant_code) != one.values["applicant"])
        for name, value in zip(SIMILAR, said, strict=True):
            near = near.where(col(getattr(version, COLUMNS[name])) == value)
        provider = name_key(one.values["provider"])
        rows = self.session.execute(near.add_columns(col(version.provider_name)))
        return [Other(number, case_no) for number, case_no, name in rows if name_key(name or "") == provider]

    def mostly_below(self, one: Subject, field: str, fen: int) -> bool:
        """Whether most amounts of this field in the file that it came in with are so low."""
        version = ApplicationVersion
        file = (
            select(func.max(col(version.intake_id)))
            .where(col(version.application_id) == one.number)
            .scalar_subquery()
        )
        if field not in COLUMNS:
            own = select(col(version.extra)).where(col(version.intake_id) == file)
            said = [declared(extra).get(field) for extra in self.session.execute(own).scalars()]
            middle = middle_of(sorted(amount for amount in said if isinstance(amount, int) and amount > 0))
            return middle is not None and middle <= fen
        amount = col(getattr(version, COLUMNS[field]))
        counted = select(func.count(), func.coalesce(func.sum(case((amount <= fen, 1), else_=0)), 0))
        of, low = self.session.execute(counted.where(col(version.intake_id) == file, amount > 0)).one()
        return bool(of > LEAST_OTHERS and 2 * low > of)

    def _found(self, wanted: Select[Any]) -> list[Other]:
        return [Other(number, case_no) for number, case_no in self.session.execute(wanted)]


SIMILAR = ("contract_amount", "signed_on")
"""What two contracts agree in, beside their provider, that may be one under two numbers."""


def _others(one: Subject) -> Any:
    """The other applications, but for those that were withdrawn, by number and case."""
    return (
        select(col(Application.id), col(Application.case_no))
        .where(col(Application.id) != one.number, col(Application.state) != "withdrawn")
        .order_by(col(Application.id))
    )


def _under_another_number(one: Subject) -> Any:
    """Others that do not name the same contract, with what they say now: none of both does."""
    key = number_key(one.values.get("contract_no") or "")
    others = (
        _others(one)
        .join(ApplicationVersion, is_current())
        .outerjoin(Contract, col(Contract.id) == col(Application.contract_id))
    )
    return others.where(func.coalesce(col(Contract.number_key), "") != key) if key else others

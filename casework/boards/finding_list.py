"""Findings of all cases in one list: what was found, of which case, and what it means. Reading only."""

import datetime
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import func, select
from sqlmodel import col

from casework.cases.finding_weights import weight
from casework.core.case_numbers import as_first_written
from casework.core.office import Office
from models import Application, Finding, Person

STANDING = ("open", "upheld")
"""The states of findings that something may still hang on."""


class ListedFinding(NamedTuple):
    """A finding; `number` is what `judge_finding` takes. `other` is the other thing that it names, `effect`
    what it means as it stands (`resources/findings.toml`)."""

    number: int
    case: str
    code: str
    other: str
    state: str
    effect: str
    found_at: datetime.datetime
    judged_by: str
    reason: str
    outcome: str


def listed_findings(
    office: Office, states: Sequence[str] = STANDING, case: str = "", code: str = ""
) -> tuple[ListedFinding, ...]:
    """The findings in these states (of a case, of a code), in the order in which they were found. Conditions
    that hold are findings that say nothing, and are left out."""
    wanted = (
        select(Finding, col(Application.case_no), col(Person.full_name))
        .join(Application, col(Application.id) == col(Finding.application_id))
        .outerjoin(Person, col(Person.id) == col(Finding.judged_by_id))
        .where(col(Finding.state).in_(states), func.coalesce(col(Finding.outcome), "") != "pass")
        .order_by(col(Finding.id))
    )
    if code:
        wanted = wanted.where(col(Finding.code) == code)
    with office.read() as session:
        if case:
            wanted = wanted.where(col(Application.case_no) == as_first_written(session, [case])[case])
        return tuple(
            ListedFinding(
                row.id, number, row.code, row.with_text or "", row.state, weight(row.code).now(row.state),
                row.found_at, name or "", row.reason or "", row.outcome or "",
            )
            for row, number, name in session.execute(wanted)
        )  # fmt: skip

"""Looking at an application that the office holds: by a check, and wherever what it says or brings changes.

A change looks by itself, or a contract that another case claims could be set down unseen. What it finds takes
the place of what nobody has judged, and of what was judged of something that counts otherwise since
(`judged_of`), also with the other case that it names; all else that a person has judged stands until the next
check.
"""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Row, func, select
from sqlmodel import Session, col

from casework.cases.case_facts import Register, facts_of, row_of
from casework.cases.elsewhere import InOffice
from casework.cases.field_table import COLUMNS
from casework.cases.finding_weights import weight
from casework.cases.judged_of import still_counts
from casework.cases.looked_for import AGAIN, Found, Subject, look
from casework.cases.stored_facts import declared
from casework.core.act import Turn
from casework.core.act_table import ACTS
from casework.rulebook.in_force import Chosen, Shelf
from models import Application, ApplicationVersion, BankAccount, Finding
from rules.facts import shanghai_now

JUDGED = ("cleared", "upheld")
"""What a person can find of a finding."""

Key = tuple[str, int | None, str | None]
"""What tells the findings of a case apart: the kind, and the other thing by number and name."""


def seen(session: Session, row: Row[Any], register: Register, chosen: Chosen | None) -> list[Found]:
    """What there is to look at in an application as it stands (a row of `case_facts.current`)."""
    return look(_subject(session, row, register, chosen), InOffice(session), register)


def again(
    turn: Turn,
    application: Application,
    said_anew: Collection[str] = (),
    register: Register | None = None,
    whole: bool = False,
) -> None:
    """Look at an application anew, and keep what is found.

    Args:
        said_anew: verified fields of which the applicant has just said something else; that is to be judged
            whatever was judged of an earlier word.
        register: what the office knows besides, where it is read already.
        whole: all of it came in anew, by a file: what was judged of an earlier version is to be judged again
            where it is still so, as after a check.
    """
    session = turn.session
    row = row_of(session, application.id)
    register = register or Register(session)
    chosen = turn.once(Shelf).policy(application.scheme, facts_of(row, register), turn.today)
    found = seen(session, row, register, chosen)
    anew = {("verified_changed", name) for name in said_anew}
    old = ("open", *JUDGED) if whole else ("open",)
    mine = select(Finding).where(col(Finding.application_id) == application.id)
    for one in session.execute(mine.where(col(Finding.code).in_(AGAIN))).scalars():
        same = [each for each in found if is_same(each, key_of(one))]
        earlier = one.version != application.version
        if one.state in old and (earlier or (one.state == "open" and not same)):
            outdate(turn, one)
        elif one.state == "open":
            found = [each for each in found if each not in same]
        elif not same or one.state not in JUDGED:
            continue
        elif (one.code, one.with_text) in anew or not still_counts(session, application, one):
            outdate(turn, one)
        else:
            found = [each for each in found if each not in same]
    for each in found:
        keep(turn, application, each._asdict())
        turn.changed("finding")
        if each.with_kind == "application" and each.with_id is not None:
            _with_the_other(turn, application, each.code, session.get_one(Application, each.with_id))


def _with_the_other(turn: Turn, application: Application, code: str, other: Application) -> None:
    """What two cases share is found anew: what was judged of it with the other is judged anew there too,
    where what it was about counts otherwise since."""
    if other.state not in ACTS["judge_finding"].states:
        return
    there = Found(code, "application", application.id, application.case_no)
    mine = select(Finding).where(col(Finding.application_id) == other.id, col(Finding.code) == code)
    found = [one for one in turn.session.execute(mine).scalars() if is_same(there, key_of(one))]
    old = [one for one in found if one.state in JUDGED and not still_counts(turn.session, other, one)]
    for one in old:
        outdate(turn, one)
    if old and all(one.state == "outdated" for one in found):
        keep(turn, other, there._asdict())


def outdate(turn: Turn, row: Finding) -> None:
    """A finding is out of date: the facts are others, or a newer one took its place."""
    row.state = "outdated"
    turn.changed("finding", row.id)


def key_of(row: Finding) -> Key:
    """What tells a finding from others of its case."""
    return row.code, row.with_id, row.with_text


def is_same(found: Found, key: Key) -> bool:
    """Whether something is found that was found before. What stood in the same file had no number yet."""
    code, with_id, with_text = key
    return (code, with_text) == (found.code, found.with_text) and with_id in (None, found.with_id)


def keep(turn: Turn, application: Application, found: dict[str, Any]) -> None:
    """Keep one thing that was found, as it stands with the version of now."""
    weight(found["code"])  # one without a line in the table is a bug, and loud
    turn.session.add(
        Finding(application_id=application.id, version=application.version, found_at=turn.at, **found)
    )


def _subject(session: Session, row: Row[Any], register: Register, chosen: Chosen | None) -> Subject:
    """A case as `looked_for.look` looks at it."""
    said = row._mapping
    account = said["bank_account_id"]
    values = {name: said[column] for name, column in COLUMNS.items()} | dict(declared(said["extra"]))
    values["account"] = None if account is None else session.get_one(BankAccount, account).number
    imported = select(func.max(col(ApplicationVersion.version))).where(
        col(ApplicationVersion.application_id) == said["application_id"],
        col(ApplicationVersion.source) == "import",
    )
    return Subject(
        said["case_no"],
        values,
        max((session.execute(imported).scalar() or 1) - 1, 0),
        register.verified(row),
        frozenset() if chosen is None else chosen.pack.officers_own,
        None if chosen is None else chosen.policy.budget_amount_fen,
        said["application_id"],
        register.rounds.missed(said["scheme"], shanghai_now(said["applied_at"]), said["round_id"]),
        register.amounts(said["scheme"]),
    )

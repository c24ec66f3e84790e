"""What if: the office's past cases under a draft pack. A simulation; it stores its line in the log, no more.

The cases are those of the draft's scheme that have been decided (of all schemes, where the office has none
of that id), each with its last decision, in the order of the decisions, and with the facts that it was
decided on. What the office has set by supplements for the scheme holds for the draft as well, where the draft
leaves the same parameter unset.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

import models
import words
from casework.award.standing_decision import stands
from casework.award.whatif_workbook import write_workbook
from casework.cases.case_facts import Register, current, facts_of
from casework.core.act import By
from casework.core.files_out import Taken, Tray, take_out
from casework.core.holidays import calendar
from casework.core.office import SHANGHAI, Office
from casework.core.refused import Refused
from casework.rulebook.adoption import PackRefused
from casework.rulebook.in_force import confirmed_order, sets_a_parameter
from casework.rulebook.pack_figures import figures
from casework.rulebook.rule_titles import pack_called, parameter_called
from casework.rulebook.supplements import must_fit
from models import Application, Decision
from rules import whatif as rules
from rules.check import Finding
from rules.facts import Value
from rules.faults import PackFaults
from rules.pack import Pack, load
from rules.policy import Policy, Supplement
from rules.whatif import Past, WhatIf
from rules.witness import Unusable, decode

SMALL = "small_firm"
"""The fact, declared by a pack, that says whether an applicant is a small firm."""


def whatif(
    office: Office,
    by: str | By,
    draft: Pack,
    *,
    year: int | None = None,
    months: int = 0,
    settings: Mapping[str, str] | None = None,
    path: Path | None = None,
    lang: str = words.DEFAULT,
) -> WhatIf:
    """Act `whatif`: past cases under a draft pack.

    Args:
        draft: the pack to try; it need not be in force, nor in the office.
        year: only cases applied for in this year.
        months: how many months to move the cases' dates, so that they meet the draft's window.
        settings: what else is set of the parameters that the draft leaves unset.
        path: where to write the comparison as a workbook.

    Raises:
        Refused: `refused.no_such_parameter`, `refused.no_such_value`: a setting that the draft does not know.
    """
    with office.read() as session:
        policy = draft_policy(session, draft, settings or {})
        found = rules.what_if(policy, list(past(session, office, draft.id, year)), months)

    def make(session: Session, tray: Tray) -> Taken:
        if path is not None:
            write_workbook(tray.draft(path), found, office, lang)
        noted = {"sha256": policy.sha256, "year": year, "months": months, "cases": len(found.lines)}
        return Taken(f"draft {draft.ref}", noted)

    take_out(office, by, make, act="whatif")
    return found


def changed(pack: Pack, wanted: Mapping[str, str]) -> Pack:
    """The pack with other rates, caps or budgets: ``{"general.rate": "0.45", "budget.amount": "600000000"}``.

    Raises:
        Refused: `refused.no_such_figure`; `refused.pack_faults`: a figure that a pack may not have.
    """
    if not wanted:
        return pack
    try:
        return rules.variant(pack, wanted)
    except KeyError as error:
        known = tuple(one.name for one in figures(pack))
        told = {"figure": str(error.args[0]), "pack": pack_called(pack), "known": known}
        raise Refused("refused.no_such_figure", **told) from error
    except PackFaults as error:
        raise PackRefused([Finding(*fault) for fault in error.faults]) from error


def named(office: Office, name: str) -> Pack | None:
    """A pack that the office holds, by its `id@version`, or by its id the newest of it."""
    with office.read() as session:
        order = col(models.Pack.in_force_from), col(models.Pack.state) == "confirmed"
        rows = select(col(models.Pack.canonical)).order_by(*order)
        packs = [load(bytes(stored).decode()) for stored in session.execute(rows).scalars()]
    return next((pack for pack in reversed(packs) if name in (pack.ref, pack.id)), None)


def draft_policy(session: Session, draft: Pack, settings: Mapping[str, str]) -> Policy:
    """The draft with what the office has set for its scheme, and with the settings of this try."""
    kept = _standing_supplements(session, draft)
    for parameter, value in settings.items():
        kept[parameter] = _supplement(draft, parameter, value)
        must_fit(draft, kept[parameter])
    try:
        return Policy(draft, kept.values(), calendar())
    except PackFaults as error:
        known = tuple(parameter_called(draft, one.id) for one in draft.unset)
        said = ", ".join(f"{name}={value}" for name, value in settings.items())
        asked = pack_called(draft)
        raise Refused("refused.no_such_value", parameter=asked, value=said, readings=known) from error


def _standing_supplements(session: Session, draft: Pack) -> dict[str, Supplement]:
    """What stands confirmed for the scheme's packs, the latest of each parameter; one that was revoked leaves
    its parameter unset."""
    given, pack = models.Supplement, models.Pack
    rows = (
        select(col(given.canonical), col(given.state))
        .join(pack, col(pack.id) == col(given.pack_id))
        .where(col(pack.scheme) == draft.id, col(given.state).in_(("confirmed", "revoked")))
        .where(sets_a_parameter())
        .order_by(*confirmed_order())
    )
    kept: dict[str, Supplement] = {}
    for stored, state in session.execute(rows):
        one = Supplement.parse(bytes(stored))
        if not draft.parameter(one.parameter):
            continue
        if state == "revoked":
            kept.pop(one.parameter, None)
        else:
            kept[one.parameter] = _supplement(draft, one.parameter, one.value)
    return kept


def _supplement(draft: Pack, parameter: str, value: str) -> Supplement:
    return Supplement(draft.id, parameter, value, draft.in_force_from, None, "whatif", "made-up")


def past(session: Session, office: Office, scheme: str, year: int | None) -> Iterator[Past]:
    """The decided cases with their last decision, in the order of the decisions."""
    register = Register(session)
    wanted = _wanted(session, scheme)
    cut: dict[str, frozenset[str]] = {}
    for row in session.execute(wanted.order_by(col(Decision.seq))):
        said = row._mapping
        if year is not None and said["applied_at"].astimezone(SHANGHAI).year != year:
            continue
        sha256 = said["policy_sha256"]
        if sha256 is not None and sha256 not in cut:
            cut[sha256] = rules.budget_words(office.policy(session, sha256).pack)
        told = {*said["binding"].split(";"), *said["reasons"].split(";")}
        facts = facts_of(row, register)
        if sha256 is not None:
            facts |= _used(office.policy(session, sha256), said["witness"])
        small = facts.get(SMALL)
        yield Past(
            said["case_no"],
            facts,
            said["status"],
            said["award_fen"] or 0,
            not told.isdisjoint(cut.get(sha256 or "", frozenset())),
            small=small if isinstance(small, bool) else None,
            holds_fen=said["holds_fen"],
            decided_on=said["decided_at"].astimezone(SHANGHAI).date(),
        )


_DECIDED = (
    "status", "award_fen", "holds_fen", "binding", "reasons", "policy_sha256", "witness", "decided_at",
)  # fmt: skip


def _used(policy: Policy, witness: str) -> dict[str, Value]:
    """The facts that a decision used, as they were then."""
    values = zip(policy.program.names, decode(policy, witness).values, strict=True)
    return {name: value for name, value in values if type(value) is not Unusable}


def _wanted(session: Session, scheme: str) -> Any:
    """Applications with their facts and the decision that stands."""
    statement = (
        current()
        .join(Decision, col(Decision.application_id) == col(Application.id))
        .add_columns(
            *(col(getattr(Decision, name)) for name in _DECIDED),
        )
        .where(stands())
    )
    own = statement.where(col(Application.scheme) == scheme)
    return own if session.execute(own.limit(1)).first() is not None else statement

"""Whether the base of an award includes tax, and whether that is true of the amount that it comes from.

What stands against the award itself forbids every act that carries it on (`publish`, `approve`,
`issue_voucher`), and not only the letter that would say it: after the voucher it can't be put right.
"""

from collections.abc import Sequence

from sqlalchemy import select
from sqlmodel import Session, col

from casework.award.standing_decision import is_decided_version
from casework.core import many_rows
from casework.core.office import Office
from casework.core.refused import Refused
from casework.core.who_may import Who
from casework.rulebook import names_on_paper, term_values
from casework.rulebook.in_force import Shelf
from casework.rulebook.rule_titles import pack_called, parameter_called
from models import Application, ApplicationVersion, Decision

TAX_BASIS = "tax_basis"


def with_tax(office: Office, shelf: Shelf, application: Application, decision: Decision) -> bool | None:
    """Whether the base of an award includes tax, by the policy it was decided under, else by today's; None
    where its pack does not ask.

    Raises:
        Refused: `refused.unset` while the office has not set it, `refused.means_nothing` where it is set to
            what says nothing.
    """
    policy = office.policy(shelf.session, decision.policy_sha256 or "")
    if TAX_BASIS not in policy.pack.office:
        return None
    today = shelf.policy_of(application, office.today())
    found = [policy] if today is None else [policy, today.policy]
    told = next((said for said in map(names_on_paper.with_tax, found) if said is not None), None)
    if told is not None:
        return told
    asked = {"parameter": parameter_called(policy.pack, TAX_BASIS), "pack": pack_called(policy.pack)}
    value = found[-1].office(TAX_BASIS)
    if value is None:
        raise Refused("refused.unset", **asked)
    raise Refused("refused.means_nothing", value=value, known=term_values.called(TAX_BASIS), **asked)


def must_be_true(who: Who, application: Application, decision: Decision) -> None:
    """Part of the bars of the acts that carry an award on: where the contract's amount without tax is known
    and another than the amount that its base comes from, the office has set that the base includes tax.

    Raises:
        Refused: `refused.base_has_tax`; `refused.unset`, `refused.means_nothing` as `with_tax` says.
    """
    found = untrue(who.office, who.once(Shelf), [(application, decision)])
    if found:
        raise found[application.id]


def untrue(
    office: Office, shelf: Shelf, awards: Sequence[tuple[Application, Decision]]
) -> dict[int, Refused]:
    """What `must_be_true` refuses of some awards, by the application's number; the others are not named."""
    amounts = _with_tax_in_them(shelf.session, [decision.seq for _, decision in awards])
    found = {}
    for application, decision in awards:
        if decision.seq not in amounts:
            continue
        policy = office.policy(shelf.session, decision.policy_sha256 or "")
        if "contract_amount" not in policy.rules.base.smallest_of:
            continue
        gross, net = amounts[decision.seq]
        try:
            if with_tax(office, shelf, application, decision) is False:
                raise Refused("refused.base_has_tax", case=application.case_no, gross_fen=gross, net_fen=net)
        except Refused as refusal:
            found[application.id] = refusal
    return found


def _with_tax_in_them(session: Session, seqs: Sequence[int]) -> dict[int, tuple[int, int]]:
    """The contract's amount and that without tax, in fen, of the decisions on one where they differ."""
    said = ApplicationVersion
    found = {}
    for some in many_rows.chunks(seqs):
        rows = (
            select(col(Decision.seq), col(said.contract_amount_fen), col(said.net_amount_fen))
            .join(said, is_decided_version())
            .where(col(Decision.seq).in_(some), col(said.contract_amount_fen) != col(said.net_amount_fen))
        )
        found.update({seq: (gross, net) for seq, gross, net in session.execute(rows)})
    return found

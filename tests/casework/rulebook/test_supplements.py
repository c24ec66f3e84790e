"""What a pack leaves unset is set by two people."""

import datetime

import pytest

from casework.core.refused import Refused
from casework.rulebook import packs, supplements
from models import Supplement
from rules.policy import Supplement as Stated
from tests.casework.desk import PACK, Desk
from tests.casework.rulebook.test_packs import EXAMPLES, NEXT

DAY = datetime.date(2026, 5, 20)


def test_a_supplement_takes_two_people(desk: Desk) -> None:
    change = supplements.propose_supplement(desk.office, "approver", PACK, "startup_ceiling", "50", "纪要")
    with pytest.raises(Refused, match="same_person"):
        supplements.confirm_supplement(desk.office, "approver", change.facts["supplement"])
    with pytest.raises(Refused, match="not_allowed"):
        supplements.confirm_supplement(desk.office, "officer", change.facts["supplement"])
    supplements.confirm_supplement(desk.office, "approver2", change.facts["supplement"])
    row = desk.rows(Supplement)[0]
    assert (row.state, row.from_on) == ("confirmed", DAY)
    assert Stated.parse(bytes(row.canonical)).value == "50"
    with pytest.raises(Refused, match="not_proposed"):
        supplements.confirm_supplement(desk.office, "approver2", row.id)


@pytest.mark.parametrize(
    ("parameter", "value", "code"),
    [
        ("startup_ceiling", "many", "refused.no_such_value"),
        ("publicity_days", "soon", "refused.no_such_value"),
        ("publicity_days", "0", "refused.no_such_value"),
        ("validity_months", "0", "refused.no_such_value"),
        ("correction_days", "0", "refused.no_such_value"),
        ("startup_reference_date", "founded_on", "refused.no_such_value"),
        ("rate", "0.9", "refused.no_such_parameter"),
    ],
)
def test_only_what_is_unset_can_be_set_and_only_to_what_it_can_be(
    desk: Desk, parameter: str, value: str, code: str
) -> None:
    with pytest.raises(Refused, match=code):
        supplements.propose_supplement(desk.office, "officer", PACK, parameter, value, "纪要")
    assert desk.rows(Supplement) == []


def test_a_supplement_needs_its_source_and_an_end_after_its_start(desk: Desk) -> None:
    for source in (" ", "无", "—"):
        with pytest.raises(Refused, match="source_missing"):
            supplements.propose_supplement(desk.office, "officer", PACK, "startup_ceiling", "50", source)
    with pytest.raises(Refused, match="interval"):
        supplements.propose_supplement(
            desk.office, "officer", PACK, "startup_ceiling", "50", "纪要", DAY, DAY
        )


def test_a_proposed_supplement_changes_nothing_yet(desk: Desk) -> None:
    supplements.propose_supplement(desk.office, "officer", PACK, "publicity_days", "5", "纪要")
    from casework.rulebook.in_force import Shelf

    with desk.office.read() as session, pytest.raises(Refused, match="unset"):
        Shelf(session).term("shenzhen-training-voucher", "publicity_days", DAY, DAY)


def test_a_revoked_supplement_leaves_earlier_decisions_as_they_were(desk: Desk) -> None:
    case = desk.submit(
        contract_amount=1_000_000_000,
        founded_on=datetime.date(2026, 1, 15),
        other_support=300_000_000,
    )
    number = desk.set("startup_ceiling", "60")
    first = desk.decide(case)
    assert first.award_fen == 300_000_000
    with pytest.raises(Refused, match="same_person"):
        from casework.people import accounts

        accounts.give_role(desk.office, "rights", "officer", "approver")
        supplements.revoke_supplement(desk.office, "officer", number, "错了")
    supplements.revoke_supplement(desk.office, "approver2", number, "上级要求重新明确")
    second = desk.decide(
        desk.submit(
            applicant="91440300MA5005088M",
            contract_no="HT-2",
            contract_amount=1_000_000_000,
            founded_on=datetime.date(2026, 1, 15),
            other_support=300_000_000,
        )
    )
    assert (second.status, second.reasons) == ("blocked", "startup_ceiling")
    assert desk.decision(case).policy_sha256 == first.policy_sha256 != second.policy_sha256
    from casework.audit.replay import replay

    assert replay(desk.office)["differ"] == []


def test_a_later_supplement_takes_the_place_of_an_earlier(desk: Desk) -> None:
    from casework.rulebook.in_force import Shelf

    desk.set("publicity_days", "5")
    desk.set("publicity_days", "7", from_on=DAY + datetime.timedelta(days=10))
    with desk.office.read() as session:
        shelf = Shelf(session)
        days = [
            shelf.term("shenzhen-training-voucher", "publicity_days", DAY, on)
            for on in (DAY, DAY.replace(day=30))
        ]
    assert days == [5, 7]


def test_a_supplement_that_was_turned_down_sets_nothing(desk: Desk) -> None:
    number = supplements.propose_supplement(
        desk.office, "officer", PACK, "startup_ceiling", "50", "纪要"
    ).facts["supplement"]
    supplements.reject_supplement(desk.office, "approver", number, "依据不足")
    with pytest.raises(Refused, match="not_proposed"):
        supplements.confirm_supplement(desk.office, "approver2", number)
    assert desk.rows(Supplement)[0].state == "rejected"


def test_revoking_a_supplement_leaves_its_parameter_unset_and_brings_no_earlier_one_back(desk: Desk) -> None:
    from casework.boards import policy_board
    from casework.rulebook.in_force import Shelf

    first = desk.set("publicity_days", "5")
    second = desk.set("publicity_days", "7")
    supplements.revoke_supplement(desk.office, "approver2", second, "上级要求重新明确")
    with desk.office.read() as session, pytest.raises(Refused, match="unset"):
        Shelf(session).term("shenzhen-training-voucher", "publicity_days", DAY, DAY)
    shown = next(one for one in policy_board.board(desk.office) if one.pack.ref == PACK)
    assert "publicity_days" in shown.unset(DAY)
    assert {given.id: given.in_force(DAY) for given in shown.supplements} == {first: False, second: False}
    assert shown.supplements[0].ends_on == DAY


def test_what_if_does_not_bring_an_earlier_one_back_either(desk: Desk) -> None:
    from casework.award.whatif import draft_policy, named

    desk.set("startup_ceiling", "50")
    supplements.revoke_supplement(desk.office, "approver2", desk.set("startup_ceiling", "60"), "重新明确")
    pack = named(desk.office, PACK)
    assert pack is not None
    with desk.office.read() as session:
        assert "startup_ceiling" in [one.id for one in draft_policy(session, pack, {}).open_parameters]


def test_a_text_adopted_meanwhile_is_asked_again(desk: Desk) -> None:
    """The version's text was turned down and another adopted, which does not leave this open."""
    days = """
[office]
publicity_days = { unset = "publicity_days" }
[[unset]]
id = "publicity_days"
type = "days"
title = "公示期"
title_en = "publicity"
"""
    ref = packs.propose_pack(desk.office, "officer", NEXT + days, EXAMPLES).facts["pack"]
    made = supplements.propose_supplement(desk.office, "officer", ref, "publicity_days", "7", "纪要")
    packs.reject_pack(desk.office, "approver", ref, "公示期应由本机关另定")
    packs.propose_pack(desk.office, "officer", NEXT, EXAMPLES)
    packs.confirm_pack(desk.office, "approver", ref)
    with pytest.raises(Refused, match="no_such_parameter"):
        supplements.confirm_supplement(desk.office, "approver", made.facts["supplement"])
    assert desk.rows(Supplement)[-1].state == "proposed"

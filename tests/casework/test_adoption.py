"""What the office has in force beside a pack that is to be adopted."""

import datetime

import pytest

from casework import policies
from casework.adoption import adoptable, versions
from casework.refused import Refused
from casework.shipped import POLICIES, examples_beside, shipped
from tests.casework.desk import PACK, Desk

TRAINING = POLICIES / "shenzhen" / "training-voucher-2026.toml"


def test_a_shipped_pack_could_be_adopted(desk: Desk) -> None:
    with desk.office.read() as session:
        text, examples = TRAINING.read_text(encoding="utf-8"), examples_beside(TRAINING) or ""
        assert adoptable(session, text, examples).ref == PACK


def test_a_text_that_does_not_load_is_refused_with_its_line(desk: Desk) -> None:
    with desk.office.read() as session, pytest.raises(Refused) as refused:
        adoptable(session, 'id = "x"\nversion = 1', "")
    assert (refused.value.code, refused.value.params["line"]) == ("refused.pack_faults", 1)


def test_a_withdrawn_version_ends_on_its_day_and_one_withdrawn_at_once_is_none(desk: Desk) -> None:
    policies.withdraw_pack(desk.office, "approver", PACK, datetime.date(2026, 9, 1), "措施停止执行")
    policies.withdraw_pack(
        desk.office, "approver", "shenzhen-training-voucher@2025", datetime.date(2024, 12, 18), "措施停止执行"
    )
    draft = next(pack for pack in shipped() if pack.id == "shenzhen-training-voucher")
    with desk.office.read() as session:
        other = [(one.ref, one.in_force_until) for one in versions(session, draft)]
    assert other == [(PACK, datetime.date(2026, 9, 1))]

"""What the page asks for: a supplement, a reason, a day; refused beside the field."""

import datetime
from collections.abc import Callable

import pytest

from casework.core.refused import Refused
from casework.rulebook import packs, supplements
from casework.rulebook.shipped_packs import shipped
from desktop.kit.ask_dialog import AskDialog
from desktop.kit.language import t
from desktop.pages.policies import asking
from desktop.pages.policies.asking import SupplementDialog
from desktop.pages.policies.page import PoliciesPage
from tests.casework.rulebook.test_packs import EXAMPLES, NEXT
from tests.desktop.helpers import button, settle, texts, type_text
from tests.desktop.policies.conftest import TRAINING

Shown = Callable[..., PoliciesPage]
TODAY = datetime.date(2026, 7, 20)


def test_a_supplement_is_proposed_with_its_days(page_of: Shown) -> None:
    page = page_of()
    page.do_propose_supplement()
    (dialog,) = page.findChildren(SupplementDialog)
    dialog.parameter.setCurrentIndex(dialog.parameter.findData("startup_ceiling"))
    assert dialog.value.count() == 2
    button(dialog, t("policies.propose")).click()
    settle(page.desk)
    assert dialog.fault.text()
    type_text(dialog.source, "局长办公会纪要")
    type_text(dialog.until, "2026-12-31")
    button(dialog, t("policies.propose")).click()
    settle(page.desk)
    assert page.chosen is not None
    given = page.chosen.supplements[-1]
    assert (given.parameter, given.state, given.until_on) == (
        "startup_ceiling", "proposed", datetime.date(2026, 12, 31),
    )  # fmt: skip


def test_a_day_that_can_not_be_read_is_said_beside_the_field(page_of: Shown) -> None:
    page = page_of()
    page.do_propose_supplement()
    (dialog,) = page.findChildren(SupplementDialog)
    type_text(dialog.until, "某日")
    button(dialog, t("policies.propose")).click()
    assert "某日" in dialog.fault.text()


def test_a_pack_is_withdrawn_from_a_day_with_a_reason(page_of: Shown) -> None:
    page = page_of()
    page.do_withdraw_pack()
    (dialog,) = page.findChildren(AskDialog)
    dialog.yes.click()
    settle(page.desk)
    assert dialog.fault.text()
    type_text(dialog.fields["policies.from"], "2026-09-01")
    type_text(dialog.fields["policies.reason"], "措施停止执行")
    dialog.yes.click()
    settle(page.desk)
    found = {one.ref: one.withdrawn_on for one in page.shown}
    assert found[TRAINING] == datetime.date(2026, 9, 1)


def test_a_supplement_is_revoked_from_a_day(page_of: Shown) -> None:
    page = page_of("approver2")
    assert page.chosen is not None
    given = next(one for one in page.chosen.supplements if one.state == "confirmed")
    asking.revoke(page, page.desk, page.today, given.id)
    (dialog,) = page.findChildren(AskDialog)
    type_text(dialog.fields["policies.reason"], "上级要求")
    dialog.yes.click()
    settle(page.desk)
    assert page.chosen is not None
    again = next(one for one in page.chosen.supplements if one.id == given.id)
    assert (again.state, again.revoked_from_on) == ("revoked", page.today)


def test_days_and_names(dressed: object) -> None:
    assert asking.day(" ", TODAY) is None
    assert asking.day("2026年9月1日", TODAY) == datetime.date(2026, 9, 1)
    with pytest.raises(Refused, match="bad_field"):
        asking.day("soon", TODAY)
    pack = next(pack for pack in shipped() if pack.ref == TRAINING)
    assert asking.rules_named(pack, "applicant_year") == pack.rules()["applicant_year"].title
    assert asking.rules_named(pack, "rate;founded_on;odd").endswith("; odd")


def test_a_proposed_supplement_is_turned_down(page_of: Shown) -> None:
    page = page_of()
    supplements.propose_supplement(page.desk.office, "officer", TRAINING, "startup_ceiling", "50", "纪要")
    page.refresh()
    settle(page.desk)
    button(page.detail, t("policies.reject")).click()
    (dialog,) = page.findChildren(AskDialog)
    type_text(dialog.fields["policies.reason"], "依据不足")
    dialog.yes.click()
    settle(page.desk)
    assert page.chosen is not None and page.chosen.supplements[-1].state == "rejected"


def test_a_pack_that_was_changed_behind_the_dialog_is_not_confirmed_by_it(page_of: Shown) -> None:
    page = page_of()
    office = page.desk.office
    ref = packs.propose_pack(office, "officer", NEXT, EXAMPLES).facts["pack"]
    page.refresh()
    settle(page.desk)
    page.list.setCurrentRow([one.ref for one in page.shown].index(ref))
    assert page.chosen is not None
    asking.confirm_pack(page, page.desk, page.chosen)
    (dialog,) = page.findChildren(AskDialog)
    packs.reject_pack(office, "approver2", ref, "名称有误")
    other = NEXT.replace("训力券（2027年度）", "训力券（2027年度试行）")
    sha256 = packs.propose_pack(office, "officer2", other, EXAMPLES).facts["sha256"]
    dialog.yes.click()
    settle(page.desk)
    said = t("refused.other_text", pack="训力券（2027年度试行）", sha256=sha256[:16])
    assert dialog.isVisible() and said in texts(dialog)
    with office.read() as session:
        assert packs.find(session, ref, packs.WAITS).state == "proposed"


def test_the_first_day_of_a_supplement_is_typed_as_every_day(page_of: Shown) -> None:
    page = page_of()
    page.do_propose_supplement()
    (dialog,) = page.findChildren(SupplementDialog)
    assert dialog.start.text() == TODAY.isoformat()
    type_text(dialog.source, "局长办公会纪要")
    dialog.start.clear()
    type_text(dialog.start, "某日")
    button(dialog, t("policies.propose")).click()
    assert "某日" in dialog.fault.text()
    dialog.start.clear()
    type_text(dialog.start, "2026年9月1日")
    button(dialog, t("policies.propose")).click()
    settle(page.desk)
    assert page.chosen is not None and page.chosen.supplements[-1].from_on == datetime.date(2026, 9, 1)

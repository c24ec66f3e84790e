"""Entry by keyboard: typed as people write, checked at once, stored once, and never lost."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

import words
from casework.award import precheck
from casework.rulebook import supplements
from desktop.frame.main_window import Frame
from desktop.kit.ask_dialog import AskDialog
from desktop.kit.desk import Desk as Sitting
from desktop.kit.language import speak, t
from desktop.pages.entry.page import EntryPage
from models import Application, ApplicationVersion, Finding
from tests.casework.adopted import adopt
from tests.casework.award.test_deciding_bench import SHARED
from tests.casework.desk import CODE, PROVIDER, SERVICE, Desk
from tests.desktop.entry.conftest import OpenEntry
from tests.desktop.helpers import button, press, settle, soon, texts, type_text
from tests.rules.round_packs import pack_text

TYPED = {
    "applicant_name": "湾畔语言模型有限公司",
    "applicant": CODE,
    "applicant_kind": "enterprise",
    "founded_on": "２０２０．３．１",
    "provider": PROVIDER,
    "service": SERVICE,
    "contract_no": "HT-2026-001",
    "signed_on": "4.1",
    "contract_amount": "８００万元",
    "related_party": "no",
}


def fill(page: EntryPage, **other: str) -> None:
    for name, text in {**TYPED, **other}.items():
        field = page.form.fields[name]
        if hasattr(field, "clear") and hasattr(field, "settle") and not hasattr(field, "addItem"):
            field.clear()
            type_text(field, text)
            field.settle()
        else:
            field.put(text)
    wait(page)


def wait(page: EntryPage) -> None:
    settle(page.desk)  # what a scheme asks for is there, and a pre-check may be due
    soon(lambda: not page.soon.isActive())
    settle(page.desk)


def save(page: EntryPage) -> None:
    page.do_submit_entry()
    settle(page.desk)


def stored(desk: Desk) -> list[Application]:
    return desk.rows(Application)


def test_the_award_and_the_failing_conditions_follow_the_keys(open_entry: OpenEntry) -> None:
    page, _ = open_entry()
    assert page.missing.text() == t("entry.begin")
    assert not page.award.isVisible()
    fill(page)
    assert t("award.yuan", amount_fen=400_000_000) in texts(page.award)
    fill(page, contract_amount="499,999.99")
    assert any("不符合“本年度非关联租用金额不低于50万元”" in text for text in texts(page.award))
    fill(page, contract_amount="=12*800", related_party="")
    assert "关联关系" in page.missing.text()


def test_a_missing_fact_is_a_link_to_its_field(open_entry: OpenEntry) -> None:
    page, _ = open_entry()
    fill(page, related_party="")
    page.missing.linkActivated.emit("related_party")
    assert page.form.fields["related_party"].hasFocus()
    assert page.form.seen("related_party")


def test_the_register_answers_beside_the_field(open_entry: OpenEntry) -> None:
    page, _ = open_entry()
    fill(page)
    assert page.form.beside["provider_admitted"].text() == t("entry.admitted")
    fill(page, service="数据存储")
    assert page.form.beside["provider_admitted"].text() == t("entry.not_admitted")


def test_saved_it_goes_on_with_the_next(open_entry: OpenEntry) -> None:
    page, desk = open_entry()
    fill(page)
    save(page)
    (row,) = stored(desk)
    assert row.case_no in page.window().messages.sentence.text()  # type: ignore[attr-defined]
    assert page.form.raw() == {}
    assert page.form.fields["applicant_name"].hasFocus()
    assert page.drafts.all() == []
    fill(page, contract_no="HT-2")
    save(page)
    assert len(stored(desk)) == 2


def test_no_award_is_promised_where_the_case_waits_for_its_round(open_entry: OpenEntry) -> None:
    page, desk = open_entry()
    fill(page)
    adopt(desk.office, pack_text(SHARED))
    page._outcome(precheck.precheck(desk.office, "test-voucher", page.form.facts()))
    assert not page.award.isVisible()
    assert t("refused.decided_with_round", pack="测试券（1 版）") in page.missing.text()


def test_the_award_shown_is_the_award_decided(open_entry: OpenEntry) -> None:
    page, desk = open_entry()
    fill(page)
    save(page)
    decision = desk.decide(stored(desk)[0].case_no)
    assert decision.award_fen == 400_000_000


def test_faults_stand_at_their_fields_and_nothing_is_stored(open_entry: OpenEntry) -> None:
    page, desk = open_entry()
    fill(page, applicant="91440300MA50050231", contract_amount="详见合同", signed_on="2026-02-30")
    save(page)
    beside = page.form.beside
    assert beside["applicant"].text() == t("typed.credit_code.check_digit")
    assert beside["contract_amount"].text() == t("typed.amount")
    assert beside["signed_on"].text() == t("typed.date")
    assert page.fault.text() == t("entry.faults", count=3)
    assert page.form.fields["applicant"].hasFocus()
    assert stored(desk) == []
    assert page.form.fields["contract_amount"].raw() == "详见合同"


def test_what_is_needed_is_said_only_when_it_is_stored(open_entry: OpenEntry) -> None:
    page, desk = open_entry()
    type_text(page.form.fields["applicant_name"], "湾畔")
    assert page.form.beside["applicant"].text() == ""
    save(page)
    assert page.form.beside["applicant"].text() == t("typed.needed")
    assert stored(desk) == []


def test_a_refusal_stands_beside_the_form_and_loses_nothing(open_entry: OpenEntry) -> None:
    page, desk = open_entry()
    first = desk.submit()
    fill(page, case=first)
    save(page)
    assert page.fault.text() == t("refused.case_exists", case=first, scheme="深圳市训力券（2026年度）")
    assert page.form.fields["case"].hasFocus()
    assert page.form.fields["contract_amount"].raw() == "8,000,000.00"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_control_enter_saves_and_enter_goes_on(open_entry: OpenEntry, key: Qt.Key) -> None:
    page, desk = open_entry()
    page.window().activateWindow()
    name = page.form.fields["applicant_name"]
    type_text(name, "湾畔")
    press(name, Qt.Key.Key_Return)
    assert page.form.fields["applicant"].hasFocus()
    fill(page)
    press(page.form.fields["purpose"], key, Qt.KeyboardModifier.ControlModifier)
    settle(page.desk)
    assert len(stored(desk)) == 1
    assert page.fault.isHidden()
    assert page.form.raw() == {}


def test_a_killed_window_offers_its_draft(open_entry: OpenEntry) -> None:
    page, desk = open_entry()
    fill(page)
    page.keep()
    other, _ = open_entry()
    assert other.offer.isVisible()
    assert any("湾畔语言模型有限公司" in text for text in texts(other.offer))
    button(other.offer, t("entry.draft_go_on")).click()
    wait(other)
    assert other.form.fields["contract_amount"].raw() == "8,000,000.00"
    assert not other.offer.isVisible()
    save(other)
    assert len(stored(desk)) == 1
    assert other.drafts.all() == []


def test_a_kill_after_storing_stores_nothing_twice(
    open_entry: OpenEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, desk = open_entry()
    fill(page)
    monkeypatch.setattr(page.drafts, "discard", lambda request: None)  # killed before the draft was gone
    save(page)
    assert len(stored(desk)) == 1
    other, _ = open_entry()
    button(other.offer, t("entry.draft_go_on")).click()
    wait(other)
    save(other)
    assert len(stored(desk)) == 1
    assert other.form.raw() == {}


def test_the_draft_is_kept_within_seconds_and_by_going_elsewhere(open_entry: OpenEntry) -> None:
    page, _ = open_entry()
    page.keeping.setInterval(50)
    type_text(page.form.fields["applicant_name"], "湾畔")
    soon(lambda: [one.fields for one in page.drafts.all()] == [{"applicant_name": "湾畔"}])
    type_text(page.form.fields["purpose"], "训练")
    frame = page.window()
    assert isinstance(frame, Frame)
    frame.go("home")
    assert page.drafts.all()[0].fields == {"applicant_name": "湾畔", "purpose": "训练"}
    frame.go("entry")
    assert page.form.fields["purpose"].raw() == "训练"
    assert not page.offer.isVisible()


def test_a_full_disk_is_said_and_what_was_typed_stays(
    open_entry: OpenEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, _ = open_entry()

    def full(draft: object) -> None:
        raise OSError(28, "No space left on device", "draft.json")

    type_text(page.form.fields["applicant_name"], "湾畔")
    monkeypatch.setattr(page.drafts, "keep", full)
    page.keep()
    said = page.window().messages.sentence.text()  # type: ignore[attr-defined]
    assert words.say("cli.disk_full", "zh", file="draft.json") in said and "No space" not in said
    assert page.dirty and page.keeping.isActive()
    assert page.form.fields["applicant_name"].raw() == "湾畔"


def test_another_scheme_asks_for_its_own_facts_and_keeps_the_rest(open_entry: OpenEntry) -> None:
    page, desk = open_entry()
    desk.give(10_000_000_000, "shenzhen-model-voucher/2026")
    fill(page)
    page.scheme.setCurrentIndex(page.scheme.findData("shenzhen-model-voucher"))
    wait(page)
    assert page.form.fields["applicant_name"].raw() == "湾畔语言模型有限公司"
    assert "model_filed" in page.form.fields
    assert "model_filed" in page.missing.text()
    page.form.fields["model_filed"].put("yes")
    wait(page)
    assert t("award.yuan", amount_fen=100_000_000) in texts(page.award)
    save(page)
    (row,) = stored(desk)
    assert row.scheme == "shenzhen-model-voucher"


def test_going_through_the_schemes_by_keyboard_stays_there(open_entry: OpenEntry) -> None:
    page, _ = open_entry()
    page.scheme.setFocus()
    before = page.scheme.currentIndex()
    press(page.scheme, Qt.Key.Key_Up)
    wait(page)
    assert page.scheme.currentIndex() != before
    assert page.scheme.hasFocus()


def test_a_scheme_chosen_by_mistake_loses_nothing(open_entry: OpenEntry) -> None:
    page, _ = open_entry()
    page.scheme.setCurrentIndex(page.scheme.findData("henan-compute-voucher"))
    wait(page)
    type_text(page.form.fields["usage_fee"], "12345")
    page.scheme.setCurrentIndex(page.scheme.findData("shenzhen-training-voucher"))
    page.keep()
    assert page.drafts.all()[0].fields == {"usage_fee": "12345"}
    page.scheme.setCurrentIndex(page.scheme.findData("henan-compute-voucher"))
    wait(page)
    assert page.form.fields["usage_fee"].raw() == "12345"


def test_a_day_without_a_pack_is_said(open_entry: OpenEntry) -> None:
    page, _ = open_entry()
    fill(page, applied_at="2027-03-01")
    assert page.missing.text() == t("entry.no_pack")


def test_clearing_asks_once(open_entry: OpenEntry) -> None:
    from desktop.kit.ask_dialog import AskDialog

    page, _ = open_entry()
    page.do_clear_entry()
    assert not page.findChildren(AskDialog)
    fill(page)
    page.keep()
    page.do_clear_entry()
    (dialog,) = page.findChildren(AskDialog)
    assert page.form.raw()
    dialog.yes.click()
    assert page.form.raw() == {}
    assert page.drafts.all() == []


def test_a_supplement_confirmed_elsewhere_is_heard(open_entry: OpenEntry) -> None:
    page, desk = open_entry()
    fill(page, founded_on="2025-12-01", other_support="100万")
    assert "▲ 3,000,000.00" in texts(page.award)
    change = supplements.propose_supplement(
        desk.office, "officer", "shenzhen-training-voucher@2026", "startup_ceiling", "60", "纪要"
    )
    sitting: Sitting = page.desk
    act: Callable[..., object] = sitting.act
    sitting.person = "approver"
    act(supplements.confirm_supplement, change.facts["supplement"])
    page.form.go_to("contract_no")
    wait(page)
    assert page.form.fields["contract_no"].hasFocus()
    assert t("award.yuan", amount_fen=380_000_000) in texts(page.award)
    assert page.form.fields["contract_amount"].raw() == "8,000,000.00"


def test_it_speaks_english(open_entry: OpenEntry) -> None:
    speak("en")
    page, _ = open_entry()
    fill(page)
    assert t("award.yuan", amount_fen=400_000_000) in texts(page.award)
    speak("zh")


def test_a_code_that_the_licence_has_is_confirmed_with_a_reason(open_entry: OpenEntry) -> None:
    page, desk = open_entry()
    fill(page, applicant="91350203M000100X18")
    save(page)
    assert not stored(desk), "a wrong check character alone is asked about first"
    (dialog,) = page.findChildren(AskDialog)
    (field,) = dialog.fields.values()
    assert isinstance(field, QLineEdit)
    dialog.yes.click()
    assert dialog.fault.text() and not stored(desk)
    field.setText("与营业执照一致")
    dialog.yes.click()
    settle(page.desk)
    assert len(stored(desk)) == 1
    (version,) = desk.rows(ApplicationVersion)
    assert (version.applicant_code, version.reason) == ("91350203M000100X18", "与营业执照一致")
    assert "code_confirmed" in {row.code for row in desk.rows(Finding)}
    assert not page.form.confirmed, "the next application begins anew"


def test_a_code_of_another_length_is_never_asked_about(open_entry: OpenEntry) -> None:
    page, desk = open_entry()
    fill(page, applicant="91350203M000100X1")
    save(page)
    assert not page.findChildren(AskDialog) and not stored(desk)

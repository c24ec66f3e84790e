"""Facts side by side, verified and corrected in place; nothing typed is lost, two writers see both values."""

from PySide6.QtCore import Qt

from casework.review import checking, corrections
from desktop.kit.fact_fields import FactField
from desktop.kit.language import t
from desktop.kit.theme import LIGHT
from desktop.pages.case import make
from desktop.pages.case.history_dialog import HistoryDialog
from tests.casework.desk import Desk
from tests.desktop.case.conftest import OpenCase, Opened
from tests.desktop.helpers import button, compose, press, soon, texts, type_text


def field(opened: Opened, name: str) -> FactField:
    found = opened.page.facts.fields[name]
    assert isinstance(found, FactField)
    return found


def write(opened: Opened, name: str, text: str) -> None:
    field(opened, name).clear()
    type_text(field(opened, name), text)


def test_what_was_verified_stands_beside_what_was_given(open_case: OpenCase) -> None:
    opened = open_case(Desk.submit)
    opened.page.do("verify_facts")
    write(opened, "contract_amount", "７５０万元")
    save = opened.page.facts.save
    assert save is not None and not save.isEnabled()
    type_text(opened.page.facts.reason, "发票与付款凭证合计")
    assert save.isEnabled()
    save.click()
    opened.settle()
    shown = texts(opened.page.facts)
    assert "8,000,000.00" in shown and "✓ 7,500,000.00" in shown
    assert not opened.page.facts.editing
    button(opened.page.facts, t("case.history", count=2)).click()
    soon(lambda: bool(opened.page.findChildren(HistoryDialog)))
    told = opened.page.findChildren(HistoryDialog)[0]
    assert any("发票与付款凭证合计" in text for text in texts(told))
    told.close()


def test_a_fault_stands_at_its_field_and_can_t_be_stored(open_case: OpenCase) -> None:
    opened = open_case(Desk.submit)
    opened.page.do("verify_facts")
    write(opened, "contract_amount", "详见合同")
    type_text(opened.page.facts.reason, "核对")
    assert t("typed.amount") in texts(opened.page.facts)
    assert opened.page.facts.save is not None and not opened.page.facts.save.isEnabled()
    write(opened, "contract_amount", "1")
    write(opened, "starts_on", "2026-05-10")
    write(opened, "ends_on", "2026-05-01")
    assert t("typed.ends_before_starts") in texts(opened.page.facts)
    assert not opened.page.facts.save.isEnabled()


def test_what_an_application_cant_be_without_is_not_emptied_in_the_window(open_case: OpenCase) -> None:
    opened = open_case(Desk.submit)
    opened.page.do("verify_facts")
    type_text(opened.page.facts.reason, "核对")
    write(opened, "contract_amount", " ")
    assert t("typed.needed") in texts(opened.page.facts)
    assert opened.page.facts.save is not None and not opened.page.facts.save.isEnabled()
    write(opened, "contract_amount", "7500000")
    assert t("typed.needed") not in texts(opened.page.facts) and opened.page.facts.save.isEnabled()


def test_a_correction_is_kept_after_facts_of_another_case_were_verified(open_case: OpenCase) -> None:
    def lead(desk: Desk) -> str:
        case = desk.submit()
        checking.accept(desk.office, "officer", case)
        corrections.ask_correction(desk.office, "officer", case, ["field:district:未填写所属区"])
        return case

    opened = open_case(lead)
    other = opened.desk.submit(contract_no="HT-2")
    opened.frame.go("case", other)
    opened.settle()
    opened.page.do("verify_facts")
    opened.frame.go("case", opened.case)
    opened.settle()
    opened.page.do("answer_correction")
    opened.settle()
    write(opened, "district", "南山区")
    opened.frame.go("home")
    opened.settle()
    opened.frame.go("case", opened.case)
    opened.settle()
    assert field(opened, "district").text() == "南山区"
    save = opened.page.facts.save
    assert save is not None
    save.click()
    opened.settle()
    assert opened.desk.state(opened.case) == "accepted"


def test_a_click_elsewhere_loses_nothing(open_case: OpenCase) -> None:
    opened = open_case(Desk.submit)
    opened.page.do("verify_facts")
    write(opened, "contract_amount", "7500000")
    opened.frame.go("home")
    opened.settle()
    opened.frame.go("case", opened.case)
    opened.again()
    assert field(opened, "contract_amount").text() == "7500000"
    assert opened.page.facts.typing()


def test_another_case_is_opened_only_where_what_was_typed_stays(open_case: OpenCase) -> None:
    cases: list[str] = []

    def lead(desk: Desk) -> str:
        cases.extend((desk.submit(), desk.submit(contract_no="HT-2")))
        return cases[0]

    opened = open_case(lead)
    opened.page.do("verify_facts")
    write(opened, "contract_amount", "7500000")
    opened.page.come(cases[1])
    opened.settle()
    assert opened.page.case == cases[1]
    opened.page.come(cases[0])
    opened.settle()
    assert field(opened, "contract_amount").text() == "7500000"


def test_a_killed_window_gives_it_back_and_says_what_others_changed(open_case: OpenCase) -> None:
    opened = open_case(Desk.submit)
    opened.page.do("verify_facts")
    write(opened, "contract_amount", "7500000")
    type_text(opened.page.facts.reason, "发票合计")
    opened.page.facts.keep()
    checking.verify_facts(opened.desk.office, "officer2", opened.case, {"contract_amount": 1_00}, "附件")
    page = make(opened.frame.desk, LIGHT)
    page.show()
    page.come(opened.case)
    opened.settle()
    assert page.facts.editing == "verify_facts"
    assert page.facts.fields["contract_amount"].raw() == "7500000"
    assert page.facts.reason.text() == "发票合计"
    assert t("case.changed_by", person="林若溪", value="1.00") in texts(page.facts)
    page.facts.give_up()
    page.close()
    page.deleteLater()
    again = make(opened.frame.desk, LIGHT)
    again.come(opened.case)
    opened.settle()
    assert not again.facts.editing
    again.deleteLater()


def test_the_second_writer_sees_both_values_and_may_still_store(open_case: OpenCase) -> None:
    opened = open_case(Desk.submit)
    opened.page.do("verify_facts")
    write(opened, "contract_amount", "7500000")
    type_text(opened.page.facts.reason, "发票合计")
    checking.verify_facts(
        opened.desk.office, "officer2", opened.case,
        {"contract_amount": 700_000_000, "service": "模型训练平台"}, "合同附件",
    )  # fmt: skip
    assert opened.page.facts.save is not None
    opened.page.facts.save.click()
    opened.settle()
    assert "林若溪" in opened.frame.messages.sentence.text()
    assert field(opened, "contract_amount").text() == "7,500,000.00"
    shown = t("case.changed_by", person="林若溪", value="7,000,000.00")
    assert shown in texts(opened.page.facts)
    assert field(opened, "service").text() == "模型训练平台"
    opened.page.facts.save.click()
    opened.settle()
    view = opened.page.view
    assert view is not None
    amount = view.field("contract_amount")
    assert amount is not None
    assert [said.value for said in amount.history] == [800_000_000, 700_000_000, 750_000_000]


def test_a_correction_is_taken_in_where_it_stands(open_case: OpenCase) -> None:
    def lead(desk: Desk) -> str:
        case = desk.submit(related_party=None)
        desk.corrected(case)
        return case

    opened = open_case(lead)
    opened.page.do("answer_correction")
    opened.page.facts.fields["related_party"].put("no")
    opened.page.do("answer_correction")
    opened.settle()
    assert opened.desk.state(opened.case) == "submitted", "it was not accepted before"
    assert t("case.round.answered") in " ".join(texts(opened.page.corrections))


def test_enter_goes_to_the_next_field_but_not_while_composing(open_case: OpenCase) -> None:
    opened = open_case(Desk.submit)
    opened.page.do("verify_facts")
    service = field(opened, "service")
    compose(service, "zhi suan")
    press(service, Qt.Key.Key_Return)
    assert service.hasFocus()
    type_text(service, "智算")
    press(service, Qt.Key.Key_Return)
    assert field(opened, "contract_no").hasFocus()


def test_control_enter_stores_what_was_typed_and_does_nothing_else(open_case: OpenCase) -> None:
    opened = open_case(Desk.submit)
    opened.page.do("verify_facts")
    write(opened, "contract_amount", "7500000")
    press(field(opened, "contract_amount"), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    opened.settle()
    assert opened.page.facts.editing
    type_text(opened.page.facts.reason, "发票")
    press(field(opened, "contract_amount"), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    opened.settle()
    assert not opened.page.facts.editing
    assert opened.desk.state(opened.case) == "submitted"
    assert opened.desk.application(opened.case).version == 2


def test_giving_up_shows_what_is_stored(open_case: OpenCase) -> None:
    opened = open_case(Desk.submit)
    opened.page.do("verify_facts")
    write(opened, "contract_amount", "1")
    opened.settle()
    button(opened.page.facts, t("case.give_up")).click()
    opened.settle()
    assert not opened.page.facts.typing()
    assert "8,000,000.00" in texts(opened.page.facts)


def test_what_the_applicant_says_can_be_verified_as_it_is(open_case: OpenCase) -> None:
    """The register says no, the officer has the paper: nothing is typed, and yet something is verified."""
    opened = open_case(lambda desk: desk.submit(provider_admitted=True, district="南山区"))
    opened.page.do("verify_facts")
    facts = opened.page.facts
    assert {"provider_admitted", "district"} <= facts.ticks.keys() and "ends_on" not in facts.ticks
    facts.ticks["provider_admitted"].click()
    assert facts.changes() == {"provider_admitted": True}
    type_text(facts.reason, "延期批文")
    assert facts.save is not None
    facts.save.click()
    opened.settle()
    view = facts.view
    assert view is not None
    admitted, district = view.field("provider_admitted"), view.field("district")
    assert admitted is not None and admitted.verified is not None and admitted.verified.value is True
    assert district is not None and district.verified is None
    opened.page.do("verify_facts")
    assert "provider_admitted" not in facts.ticks and "district" in facts.ticks

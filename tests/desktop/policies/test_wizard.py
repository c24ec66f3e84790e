"""A lawyer writes a pack: the form, the text, the sentences and the cases are one file."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QFileDialog, QPushButton

from casework.rulebook.pack_wizard import from_text
from casework.rulebook.shipped_packs import POLICIES
from desktop.kit.ask_dialog import AskDialog
from desktop.kit.language import t
from desktop.pages.policies.page import PoliciesPage
from desktop.pages.policies.wizard import WizardDialog
from desktop.pages.policies.wizard_form import RowForm
from rules.pack import load
from tests.desktop.helpers import button, press, settle, texts, type_text
from tests.papers import poppler

Shown = Callable[..., PoliciesPage]
QINGYANG = POLICIES / "qingyang" / "compute-voucher-2024.toml"


@pytest.fixture
def wizard_of(page_of: Shown) -> Callable[..., WizardDialog]:
    """The wizard, with a new pack or that of a file."""

    def show(path: Path | None = None) -> WizardDialog:
        page = page_of("officer")
        page.do_write_pack()
        (dialog,) = page.findChildren(WizardDialog)
        if path is not None:
            dialog.open_file(path)
        settle(page.desk)
        return dialog

    return show


def row(dialog: WizardDialog, table: str, name: str = "") -> RowForm:
    """The form of one row."""
    found = [one for one in dialog.form.rows if one.row.table == table and one.row.get("id") == name]
    assert len(found) == 1, (table, name)
    return found[0]


def fill(dialog: WizardDialog, form: RowForm, **cells: str) -> None:
    """Type into the fields of a row, and let it be taken."""
    for key, text in cells.items():
        field = form.fields[key.replace("__", ".")]
        field.clear()
        type_text(field, text)
    dialog.take_form()
    settle(dialog.desk)


def test_a_new_pack_is_filled_in_until_it_has_no_fault(
    wizard_of: Callable[..., WizardDialog], tmp_path: Path
) -> None:
    dialog = wizard_of()
    top = dialog.form.rows[0]
    assert dialog.looked is not None and dialog.looked.faults == 8
    assert top.faults["version"].text() == top.faults["in_force.from"].text() == t("wizard.needed")
    assert not dialog.paper.isEnabled()
    fill(dialog, top, id="x-voucher", version="2026", title="某市算力券", document="某府规〔2026〕1号")
    fill(dialog, top, in_force__from="2026年1月1日", in_force__article="第十条")
    assert top.faults["version"].text() == ""
    fill(dialog, row(dialog, "tier", "general"), title="一般单位", rate="30％", article="第三条")
    fill(dialog, row(dialog, "base"), article="第三条")
    assert dialog.looked.faults == 0 and any(t("wizard.sound") in text for text in texts(dialog))
    dialog.add("cap")
    settle(dialog.desk)
    fill(dialog, row(dialog, "cap", "cap_1"), limit="50万元", article="第四条")
    out = tmp_path / "x.toml"
    dialog.keep(out)
    settle(dialog.desk)
    pack = load(out.read_text(encoding="utf-8"))
    assert (pack.ref, pack.tiers[0].rate, pack.caps[0].limit) == ("x-voucher@2026", 300_000, 50_000_000)
    assert any("每年合计不超过 500,000.00 元" in text for text in texts(dialog.told))
    assert [one.award_fen for one in dialog.looked.outcomes] == [30_000_000, 50_000_000, 50_000_000]


def test_a_pack_opens_in_fields_and_only_what_is_changed_is_written(
    wizard_of: Callable[..., WizardDialog],
) -> None:
    text = QINGYANG.read_text(encoding="utf-8")
    dialog = wizard_of(QINGYANG)
    assert dialog.text == text and dialog.examples
    general = row(dialog, "tier", "general")
    assert general.fields["rate"].cell() == "0.3" and general.row.more == ("title_en", "note")
    fill(dialog, general, rate="45%")
    assert dialog.text == text.replace('rate = "0.3"', 'rate = "45%"')
    assert dialog.looked is not None and dialog.looked.faults  # the examples say otherwise
    dialog.source.undo()
    assert dialog.source.toPlainText() == text
    dialog.source.redo()
    dialog.take_text()
    fill(dialog, row(dialog, "cap", "claim"), limit="很多")
    assert "很多" in row(dialog, "cap", "claim").faults["limit"].text()
    told = texts(dialog.told)
    assert t("wizard.no_sentences") in told and any("45%" in text for text in told)
    assert t("wizard.no_cases") in texts(dialog.cases)


def test_the_text_can_be_written_and_fills_the_form(wizard_of: Callable[..., WizardDialog]) -> None:
    dialog = wizard_of(QINGYANG)
    text = dialog.text
    dialog.source.setPlainText(text.replace('rate = "0.3"', 'rate = "0.4"'))
    dialog.take_text()
    settle(dialog.desk)
    assert row(dialog, "tier", "general").fields["rate"].cell() == "0.4"
    dialog.source.setPlainText(text.replace('rate = "0.3"', "rate = "))
    dialog.take_text()
    assert not dialog.form.isEnabled()
    assert any("第 " in said and "行" in said for said in texts(dialog.found))
    dialog.source.setPlainText(text)
    dialog.take_text()
    settle(dialog.desk)
    assert dialog.form.isEnabled() and dialog.text == text


def test_a_row_is_added_and_taken_out(wizard_of: Callable[..., WizardDialog]) -> None:
    dialog = wizard_of(QINGYANG)
    text = dialog.text
    dialog.form.added.emit("budget")
    settle(dialog.desk)
    assert '[budget]\nper = "year"\norder = "first_come"\nexceeded = "rest"\n' in dialog.text
    dialog.form.added.emit("condition")
    dialog.form.added.emit("condition")
    settle(dialog.desk)
    assert [one.get("id") for one in from_text(dialog.text)[0].of("condition")] == [
        "condition_1",
        "condition_2",
    ]
    for table, name in (("condition", "condition_2"), ("condition", "condition_1"), ("budget", "")):
        remove = row(dialog, table, name).remove
        assert remove is not None
        remove()
    assert dialog.text == text


def test_a_condition_is_put_in_another_way(wizard_of: Callable[..., WizardDialog]) -> None:
    dialog = wizard_of()
    dialog.add("condition")
    form = row(dialog, "condition", "condition_1")
    way = form.ways["test"]
    assert way.currentData() == "least" and set(form.fields) >= {"fact", "at_least"}
    way.setCurrentIndex(way.findData("kinds"))
    way.activated.emit(way.currentIndex())
    assert "one_of" in form.fields and "at_least" not in form.fields
    fill(dialog, form, one_of="企业、高等院校")
    condition = from_text(dialog.text)[0].of("condition")[0]
    assert dict(condition.cells)["one_of"] == "enterprise, university"
    assert condition.get("fact") == "applicant_kind"


def test_the_cases_are_decided_as_one_types(wizard_of: Callable[..., WizardDialog]) -> None:
    dialog = wizard_of(QINGYANG)
    assert dialog.looked is not None and dialog.looked.outcomes[0].award_fen == 30_000_000
    field = dialog.cases.fields[0, "contract_amount"]
    field.clear()
    type_text(field, "16666.66")
    settle(dialog.desk)
    assert dialog.looked.outcomes[0].status == "refused" and field.text() == "16666.66"
    assert dialog.cases.awards[0].text() == ""
    dialog.cases.again.emit()
    settle(dialog.desk)
    assert dialog.looked.outcomes[0].award_fen == 30_000_000
    assert dialog.cases.awards[0].text() == "300,000.00"


def test_the_paper_of_a_draft_and_of_the_pack_on_the_page(
    wizard_of: Callable[..., WizardDialog], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = wizard_of(QINGYANG)
    out = tmp_path / "draft.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *said: (str(out), ""))
    button(dialog, t("wizard.paper")).click()
    settle(dialog.desk)
    assert "庆阳市算力券" in poppler.text(out.read_bytes())
    page = dialog.parent()
    assert isinstance(page, PoliciesPage)
    out = tmp_path / "pack.pdf"
    page.do_paper_pack()
    settle(dialog.desk)
    assert page.chosen is not None and page.chosen.sha256[:16] in poppler.text(out.read_bytes())


def test_a_pack_with_its_examples_is_proposed_without_an_editor(
    wizard_of: Callable[..., WizardDialog], tmp_path: Path
) -> None:
    dialog = wizard_of()
    fill(dialog, dialog.form.rows[0], id="x-voucher", version="2026", title="某市算力券", document="某规1号")
    fill(dialog, dialog.form.rows[0], in_force__from="2026年1月1日", in_force__article="第十条")
    fill(dialog, row(dialog, "tier", "general"), title="一般单位", rate="30%", article="第三条")
    fill(dialog, row(dialog, "base"), article="第三条")
    dialog.add("cap")
    settle(dialog.desk)
    fill(dialog, row(dialog, "cap", "cap_1"), title="每年上限", limit="50万元", article="第四条")
    assert t("wizard.none_kept") in texts(dialog.cases)
    type_text(dialog.cases.fields[0, "note"], "未到上限")
    settle(dialog.desk)
    keeps = [one for one in dialog.cases.findChildren(QPushButton) if one.text() == t("wizard.keep")]
    for at in (0, 1, 1):
        keeps[at].click()
        settle(dialog.desk)
        keeps = [one for one in dialog.cases.findChildren(QPushButton) if one.text() == t("wizard.keep")]
    assert any("未到上限" in said for said in texts(dialog.cases)) and dialog.examples.count("\n") == 4
    dialog.cases.dropped.emit(2)
    settle(dialog.desk)
    assert dialog.examples.count("\n") == 3
    dialog.reject()
    (asked,) = dialog.findChildren(AskDialog)
    asked.reject()
    out = tmp_path / "x.toml"
    dialog.keep(out)
    settle(dialog.desk)
    assert (tmp_path / "x.examples.csv").read_text(encoding="utf-8") == dialog.examples
    page = dialog.parent()
    assert isinstance(page, PoliciesPage)
    page.propose(out)
    settle(page.desk)
    assert [one.state for one in page.shown if one.pack.id == "x-voucher"] == ["proposed"]


def test_what_is_opened_and_saved_has_the_same_bytes(
    wizard_of: Callable[..., WizardDialog], tmp_path: Path
) -> None:
    text = QINGYANG.read_text(encoding="utf-8").replace("# ", "#\u00a0", 1).replace("\n", "\r\n")
    path, beside = tmp_path / "q.toml", tmp_path / "q.examples.csv"
    cases = QINGYANG.with_name("compute-voucher-2024.examples.csv").read_bytes()
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    beside.write_bytes(b"\xef\xbb\xbf" + cases.replace(b"\n", b"\r\n"))
    before = path.read_bytes(), beside.read_bytes()
    dialog = wizard_of(path)
    dialog.keep(path)
    settle(dialog.desk)
    assert (path.read_bytes(), beside.read_bytes()) == before
    fill(dialog, row(dialog, "tier", "general"), rate="45%")
    dialog.keep(path)
    settle(dialog.desk)
    after = before[0].replace(b'rate = "0.3"', b'rate = "45%"')
    assert (path.read_bytes(), beside.read_bytes()) == (after, before[1])
    dialog.reject()
    assert not dialog.findChildren(AskDialog)


def test_a_place_that_can_not_be_written_is_said_in_the_dialog(
    wizard_of: Callable[..., WizardDialog], tmp_path: Path
) -> None:
    dialog = wizard_of(QINGYANG)
    dialog.keep(tmp_path / "no" / "x.toml")
    settle(dialog.desk)
    assert "no" in dialog.fault.text()


def test_what_is_not_saved_is_asked_about(wizard_of: Callable[..., WizardDialog]) -> None:
    dialog = wizard_of(QINGYANG)
    fill(dialog, row(dialog, "tier", "general"), rate="45%")
    dialog.reject()
    (asked,) = dialog.findChildren(AskDialog)
    assert dialog.isVisible() and t("wizard.unsaved") in texts(asked)
    asked.yes.click()
    settle(dialog.desk)


def test_enter_takes_what_was_typed_and_presses_nothing(wizard_of: Callable[..., WizardDialog]) -> None:
    dialog = wizard_of(QINGYANG)
    text = dialog.text
    field = row(dialog, "tier", "general").fields["rate"]
    field.clear()
    type_text(field, "45%")
    press(field, Qt.Key.Key_Return)
    assert dialog.source.toPlainText() == text.replace('rate = "0.3"', 'rate = "45%"')
    press(dialog, Qt.Key.Key_Escape)
    (asked,) = dialog.findChildren(AskDialog)
    press(asked, Qt.Key.Key_Escape)
    assert dialog.isVisible()


def test_the_pack_on_the_page_opens_in_the_form(page_of: Shown) -> None:
    page = page_of("officer")
    assert page.chosen is not None
    page.do_edit_pack()
    settle(page.desk)
    (dialog,) = page.findChildren(WizardDialog)
    assert dialog.text.encode() == page.chosen.pack.canonical
    assert dialog.looked is not None and dialog.looked.faults == 0
    dialog.reject()
    assert not page.findChildren(AskDialog)


def test_who_only_looks_writes_no_pack(page_of: Shown) -> None:
    page = page_of("auditor")
    assert t("action.edit_pack") not in [one.text() for one in page.detail.findChildren(QPushButton)]
    assert page.desk.may("propose_pack") is False


def test_what_is_not_saved_is_there_again_after_the_program_ended(
    wizard_of: Callable[..., WizardDialog], tmp_path: Path
) -> None:
    dialog = wizard_of()
    page = dialog.parent()
    assert isinstance(page, PoliciesPage)
    fill(dialog, dialog.form.rows[0], title="某市算力券")
    type_text(dialog.form.rows[0].fields["id"], "x-voucher")  # typed, and not yet taken
    assert page.leave(), "as at a logout"
    dialog.done(0)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    page.do_write_pack()
    (again,) = page.findChildren(WizardDialog)
    settle(page.desk)
    top = again.form.rows[0]
    assert (top.row.get("title"), top.row.get("id")) == ("某市算力券", "x-voucher")
    assert any("未保存" in said for said in texts(again))
    again.reject()
    (asked,) = again.findChildren(AskDialog)
    button(asked, t("wizard.close_anyway")).click()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    page.do_write_pack()
    (third,) = page.findChildren(WizardDialog)
    settle(page.desk)
    assert not third.form.rows[0].row.get("title"), "it was given up"
    fill(third, third.form.rows[0], title="另一个")
    third.keep_draft()
    third.keep(tmp_path / "y.toml")
    settle(page.desk)
    assert not third.draft.drafts.all(), "it is saved"

"""What stands beside the form."""

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget

from casework.rulebook.pack_wizard import from_text
from casework.rulebook.shipped_packs import POLICIES
from casework.rulebook.wizard_look import Looked, look
from desktop.kit.language import t
from desktop.kit.theme import LIGHT
from desktop.pages.policies.wizard_panes import CasesPane, FoundPane, ToldPane, meant, shown
from rules.facts import STANDARD
from tests.desktop.helpers import texts, type_text

TEXT = (POLICIES / "qingyang" / "compute-voucher-2024.toml").read_text(encoding="utf-8")


def now(pane: QWidget) -> list[str]:
    """The words that are there once what was cleared has gone."""
    QCoreApplication.sendPostedEvents(None, int(QEvent.Type.DeferredDelete))
    return texts(pane)


def looked(text: str = TEXT) -> Looked:
    return look(text, (), None, {}, "zh")


def test_the_sentences_are_plain_text(dressed: QApplication) -> None:
    pane = ToldPane(LIGHT)
    pane.show_told(looked(TEXT.replace('title = "一般"', 'title = "一般<b>&"')).statements, whole=True)
    assert any("一般&lt;b>&amp;" in text for text in now(pane))
    pane.show_told((), whole=False)
    assert now(pane) == [t("wizard.no_sentences")]


def test_a_field_keeps_what_is_typed_while_cases_are_decided_again(dressed: QApplication) -> None:
    pane = CasesPane(LIGHT)
    found = looked()
    pane.show_cases(found)
    said: list[tuple[int, str, str]] = []
    pane.changed.connect(lambda *what: said.append(what))
    field = pane.fields[1, "contract_amount"]
    field.clear()
    type_text(field, "100")
    assert said[-1] == (1, "contract_amount", "100")
    fields = dict(pane.fields)
    pane.show_cases(found)
    assert pane.fields == fields and len(pane.awards) == 3
    pane.show_cases(looked("id = 1\n"))
    assert pane.fields == {} and now(pane) == [t("wizard.no_cases")]


def test_values_of_a_case_as_people_write_them(dressed: QApplication) -> None:
    assert shown(STANDARD["related_party"], "no") == "否"
    assert shown(STANDARD["applied_at"], "2026-05-06 00:00:00") == "2026-05-06"
    assert shown(STANDARD["applicant_kind"], "enterprise") == "企业"
    assert (meant("applicant_kind", "企业"), meant("applicant_kind", "x")) == ("enterprise", "x")
    assert meant("contract_no", "企业") == "企业"


def test_faults_and_remarks_with_their_lines(dressed: QApplication) -> None:
    pane = FoundPane(LIGHT)
    pane.show_found(looked().notes, ())
    assert any(t("wizard.sound") in text for text in now(pane))
    spoilt = TEXT.replace('"0.3"', '"一半"').replace('version = "2024"\n', "")
    pane.show_found(looked(spoilt).notes, from_text(spoilt)[0].rows)
    lacks = t("wizard.lacks", table=t("wizard.table.head"), key=t("wizard.key.version"))
    assert any(lacks in text for text in texts(pane))
    assert any("一半" in text for text in now(pane)) and t("wizard.sound") not in "".join(now(pane))
    pane.show_unreadable(3, "x")
    assert now(pane) == [t("wizard.no_toml", line=3, say="x")]

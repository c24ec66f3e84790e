"""What is typed into a dialog is there again after the window has ended, and goes once it is done."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QPlainTextEdit

from desktop.kit import drafts
from desktop.kit.ask_dialog import secret
from desktop.kit.desk import Desk
from desktop.kit.unsent import Field, Unsent, keep_all


@pytest.fixture
def desk(desk_of: Callable[..., Desk], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(drafts, "_data_folder", lambda: tmp_path / "drafts")
    return desk_of()


class Asked(QDialog):
    """Grounds, an outcome, a reason and a password."""

    def __init__(self, desk: Desk, about: str = "SL1") -> None:
        super().__init__()
        self.reason, self.grounds, self.password = QLineEdit("按现有材料"), QPlainTextEdit(), secret()
        self.outcome = QComboBox()
        for word in ("不成立", "成立"):
            self.outcome.addItem(word)
        fields: dict[str, Field] = {"outcome": self.outcome, "reason": self.reason, "grounds": self.grounds}
        fields["password"] = self.password
        self.unsent = Unsent(self, desk, about, fields)

    def type_in(self) -> None:
        self.outcome.setCurrentIndex(1)
        self.reason.setText("合同原件已核对")
        self.grounds.setPlainText("第一行\n第二行")
        self.password.setText("blue tin gate 42")


def test_what_was_typed_is_back_when_the_same_is_asked(desk: Desk, tmp_path: Path) -> None:
    asked = Asked(desk)
    asked.type_in()
    keep_all(asked)
    again = Asked(desk)
    assert again.outcome.currentText() == "成立", "no reason comes back with another outcome"
    assert again.reason.text() == "合同原件已核对"
    assert again.grounds.toPlainText() == "第一行\n第二行"
    assert again.password.text() == "", "a password is kept nowhere"
    assert "blue tin" not in "".join(path.read_text("utf-8") for path in tmp_path.rglob("drafts/*/*"))
    assert Asked(desk, "SL2").reason.text() == "按现有材料", "another case's is its own"


@pytest.mark.parametrize("result", [QDialog.DialogCode.Accepted, QDialog.DialogCode.Rejected])
def test_it_goes_once_it_is_done_or_put_away(desk: Desk, result: QDialog.DialogCode) -> None:
    first = Asked(desk)
    first.type_in()
    keep_all(first)
    again = Asked(desk)
    again.done(result)
    keep_all(again)
    assert Asked(desk).reason.text() == "按现有材料"


def test_a_dialog_as_it_opened_is_kept_nowhere(desk: Desk, tmp_path: Path) -> None:
    keep_all(Asked(desk))
    assert not list(tmp_path.rglob("drafts/*/*.json"))

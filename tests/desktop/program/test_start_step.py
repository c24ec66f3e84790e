"""Each step has its title, its sentence and a place for what went wrong; the main button takes Enter."""

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QLabel

from desktop.kit.language import speak, t
from desktop.kit.theme import LIGHT
from desktop.program.start_step import Step
from desktop.program.start_window import StartWindow


class _Some(Step):
    code = "choice"


def test_a_step_says_what_it_is_and_what_went_wrong(dressed: QApplication, settings: QSettings) -> None:
    speak("zh")
    start = StartWindow(settings, LIGHT, lambda office, person, roles: None)
    step = _Some(start)
    said = [label.text() for label in step.findChildren(QLabel)]
    assert said[:2] == [t("welcome.choice.title"), t("welcome.choice.says")]
    step.say("不对")
    assert (step.fault.text(), step.fault.accessibleName()) == ("不对", "不对")
    done: list[bool] = []
    made = step.button("welcome.make", lambda: done.append(True), main=True)
    assert made.isDefault() and made.property("main") and not step.button("welcome.back", int).isDefault()
    made.click()
    assert done == [True]
    start.deleteLater()

"""Widgets go on in the next row where one is full."""

from PySide6.QtWidgets import QApplication, QLabel, QWidget

from desktop.kit.flow_layout import Flow


def test_what_does_not_fit_goes_below(dressed: QApplication) -> None:
    parent = QWidget()
    flow = Flow(parent)
    labels = [QLabel("x", parent) for _ in range(3)]
    for label in labels:
        label.setFixedSize(100, 20)
        flow.addWidget(label)
    parent.resize(210, 100)
    parent.show()
    QApplication.processEvents()
    assert [(label.x(), label.y()) for label in labels] == [(0, 0), (104, 0), (0, 24)]
    assert flow.heightForWidth(210) == 44
    assert flow.heightForWidth(400) == 20
    assert flow.count() == 3 and flow.itemAt(3) is None and flow.takeAt(3) is None
    assert flow.minimumSize().width() == 100
    parent.deleteLater()

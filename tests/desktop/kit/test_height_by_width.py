"""A scrolled page of words is as tall as its words at its width, not as at their narrowest."""

from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QVBoxLayout

from desktop.kit.height_by_width import HeightByWidth


def test_it_does_not_scroll_where_everything_fits(dressed: QApplication) -> None:
    inside = HeightByWidth()
    column = QVBoxLayout(inside)
    for _ in range(5):
        label = QLabel("规则没有写明的参数由本办以补充规定设定。" * 5)
        label.setWordWrap(True)
        label.setMinimumWidth(40)
        column.addWidget(label)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(inside)
    area.resize(900, 400)
    area.show()
    QApplication.processEvents()
    assert area.verticalScrollBar().maximum() == 0
    area.resize(120, 400)
    QApplication.processEvents()
    assert area.verticalScrollBar().maximum() > 0
    area.close()
    area.deleteLater()

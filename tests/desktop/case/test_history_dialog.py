"""The history of a field, the newest value first, with where it came from."""

import datetime

from casework.cases.field_history import FieldView, Stated
from casework.cases.typed_values import FACTS
from desktop.pages.case.history_dialog import HistoryDialog
from tests.desktop.helpers import texts

AT = datetime.datetime(2026, 5, 20, 1, 30, tzinfo=datetime.UTC)


def test_the_newest_value_stands_first_with_its_reason(dressed: object) -> None:
    given = Stated(1, 800_000_000, "import", AT, "officer", None)
    verified = Stated(2, 600_000_000, "review", AT, "officer2", "按发票核减")
    field = FieldView("contract_amount", (given, verified), verified)
    dialog = HistoryDialog(None, "合同金额", field, FACTS["contract_amount"])  # type: ignore[arg-type]
    told = texts(dialog)
    assert told.index("6,000,000.00") < told.index("8,000,000.00")
    assert any("按发票核减" in text for text in told)
    dialog.close()

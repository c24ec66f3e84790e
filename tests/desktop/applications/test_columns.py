"""What the list's columns say of an application."""

from collections.abc import Callable

from casework.boards import application_list
from casework.core.cursor_reads import Stop
from desktop.kit.desk import Desk
from desktop.kit.language import t
from desktop.pages.applications.columns import COLUMNS, Applications
from models.state_names import APPLICATION, DECISION
from tests.desktop.window_thread import in_a_worker


def test_every_column_has_its_heading_and_every_word_is_known() -> None:
    for column in COLUMNS:
        assert t(f"applications.column.{column.name}")
    for state in APPLICATION:
        assert next(column for column in COLUMNS if column.name == "state").shown(state).text
    for status in DECISION:
        shown = next(column for column in COLUMNS if column.name == "decision").shown(status)
        assert shown.text and shown.meaning


def test_rules_are_called_by_their_names_and_waiting_is_in_days(desk_of: Callable[..., Desk]) -> None:
    applications = Applications(desk_of().office)
    ids = in_a_worker(lambda: applications.ids(application_list.Query(), Stop()))
    stored = application_list.rows(applications.office, ids)
    rows = in_a_worker(lambda: applications.rows(ids))
    at = applications.spec.at
    for row, raw in zip(rows, stored, strict=True):
        assert (row[at["reasons"]] == "") == (not raw[at["reasons"]])
        assert row[at["reasons"]] != raw[at["reasons"]] or not row[at["reasons"]]
        assert row[at["waiting"]] is None or 0 <= row[at["waiting"]] < 100
    assert {row[at["scheme"]] for row in rows} == {"深圳市训力券"}
    assert "初创企业" in {row[at["tier"]] for row in rows}


def test_a_stored_value_in_words(desk_of: Callable[..., Desk]) -> None:
    applications = Applications(desk_of().office)
    assert applications.words_of("state", "accepted") == t("state.accepted")
    assert applications.words_of("district", None) == t("applications.filter.empty")
    assert applications.words_of("applicant_kind", "university") == t("kind.university")
    assert applications.words_of("scheme", "shenzhen-training-voucher") == "shenzhen-training-voucher"
    in_a_worker(applications.names)
    assert applications.words_of("scheme", "shenzhen-training-voucher") == "深圳市训力券"
    assert applications.words_of("tier", "startup") == "初创企业"

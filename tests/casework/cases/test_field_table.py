"""The table of fields: each is stored in its column, shown in its place, and called one name."""

import datetime
from dataclasses import replace
from pathlib import Path

import pytest
from sqlmodel.sql.sqltypes import AutoString

from casework.cases.field_table import (
    BY_PAGE,
    COLUMNS,
    FIELDS,
    NEEDED,
    PERSONAL,
    SAID,
    VERSION,
    CaseField,
    of_group,
)
from casework.cases.said_values import HASHED
from casework.intake import taught_headings
from casework.intake.portal_import import import_file
from models import ApplicationVersion, metadata
from models.columns import Day, Moment, YesNo
from models.money import Fen
from papers.reading.portal import NAMES
from papers.reading.portal_headings import table, taught_fields, vocabulary
from rules.facts import STANDARD
from tests.casework.desk import Desk
from tests.papers.portal_files import HEADINGS, application, workbook
from tests.papers.portal_files import table as lines
from words import LANGUAGES, has

COLUMN_TYPES = {
    "money": Fen, "date": Day, "moment": Moment, "yes_no": YesNo, "text": AutoString, "choice": AutoString,
}  # fmt: skip
OWN = {
    "id", "application_id", "version", "source", "contact_id", "bank_account_id", "extra", "said_sha256",
    "intake_id", "intake_row", "reason", "at", "person_id", "verified",
}  # fmt: skip
"""The columns of a version that are no field."""


@pytest.mark.parametrize("field", FIELDS.values(), ids=FIELDS)
def test_each_field_has_its_column_of_its_type(field: CaseField) -> None:
    column = metadata.tables[field.table].columns[field.column]
    assert isinstance(column.type, COLUMN_TYPES[field.fact.type])


def test_a_version_has_no_column_that_the_table_does_not_know() -> None:
    assert set(ApplicationVersion.model_fields) == OWN | set(COLUMNS.values())
    assert {field.table for field in FIELDS.values()} == {VERSION, "application", "contact", "bank_account"}


def test_what_the_table_says_is_understood() -> None:
    known = {
        *CaseField._fields,
        "type",
        "stored",
        "headings",
        "yes",
        "no",
        "none",
        "about",
        "formerly",
        "needed_for",
        "verified_about",
    }
    for name, entry in table().items():
        assert set(entry) <= known - {"name", "fact", "table", "column"}, name
        assert entry.get("needed") in (None, "file", "always")
        assert entry.get("change") in (None, "never", "act")
        assert entry.get("search") in (None, "name", "number", "code")
        assert entry["means"].endswith(".")


def test_each_field_is_called_one_name_with_its_type() -> None:
    for field in FIELDS.values():
        assert field.name not in STANDARD or field.fact == replace(STANDARD[field.name], none=field.fact.none)
        assert all(
            has(f"{where}.{field.name}", lang) for where in ("field", "import.field") for lang in LANGUAGES
        )
    assert set(NAMES) == set(FIELDS) and {"case", *SAID} == set(FIELDS)
    assert set(vocabulary().fields) - set(NAMES) == {"term"}


def test_each_field_has_one_place_in_the_form_and_on_the_page() -> None:
    groups = {field.group for field in FIELDS.values()}
    assert groups == {"applicant", "contract", "support", "payment", "case"}
    assert sum(len(of_group(group)) for group in groups) == len(FIELDS)
    assert sorted(BY_PAGE) == sorted(SAID)


def test_what_is_needed_and_what_is_personal() -> None:
    assert NEEDED == ("applicant_name", "applicant", "contract_amount")
    assert {"contact", "phone", "account"} == PERSONAL
    assert set(HASHED) <= set(SAID)
    assert len(HASHED) == 28, "a field that came after the first offices is not hashed from the beginning"


def test_names_that_offices_have_taught_before_are_understood(desk: Desk, tmp_path: Path) -> None:
    assert taught_fields({"a": "credit_code", "b": "contract_amount_fen"}) == {
        "a": "applicant",
        "b": "contract_amount",
    }
    taught_headings.teach_column(desk.office, "officer", "价码", "contract_amount_fen")
    path = workbook(
        tmp_path / "p.xlsx", lines(application(1), headings={**HEADINGS, "contract_amount": "价码"})
    )
    assert import_file(desk.office, "officer", path).accepted == 1
    assert desk.rows(ApplicationVersion)[0].applied_at.date() == datetime.date(2026, 5, 7)

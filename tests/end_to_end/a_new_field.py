"""What the program does with a field just added; run by `test_a_new_field` in a program that has it."""

import sys
from pathlib import Path

from sqlalchemy import select
from sqlmodel import col

from casework.boards import case_search
from casework.boards.case_view import view
from casework.cases import versions
from casework.cases.case_facts import Register, current, facts_of
from casework.cases.field_table import BY_PAGE, of_group
from casework.core import rows_compared
from casework.core.office import Office
from casework.founding.office_upgrade import bring_up
from casework.intake.portal_import import import_file
from casework.people import accounts
from casework.review import checking
from models import ApplicationVersion, schema
from tests.casework.desk import Clock, Desk
from tests.casework.said import differences
from tests.models import empty_office, schema_as_made
from tests.offices import kept
from tests.papers.portal_files import HEADINGS, application, workbook
from tests.papers.portal_files import table as lines


def fingerprints(office: Office) -> list[str]:
    with office.read() as session:
        return list(session.execute(select(col(ApplicationVersion.said_sha256))).scalars())


def main(folder: Path) -> None:
    clock = Clock()
    empty_office.create(folder / "empty.office").close()
    said, kept_file = schema_as_made.lines(folder / "empty.office"), schema.KEPT["sqlite"]
    kept_file.unlink()  # it points at the program's own, which stays as it is
    kept_file.write_text(said, encoding="utf-8")
    schema._kept.cache_clear()
    office = Office.create(folder / "new.office", name="测试", clock=clock)
    accounts.found(office, accounts.DEMO_PEOPLE, "demo")
    Desk.prepare(office, clock)
    headings = {**HEADINGS, "model_name": "模型名称"}
    rows = [{**application(1), "model_name": "湾畔大模型"}, {**application(2), "model_name": None}]
    imported = import_file(office, "officer", workbook(folder / "p.xlsx", lines(*rows, headings=headings)))
    assert (imported.accepted, imported.unknown) == (2, ())
    checking.verify_facts(office, "officer", "T0001", {"model_name": "梧岭大模型"}, "备案名称")
    checking.verify_facts(office, "officer", "T0002", {"district": "南山区"}, "登记机关")
    with office.read() as session:
        first, second = (versions.of(session, 1, number) for number in (1, 2))
        named = [getattr(version, "model_name", None) for version in (first, second)]
        assert (*named, first.extra) == ("湾畔大模型", "梧岭大模型", "{}")
        assert differences(session, 1, 1, 2) == [("model_name", "湾畔大模型", "梧岭大模型")]
        row = session.execute(current().where(col(ApplicationVersion.application_id) == 1)).one()
        assert facts_of(row, Register(session))["model_name"] == "梧岭大模型"
    shown = view(office, "officer", "T0001")
    assert shown is not None
    told = shown.field("model_name")
    assert told is not None and told.given is not None and told.given.value == "湾畔大模型"
    case_search.catch_up(office)
    assert list(case_search.matches(office, "wldmx") or ()) == [1]
    assert "model_name" in of_group("contract") and "model_name" in BY_PAGE
    print("\n".join(fingerprints(office)[1:2]))
    as_its_acts_left_it(office)
    office.close()
    older = kept.unpacked("0001/every_state.office.xz", folder)
    bring_up(older)
    with Office.open(older).closing() as brought_up:
        as_its_acts_left_it(brought_up)


def as_its_acts_left_it(office: Office) -> None:
    with office.read() as session:
        assert rows_compared.compare(session).differ == ()


if __name__ == "__main__":
    main(Path(sys.argv[1]))

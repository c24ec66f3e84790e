"""A new office has its people and its packs, or it is not there."""

from pathlib import Path

import pytest
from sqlalchemy import select
from sqlmodel import col

from casework.core.office import Office
from casework.core.refused import Refused
from casework.founding.new_office import found_office
from casework.people import signing_in
from casework.rulebook import packs
from casework.rulebook.shipped_packs import shipped
from models import LogEntry, Pack, Person
from models.faults import OfficeFault

WU = ("wu", "顾川", "system")


def there(where: Path) -> tuple[dict[str, str], list[str], list[str]]:
    """The people, the packs in force and the log of an office."""
    with Office.open(where).closing() as office, office.read() as session:
        people = {row.name: row.full_name for row in session.execute(select(Person)).scalars()}
        confirmed = session.execute(select(Pack).where(col(Pack.state) == "confirmed")).scalars()
        refs = sorted(f"{row.scheme}@{row.version}" for row in confirmed)
        acts = session.execute(select(col(LogEntry.act)).order_by(col(LogEntry.seq))).scalars()
        return people, refs, list(acts)


def test_two_begin_who_make_accounts_and_give_rights(tmp_path: Path) -> None:
    made = found_office(tmp_path / "our.office", name="市科技创新局")
    assert made.people == ("system", "rights")
    people, refs, acts = there(tmp_path / "our.office")
    assert people == {"system": "系统管理员", "rights": "安全管理员"}
    assert refs == sorted(made.packs) == sorted(pack.ref for pack in shipped())
    assert acts[-2:] == ["found", "ship_packs"]
    with Office.open(tmp_path / "our.office").closing() as office:
        assert office.row.name == "市科技创新局"
        with pytest.raises(Refused):
            signing_in.sign_in(office, "system", "demo")


def test_the_demonstration_s_people_all_have_one_password(tmp_path: Path) -> None:
    made = found_office(tmp_path / "our.office", demo_people=True)
    assert {"officer", "approver", "finance", "auditor"} < set(made.people)
    with Office.open(tmp_path / "our.office").closing() as office:
        assert signing_in.sign_in(office, "approver", "demo") == frozenset({"approver"})


def test_other_first_people_come_with_their_password(tmp_path: Path) -> None:
    made = found_office(tmp_path / "our.office", first=[WU], password="a long password")
    assert made.people == ("wu",)
    assert there(tmp_path / "our.office")[0] == {"wu": "顾川"}
    with Office.open(tmp_path / "our.office").closing() as office:
        assert signing_in.sign_in(office, "wu", "a long password") == frozenset({"system"})


def test_an_office_that_is_there_is_not_made_again(tmp_path: Path) -> None:
    found_office(tmp_path / "our.office", first=[WU])
    before = (tmp_path / "our.office").read_bytes()
    with pytest.raises(OfficeFault, match=r"office\.exists"):
        found_office(tmp_path / "our.office")
    assert (tmp_path / "our.office").read_bytes() == before


def test_without_its_packs_no_office_stays_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packs, "put_in_force", lambda office: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        found_office(tmp_path / "our.office", first=[WU])
    assert list(tmp_path.iterdir()) == []

"""Drafts: whole or not at all, one person's only, offered newest first, and never in the way."""

import datetime
import os
import stat
from pathlib import Path

import pytest

from desktop.kit.drafts import Draft, Drafts

AT = datetime.datetime(2026, 5, 20, 4, 0, tzinfo=datetime.UTC)


def draft(request: str = "a", minutes: int = 0, **fields: str) -> Draft:
    return Draft(
        request, "scheme", AT + datetime.timedelta(minutes=minutes), fields or {"applicant_name": "湾畔"}
    )


def test_what_is_kept_is_read_again(tmp_path: Path) -> None:
    drafts = Drafts("office", "officer", tmp_path)
    drafts.keep(draft(applicant_name="湾畔\n“智算”", contract_amount="８００万"))
    (found,) = Drafts("office", "officer", tmp_path).all()
    assert found == draft(applicant_name="湾畔\n“智算”", contract_amount="８００万")
    drafts.discard("a")
    drafts.discard("a")
    assert drafts.all() == []
    assert drafts.read("a") is None


def test_each_office_and_person_has_their_own(tmp_path: Path) -> None:
    Drafts("office", "officer", tmp_path).keep(draft())
    for office, person in (("office", "officer2"), ("other", "officer"), ("office\nofficer", "")):
        assert Drafts(office, person, tmp_path).all() == []


def test_the_newest_comes_first_and_rubbish_is_passed_over(tmp_path: Path) -> None:
    drafts = Drafts("office", "officer", tmp_path)
    for at, name in enumerate(("a", "b", "c")):
        drafts.keep(draft(name, at))
    (drafts.folder / "b.json").write_bytes(b"{ half a fi")
    (drafts.folder / "d.json").write_bytes(b'{"fields": 3}')
    assert [one.request for one in drafts.all()] == ["c", "a"]


@pytest.mark.skipif(os.name == "nt", reason="POSIX modes")
def test_only_its_owner_can_read_it(tmp_path: Path) -> None:
    drafts = Drafts("office", "officer", tmp_path)
    drafts.keep(draft())
    mode = (drafts.folder / "a.json").stat().st_mode
    assert not mode & (stat.S_IRWXG | stat.S_IRWXO)


def test_a_full_disk_leaves_the_one_of_before_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drafts = Drafts("office", "officer", tmp_path)
    drafts.keep(draft(applicant_name="湾畔"))

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        drafts.keep(draft(applicant_name="湾畔语言模型"))
    (found,) = drafts.all()
    assert found.fields == {"applicant_name": "湾畔"}
    assert [path.name for path in drafts.folder.iterdir()] == ["a.json"]

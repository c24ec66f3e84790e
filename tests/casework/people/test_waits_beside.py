"""Wrong passwords for an office that can't be written: one waits, also where each try opens it anew."""

import datetime
import os
from pathlib import Path

import platformdirs
import pytest

from casework.core.office import Office
from casework.core.refused import Refused
from casework.people import signing_in, waits_beside
from casework.people.password_rule import figures
from tests import other_hand
from tests.casework.conftest import StandingClock

NAMES = ("officer", "nobody")


def tried(where: Path, clock: StandingClock, name: str, password: str) -> tuple[str, int]:
    """What a program that is begun for one try says."""
    with Office.open(where, clock=clock).closing() as office:
        assert office.only_read is not None
        try:
            signing_in.sign_in(office, name, password)
        except Refused as refused:
            return refused.code, int(str(refused.params.get("seconds", 0)))
        return "", 0


@pytest.fixture
def foreign(office: Office) -> Path:
    assert office.store.path is not None
    office.close()
    with other_hand.opened(office.store.path) as file:
        file.execute("CREATE TRIGGER t AFTER INSERT ON log_entry BEGIN SELECT 1; END")
    return office.store.path


def the_file() -> Path:
    (kept,) = (Path(platformdirs.user_data_dir("voucher-desk", appauthor=False)) / "waits").iterdir()
    return kept


@pytest.mark.parametrize("name", NAMES)
def test_each_try_of_its_own_waits_longer(foreign: Path, clock: StandingClock, name: str) -> None:
    waits = figures().waits
    for at, seconds in enumerate(waits[1:], 1):
        assert tried(foreign, clock, name, "wrong") == (
            ("refused.sign_in_wait", seconds) if seconds else ("refused.sign_in", 0)
        ), at
        if seconds:
            assert tried(foreign, clock, name, "demo") == ("refused.wait", seconds)
        clock.now += datetime.timedelta(seconds=seconds)
    if name == "officer":
        assert tried(foreign, clock, name, "demo") == ("", 0)
        assert tried(foreign, clock, name, "wrong") == ("refused.sign_in", 0), "begun anew"


def test_what_is_kept_is_ones_own_and_names_nobody(foreign: Path, clock: StandingClock) -> None:
    for name in NAMES:
        tried(foreign, clock, name, "wrong")
    kept = the_file()
    assert os.name == "nt" or (kept.stat().st_mode | kept.parent.stat().st_mode) & 0o077 == 0
    said = kept.read_text(encoding="utf-8")
    assert said.count("hmac:") == 2 and not any(name in said for name in NAMES)


@pytest.mark.parametrize("spoilt", ["", "[]", "{", '{"x": 1}', '{"x": [1, "never"]}', "\0"])
def test_what_somebody_wrote_into_it_is_nothing(foreign: Path, clock: StandingClock, spoilt: str) -> None:
    tried(foreign, clock, "officer", "wrong")
    the_file().write_text(spoilt, encoding="utf-8")
    assert tried(foreign, clock, "officer", "wrong") == ("refused.sign_in", 0)


def test_where_the_computer_keeps_nothing_one_waits_while_it_is_open(
    foreign: Path, clock: StandingClock, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "no folder").write_text("")
    monkeypatch.setattr(waits_beside, "user_data_dir", lambda *_, **__: str(tmp_path / "no folder"))
    with Office.open(foreign, clock=clock).closing() as office:
        for code in ("sign_in", "sign_in", "sign_in_wait", "wait"):
            with pytest.raises(Refused, match=rf"refused\.{code}'"):
                signing_in.sign_in(office, "officer", "wrong")

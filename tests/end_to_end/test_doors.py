"""The doors: every command × nobody, no password, a wrong one, the right one, an office that can only be
read, an office whose people are not those of its log. The same table stands in `docs/doors.md`."""

import shutil
from pathlib import Path

import pytest
from platformdirs import user_data_dir

from casework.core.office import Office
from casework.people import accounts
from models import sqlite
from tests.casework.desk import Clock
from tests.casework.desk import Desk as OfficeDesk
from tests.commandline import Desk
from tests.other_hand import opened
from words import say

ROOT = Path(__file__).resolve().parents[2]
PACK = "shenzhen-training-voucher@2026"
OWN = str(ROOT / "resources" / "policies" / "henan" / "compute-voucher-2025.toml")
PORTAL = str(ROOT / "resources" / "demo" / "portal-2026.xlsx")

READS = {
    "act --list": (),
    "cases": (),
    "findings": (),
    "proposals": (),
    "ledger": ("voucher", "-o", "OUT/ledger.xlsx"),
    "letters": ("-o", "OUT/letters"),
    "policy check": (PACK,),
    "policy list": (),
    "policy paper": (PACK, "-o", "OUT/pack.pdf"),
    "policy show": (PACK,),
    "replay": (),
    "scenario": (),
    "settings": (),
    "verify": (),
    "whatif": ("--policy", PACK),
    "import": (PORTAL, "--dry-run"),
}
"""What only reads, with what it needs to end with 0 (`import` tries; rows it would reject end with 1)."""
ACTS = {
    "act": ("recuse", "--set", "applicant_id=1", "--reason", "亲属"),
    "import": (PORTAL,),
    "policy adopt": (OWN,),
    "policy confirm": (PACK,),
    "policy renew": (PACK,),
    "policy source": (PACK, "general", "--title", "t", "--article", "a", "--on", "2026-05-01"),
    "policy supplement": (PACK, "--set", "publicity_days=5", "--source", "s"),
}
"""What changes the office; here it need not succeed, only come in by the door."""
BY_THE_DOOR = ("cli.no_user", "cli.password.none", "refused.sign_in", "refused.sign_in_wait", "refused.wait")
"""What is said at the door."""
COMMANDS = [
    *((name, more, True) for name, more in READS.items()),
    *((name, more, False) for name, more in ACTS.items()),
]
BY_ROLE = {"import": "officer", "policy confirm": "approver", "whatif": "officer"}
"""Whose work it is; an officer's or an auditor's where nothing is said."""
NAMED = [f"{name}{' --dry-run' if reads and name == 'import' else ''}" for name, _, reads in COMMANDS]

Tried = tuple[str, tuple[str, ...], bool]


class Doors:
    """One command tried at the doors of an office."""

    def __init__(self, desk: Desk, office: Path, tried: Tried, out: Path) -> None:
        self.desk, self.office = desk, office
        name, more, self.reads = tried
        self.words = [*name.split(), *(each.replace("OUT", str(out)) for each in more)]
        self.user = BY_ROLE.get(name, "auditor" if self.reads else "officer")

    def code(self, user: str | None) -> tuple[int, str]:
        """The exit status and the fault's code."""
        named = ["--user", user] if user else []
        answer = self.desk("--json", "--office", self.office, *named, *self.words)
        return answer.status, answer.json.get("error", "")

    def notices(self) -> list[str]:
        answer = self.desk("--json", "--office", self.office, "--user", self.user, *self.words)
        return list(answer.json.get("notices", ()))


@pytest.fixture(scope="session")
def with_a_case(prepared_office: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office that is no demonstration, with an award."""
    path = tmp_path_factory.mktemp("doors") / "real.office"
    shutil.copy(prepared_office, path)
    clock = Clock()
    with Office.open(path, clock=clock).closing() as office:
        at_work = OfficeDesk(office, clock)
        at_work.decide(at_work.submit())
    return path


@pytest.fixture(params=COMMANDS, ids=NAMED)
def doors(
    request: pytest.FixtureRequest,
    desk: Desk,
    with_a_case: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Doors:
    """Each command, at an office that is no demonstration; nothing is said but what a test says."""
    for name in ("VOUCHER_DESK_USER", "VOUCHER_DESK_PASSWORD"):
        monkeypatch.delenv(name)
    office = Path(shutil.copy(with_a_case, tmp_path / "real.office"))
    (tmp_path / "out").mkdir()
    return Doors(desk, office, request.param, tmp_path / "out")


def reads_only(office: Path, why: str, said: str) -> str:
    """What the answer says where an office is only looked at."""
    return say(said, "zh", why=say(why, "zh", path=str(office)))


def entries(office: Path) -> int:
    with opened(office) as file:
        return int(file.execute("SELECT count(*) FROM log_entry").fetchone()[0])


def test_every_door_signs_in(doors: Doors, monkeypatch: pytest.MonkeyPatch) -> None:
    """T3: nobody, no password and a wrong one end with 2, and nothing leaves or changes."""
    assert doors.code(None) == (2, "cli.no_user")
    assert doors.code(doors.user) == (2, "cli.password.none")
    before = entries(doors.office)
    monkeypatch.setenv("VOUCHER_DESK_PASSWORD", "wrong")
    assert doors.code(doors.user) == (2, "refused.sign_in")
    assert doors.code("nobody") == (2, "refused.sign_in")
    assert not list(doors.office.with_name("out").iterdir())
    assert entries(doors.office) == before + 2, "each wrong password is counted"
    monkeypatch.setenv("VOUCHER_DESK_PASSWORD", "demo")
    status, code = doors.code(doors.user)
    assert code not in BY_THE_DOOR
    assert status in ((0, 1) if doors.reads else (0, 1, 2))


def test_an_office_that_can_not_be_written_is_read(doors: Doors, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "can_be_written", lambda path: False)
    monkeypatch.setenv("VOUCHER_DESK_PASSWORD", "wrong")
    before = doors.office.read_bytes()
    assert doors.code(doors.user) == (2, "refused.sign_in")
    monkeypatch.setenv("VOUCHER_DESK_PASSWORD", "demo")
    if doors.reads:
        assert doors.code(doors.user)[0] in (0, 1)
        assert doors.notices() == [reads_only(doors.office, "office.read_only", "cli.reads_only")]
    else:
        assert doors.code(doors.user)[0] == 2
    assert doors.office.read_bytes() == before


def test_where_a_trigger_is_foreign_it_is_read(doors: Doors, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is written any more, wrong passwords no more than acts; who has the right one reads."""
    with opened(doors.office) as file:
        file.execute("CREATE TRIGGER t AFTER INSERT ON log_entry BEGIN SELECT 1; END")
    monkeypatch.setenv("VOUCHER_DESK_PASSWORD", "wrong")
    before = entries(doors.office)
    for said in ("sign_in", "sign_in", "sign_in_wait", "wait"):
        assert doors.code(doors.user) == (2, f"refused.{said}"), "each try is a run of its own"
    (kept,) = (Path(user_data_dir("voucher-desk", appauthor=False)) / "waits").iterdir()
    kept.unlink()  # instead of waiting
    monkeypatch.setenv("VOUCHER_DESK_PASSWORD", "demo")
    if doors.reads:
        assert doors.code(doors.user)[0] in (0, 1)
        why = say("office.foreign", "zh", path=str(doors.office), names=("trigger t",))
        assert doors.notices() == [say("cli.reads_only", "zh", why=why)]
    else:
        assert doors.code(doors.user)[0] == 2
    assert entries(doors.office) == before


def test_where_the_people_do_not_verify_it_is_read_by_who_can_read_the_file(doors: Doors) -> None:
    with opened(doors.office) as file:
        file.execute("ALTER TABLE person RENAME COLUMN password_hash TO hash")
    before = entries(doors.office)
    if doors.reads:
        assert doors.code(None)[0] in (0, 1)
        assert doors.notices() == [reads_only(doors.office, "office.people", "cli.nobody")]
    else:
        assert doors.code(doors.user)[0] == 2
    assert entries(doors.office) == before


def test_a_password_that_another_gave_opens_no_other_door(
    doors: Doors, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Office.open(doors.office).closing() as office:
        accounts.reset_password(office, "system", doors.user, "ocean walk 17")
    monkeypatch.setenv("VOUCHER_DESK_PASSWORD", "ocean walk 17")
    assert doors.code(doors.user) == (2, "refused.must_change")
    monkeypatch.setattr(sqlite, "can_be_written", lambda path: False)
    assert doors.code(doors.user) == (2, "refused.must_change_first"), "and the advice is another one there"


def test_a_hash_that_was_swapped_opens_no_door(doors: Doors, monkeypatch: pytest.MonkeyPatch) -> None:
    """An auditor's password put into another's row: who has the file reads, and nobody acts."""
    with Office.open(doors.office).closing() as office:
        accounts.change_password(office, "auditor", "demo", "ocean walk 17")
    with opened(doors.office) as file:
        file.execute(
            "UPDATE person SET password_hash = (SELECT password_hash FROM person WHERE name = 'auditor') "
            "WHERE name = 'approver'"
        )
    monkeypatch.setenv("VOUCHER_DESK_PASSWORD", "ocean walk 17")
    before = entries(doors.office)
    if doors.reads:
        assert doors.code("approver")[0] in (0, 1)
        assert doors.notices() == [reads_only(doors.office, "office.people", "cli.nobody")]
    else:
        assert doors.code("approver")[0] == 2
    assert entries(doors.office) == before


def test_a_demonstration_takes_the_name_alone(
    desk: Desk, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VOUCHER_DESK_PASSWORD")
    assert desk("--office", copy, "--user", "auditor", "verify").status == 0
    unknown = desk("--json", "--office", copy, "--user", "nobody", "verify")
    assert (unknown.status, unknown.json["error"]) == (2, "refused.no_such_person")
    monkeypatch.delenv("VOUCHER_DESK_USER")
    assert desk("--office", copy, "verify").status == 2
    monkeypatch.setenv("VOUCHER_DESK_PASSWORD", "wrong")
    assert desk("--office", copy, "--user", "auditor", "verify").status == 2


def test_an_office_of_known_passwords_asks_and_says_so(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = tmp_path / "known.office"
    made = desk("--json", "init", office, "--demo-people").json
    assert made["notices"] == [say("cli.known_passwords", "zh")]
    said = desk("--json", "--office", office, "--user", "auditor", "verify").json
    assert said["notices"] == [say("cli.known_passwords", "zh")]
    monkeypatch.delenv("VOUCHER_DESK_PASSWORD")
    assert desk("--office", office, "--user", "auditor", "verify").status == 2


@pytest.mark.parametrize(
    "address", ["postgresql://wu:secret@127.0.0.1:1/office", "postgresql://127.0.0.1:1/o?password=secret"]
)
def test_an_address_with_a_password_is_refused_and_not_repeated(desk: Desk, address: str) -> None:
    """T11."""
    for words in (("--office", address, "verify"), ("init", address), ("upgrade", address)):
        refused = desk("--json", *words)
        assert (refused.status, refused.json["error"]) == (2, "office.password_in_address")
        assert "secret" not in refused.out + refused.err


def test_what_needs_no_office_asks_nobody(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("VOUCHER_DESK_USER", "VOUCHER_DESK_PASSWORD"):
        monkeypatch.delenv(name)
    cases = tmp_path / "cases.csv"
    cases.write_text("case,applied_at,applicant,contract_amount\n1,2026-05-06,a,20000.00\n", encoding="utf-8")
    assert desk("calculate", cases, "-o", tmp_path / "out.csv").status == 0
    for words in (("act", "--list"), ("policy", "list"), ("policy", "show", PACK), ("policy", "check", OWN)):
        assert desk(*words).status == 0, words
    assert desk("policy", "paper", OWN, "-o", tmp_path / "pack.pdf").status == 0
    said = ("id=a", "version=1", "title=t", "document=d", "from=2026-01-01", "force_article=f", "article=a")
    answers = [word for each in (*said, "rate=30%") for word in ("--set", each)]
    assert desk("policy", "new", "-o", tmp_path / "new.toml", *answers).status == 0


@pytest.mark.parametrize(
    ("user", "words"),
    [
        ("system", ("scenario",)), ("rights", ("cases",)), ("system", ("policy", "list")),
        ("rights", ("replay",)), ("auditor", ("import", PORTAL, "--dry-run")),
        ("system", ("letters", "-o", "x")), ("finance", ("whatif", "--policy", PACK)),
    ],
)  # fmt: skip
def test_a_role_sees_here_what_it_sees_in_the_window(
    desk: Desk, prepared_office: Path, user: str, words: tuple[str, ...]
) -> None:
    refused = desk("--json", "--office", prepared_office, "--user", user, *words)
    assert (refused.status, refused.json["error"]) in (
        (2, "refused.may_not_look"), (2, "refused.not_allowed"),
    )  # fmt: skip


def test_the_three_orders_are_looked_at_with_a_line_in_the_log(desk: Desk, copy: Path) -> None:
    before = entries(copy)
    assert desk("--office", copy, "--user", "auditor", "scenario").status == 0
    with opened(copy) as file:
        last = file.execute("SELECT person, act FROM log_entry ORDER BY seq DESC LIMIT 1").fetchone()
    assert (entries(copy), last) == (before + 1, ("auditor", "scenario"))

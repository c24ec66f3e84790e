"""Replay and verify on a demonstration office: clean, and each finds what was done behind its back."""

import shutil
from pathlib import Path

import pytest

from casework.audit.replay import replay
from casework.audit.verify import checks
from casework.core.office import Office
from casework.founding import demonstration
from tests import other_hand


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "demo.office"
    demonstration.demo(path, cases=24, seed=5)
    return path


def tamper(demo: Path, target: Path, *statements: str, guards: bool = True) -> Office:
    """A copy of the office in which someone with the file in hand did this."""
    with other_hand.opened(demo) as source, other_hand.opened(target) as copy:
        source.backup(copy)
    with other_hand.opened(target) as connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            assert connection.execute(statement).rowcount != 0
        if guards:
            for _, ddl in triggers:
                connection.execute(ddl)
    return Office.open(target)


def broken(office: Office) -> set[str]:
    return {check.name for check in checks(office) if not check.ok}


def test_the_office_as_it_is_is_clean(demo: Path, tmp_path: Path) -> None:
    with tamper(demo, tmp_path / "same.office").closing() as office:
        assert broken(office) == set()
        answer = replay(office)
        assert (answer["differ"], answer["same"]) == ([], answer["decisions"])


AWARD = "UPDATE decision SET award_fen = award_fen + 1, holds_fen = holds_fen + 1 WHERE seq = 1"


def test_a_changed_award(demo: Path, tmp_path: Path) -> None:
    with tamper(demo, tmp_path / "changed.office", AWARD).closing() as office:
        found = {(each["award"], each["field"]) for each in replay(office)["differ"]}
        assert found == {(1, "award_fen"), (1, "holds_fen")}
        assert {"rows", "awards", "vouchers"} <= broken(office)


def test_an_award_changed_with_everything_that_adds_up(demo: Path, tmp_path: Path) -> None:
    cover = [
        AWARD,
        "UPDATE voucher SET quota_fen = quota_fen + 1 WHERE decision_seq = 1",
        "UPDATE ledger_entry SET amount_fen = amount_fen + sign(amount_fen) WHERE decision_seq = 1",
        "UPDATE cap_entry SET amount_fen = amount_fen + 1 WHERE decision_seq = 1",
        "UPDATE cap_use SET used_fen = used_fen + 1 "
        "WHERE key = (SELECT key FROM cap_entry WHERE decision_seq = 1)",
        "UPDATE budget SET committed_fen = committed_fen + 1",
    ]
    with tamper(demo, tmp_path / "covered.office", *cover).closing() as office:
        assert broken(office) == {"rows"}
        assert {each["field"] for each in replay(office)["differ"]} == {"award_fen", "holds_fen"}


@pytest.mark.parametrize(
    ("statement", "field"),
    [
        ("UPDATE decision SET binding = 'budget' WHERE seq = 2", "binding"),
        ("UPDATE decision SET trace = replace(trace, '第（二）项', '第（三）项') WHERE seq = 2", "trace"),
        ("UPDATE decision SET status = 'blocked', award_fen = NULL WHERE seq = 2", "status"),
        ("UPDATE decision SET reasons = 'window' WHERE status = 'refused'", "reasons"),
        (
            "UPDATE decision SET readings = readings || '0' WHERE status = 'blocked' AND readings <> ''",
            "readings",
        ),
        (
            "UPDATE decision SET witness = replace(witness, 'enterprise', 'enterprize') WHERE seq = 2",
            "status",
        ),
        ("UPDATE decision SET witness = 'nothing' WHERE seq = 2", "witness"),
        ("UPDATE decision SET left_fen = left_fen - 1 WHERE seq = 2", "left_fen"),
        ("UPDATE decision SET used = '1' WHERE seq = 2", "used"),
    ],
)
def test_any_figure_or_article_of_a_decision(demo: Path, tmp_path: Path, statement: str, field: str) -> None:
    with tamper(demo, tmp_path / "changed.office", statement).closing() as office:
        assert field in {each["field"] for each in replay(office)["differ"]}
        assert "rows" in broken(office)


def test_a_changed_pack_byte(demo: Path, tmp_path: Path) -> None:
    byte = (
        "UPDATE pack SET canonical = CAST(replace(CAST(canonical AS TEXT), '\"0.5\"', '\"0.6\"') AS BLOB) "
        "WHERE scheme = 'shenzhen-training-voucher' AND version = '2026'"
    )
    with tamper(demo, tmp_path / "pack.office", byte).closing() as office:
        answer = replay(office)
        assert answer["same"] == 0
        assert {each["field"] for each in answer["differ"]} == {"policy"}
        assert {"packs", "policies"} <= broken(office)


def test_a_changed_supplement(demo: Path, tmp_path: Path) -> None:
    change = (
        "UPDATE supplement "
        "SET canonical = CAST(replace(CAST(canonical AS TEXT), 'applied_at', 'signed_on') AS BLOB) "
        "WHERE parameter = 'startup_reference_date'"
    )
    with tamper(demo, tmp_path / "set.office", change).closing() as office:
        assert {each["field"] for each in replay(office)["differ"]} == {"policy"}
        assert "packs" in broken(office)


def test_a_removed_log_entry(demo: Path, tmp_path: Path) -> None:
    with tamper(demo, tmp_path / "log.office", "DELETE FROM log_entry WHERE seq = 20").closing() as office:
        assert "log" in broken(office)


def test_a_log_cut_short_with_its_head(demo: Path, tmp_path: Path) -> None:
    cut = [
        "DELETE FROM log_entry WHERE seq > (SELECT max(seq) - 2 FROM log_entry)",
        "UPDATE log_head SET seq = (SELECT max(seq) FROM log_entry), "
        "hash = (SELECT hash FROM log_entry ORDER BY seq DESC LIMIT 1)",
    ]
    with tamper(demo, tmp_path / "cut.office", *cut).closing() as office:
        assert "letters" in broken(office)


def test_a_changed_letter(demo: Path, tmp_path: Path) -> None:
    change = (
        "UPDATE content SET body = CAST(replace(hex(body), '2550', '2551') AS BLOB), size = 2 * size "
        "WHERE sha256 = (SELECT content_sha256 FROM letter WHERE kind = 'approval' LIMIT 1)"
    )
    with tamper(demo, tmp_path / "letter.office", change).closing() as office:
        assert {"letters", "contents"} <= broken(office)


def test_a_letter_put_in_the_place_of_another(demo: Path, tmp_path: Path) -> None:
    change = (
        "UPDATE letter "
        "SET content_sha256 = (SELECT content_sha256 FROM letter WHERE kind = 'approval' AND number = 2) "
        "WHERE kind = 'approval' AND number = 1"
    )
    with tamper(demo, tmp_path / "swap.office", change).closing() as office:
        assert "letters" in broken(office)


def test_a_removed_letter_leaves_a_gap(demo: Path, tmp_path: Path) -> None:
    gone = "DELETE FROM letter WHERE kind = 'approval' AND number = 2"
    with tamper(demo, tmp_path / "gone.office", gone).closing() as office:
        assert {"letters", "letter_numbers"} <= broken(office)


def test_a_removed_decision_leaves_a_gap(demo: Path, tmp_path: Path) -> None:
    gone = "DELETE FROM decision WHERE seq = (SELECT min(seq) FROM decision WHERE status = 'refused')"
    with tamper(demo, tmp_path / "gone.office", gone).closing() as office:
        assert {"rows", "decision_numbers"} <= broken(office)


def test_a_guard_that_was_taken_away(demo: Path, tmp_path: Path) -> None:
    with tamper(demo, tmp_path / "bare.office", guards=False).closing() as office:
        assert broken(office) == {"schema"}


def test_money_moved_in_the_counters(demo: Path, tmp_path: Path) -> None:
    moved = "UPDATE budget SET committed_fen = committed_fen - 100, paid_fen = paid_fen + 100"
    with tamper(demo, tmp_path / "money.office", moved).closing() as office:
        assert "ledger" in broken(office)


def test_a_sample_names_its_cases_and_is_drawn_by_its_seed(demo: Path, tmp_path: Path) -> None:
    target = tmp_path / "sample.office"
    shutil.copy(demo, target)
    with Office.open(target).closing() as office:
        one, same, other = (replay(office, sample=5, seed=seed) for seed in (1, 1, 2))
        everything = replay(office, sample=10_000)
    assert one["sampled"] == same["sampled"] != other["sampled"]
    assert one["decisions"] == len(one["sampled"]) == 5
    assert set(one["sampled"][0]) == {"award", "case"}
    assert everything["decisions"] == len(everything["sampled"])


def test_replay_does_not_trust_what_it_has_loaded(demo: Path, tmp_path: Path) -> None:
    """The bytes are read anew each time: a process that knew the true pack still sees the false one."""
    target = tmp_path / "later.office"
    with tamper(demo, target).closing() as office:
        assert replay(office)["differ"] == []
        with other_hand.opened(target) as connection:
            connection.execute("DROP TRIGGER pack_bytes_frozen")
            connection.execute(
                "UPDATE pack SET canonical = CAST(canonical || x'0a' AS BLOB) WHERE version = '2026'"
            )
        assert replay(office)["differ"] != []

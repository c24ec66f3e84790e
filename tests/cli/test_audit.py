"""``replay`` and ``verify``: what they answer, and 1 where something is wrong."""

from pathlib import Path

import pytest

import words
from casework.cases import other_support
from tests.cli.conftest import behind_its_back
from tests.commandline import Desk

ONE_FEN_MORE = "UPDATE decision SET award_fen = award_fen + 1, holds_fen = holds_fen + 1 WHERE seq = 1"


def test_every_decision_comes_out_again(desk: Desk, office: Path) -> None:
    answer = desk("--json", "--office", office, "replay")
    assert answer.status == 0
    found = answer.json
    assert found.pop("seconds") >= 0
    assert found == {"decisions": 2, "awards": 1, "same": 2, "differ": []}
    said = desk("--lang", "en", "--office", office, "replay").out
    assert said == words.say("cli.replay.same", "en", decisions=2, same=2, differ=0) + "\n"


def test_a_fen_more_is_found_and_shown_beside_what_it_should_be(desk: Desk, office: Path) -> None:
    behind_its_back(office, ONE_FEN_MORE)
    answer = desk("--json", "--office", office, "replay")
    assert (answer.status, answer.json["same"]) == (1, 1)
    assert answer.json["differ"] == [
        {"award": 1, "field": field, "stored": 400_000_001, "again": 400_000_000}
        for field in ("award_fen", "holds_fen")
    ]
    shown = desk("--lang", "en", "--office", office, "replay").out.splitlines()
    assert shown[1].split() == ["1", "award", "4,000,000.01", "yuan", "4,000,000.00", "yuan"]
    assert shown[-1] == words.say("cli.replay.differ", "en", decisions=2, same=1, differ=2)


def test_a_sample_is_drawn_by_its_seed(desk: Desk, office: Path) -> None:
    drawn = ["--json", "--office", office, "replay", "--sample", "1", "--seed"]
    first, again = desk(*drawn, "3").json, desk(*drawn, "3").json
    assert first["decisions"] == 1 and first["sampled"] == again["sampled"]
    assert {desk(*drawn, str(seed)).json["sampled"][0]["award"] for seed in range(8)} == {1, 2}
    refused = desk("--json", "--office", office, "replay", "--sample", "0")
    assert (refused.status, refused.json["error"]) == (2, "cli.bad_value")


def test_an_office_that_fits_together(desk: Desk, office: Path) -> None:
    answer = desk("--json", "--office", office, "verify")
    checks = answer.json["checks"]
    assert answer.status == 0 and all(check["ok"] for check in checks)
    shown = desk("--lang", "en", "--office", office, "verify").out.splitlines()
    begun = [line for line in shown if not line.startswith(" ")]  # a long detail goes on below
    assert len(begun) == len(checks) + 2
    assert shown[-1] == words.say("cli.verify.whole", "en", checks=len(checks), broken=0)
    assert words.say("verify.ledger", "en") in "\n".join(shown)


def test_what_does_not_fit_is_named_and_ends_with_1(desk: Desk, office: Path) -> None:
    behind_its_back(office, ONE_FEN_MORE)
    answer = desk("--json", "--office", office, "verify")
    broken = {check["name"] for check in answer.json["checks"] if not check["ok"]}
    assert answer.status == 1 and {"rows", "awards"} <= broken
    shown = desk("--lang", "en", "--office", office, "verify").out.splitlines()
    marked = [line for line in shown if words.say("cli.verify.no", "en") in line.split()]
    assert len(marked) == len(broken)
    assert shown[-1] == words.say(
        "cli.verify.broken", "en", checks=len(answer.json["checks"]), broken=len(broken)
    )


def test_what_todays_program_would_decide_otherwise_is_told_beside_the_checks(
    desk: Desk, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = desk("--json", "--office", office, "verify")
    assert list(plain.json) == ["checks"]
    same = desk("--json", "--office", office, "verify", "--against-today")
    assert (same.status, same.json["otherwise_today"]["cases"]) == (0, [])
    monkeypatch.setattr(other_support, "counted", lambda facts: 390_000_000)
    answer = desk("--json", "--office", office, "verify", "--against-today")
    assert answer.status == 0, "what was decided otherwise breaks nothing"
    (first, *_) = answer.json["otherwise_today"]["cases"]
    assert first["then"] != first["now"]
    assert first["why"][0]["of"] == "other_support"
    assert first["why"][0]["now"] == "3900000.00", "yuan, as every amount that is answered"
    shown = desk("--lang", "en", "--office", office, "verify", "--against-today").out
    assert "other public support" in shown and "3900000.00" in shown
    assert "other_support" not in shown and "Nothing was changed" in shown

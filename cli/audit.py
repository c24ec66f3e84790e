"""``replay`` and ``verify``: whether what is stored can be calculated again, and still fits together."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

import words
from cli.face import Face
from cli.offices import open_office

if TYPE_CHECKING:
    from casework.core.office import Office


def replay(
    context: typer.Context,
    sample: Annotated[int | None, typer.Option("--sample", metavar="N", min=1)] = None,
    seed: Annotated[int, typer.Option("--seed", metavar="S")] = 0,
) -> int:
    """``replay``: every stored decision (or a sample) again; 1 where one comes out otherwise."""
    from casework.audit.replay import replay as replay_office

    face: Face = context.obj
    with open_office(face, "replay") as office, face.progress("cli.replay.working") as bar:

        def progress(done: int, total: int) -> bool:
            bar(done, total)
            return True

        found = replay_office(office, sample=sample, seed=seed, progress=progress)

    def show() -> None:
        if found["differ"]:
            headings = [face.say(f"cli.replay.{part}") for part in ("award", "field", "stored", "again")]
            rows = [
                (
                    row["award"],
                    _column(face, row["field"]),
                    _cell(face, row, "stored"),
                    _cell(face, row, "again"),
                )
                for row in found["differ"]
            ]
            face.table(headings, rows)
        code = "cli.replay.differ" if found["differ"] else "cli.replay.same"
        face.line(code, decisions=found["decisions"], same=found["same"], differ=len(found["differ"]))

    face.answer(found, show)
    return 1 if found["differ"] else 0


def _column(face: Face, field: str) -> str:
    """A column of a decision by its name, where people have one for it."""
    return face.say(f"told.{field}") if words.has(f"told.{field}", face.lang) else field


def _cell(face: Face, row: dict[str, Any], part: str) -> object:
    code = f"outcome.{row[part]}"
    if row["field"].endswith("_fen") and isinstance(row[part], int):
        return face.say("award.yuan", amount_fen=row[part])
    return face.say(code) if row["field"] == "status" and words.has(code, face.lang) else row[part]


def verify(context: typer.Context, today: Annotated[bool, typer.Option("--against-today")] = False) -> int:
    """``verify``: the log, the books, the letters and the numbers; 1 where something is wrong."""
    from casework.audit.verify import verify as verify_office

    face: Face = context.obj
    with open_office(face, "verify") as office:
        found = verify_office(office, face.lang)
        if today:
            with face.progress("cli.verify.today.working") as bar:
                found["otherwise_today"] = _otherwise(office, bar)
    checks: list[dict[str, Any]] = found["checks"]
    broken = [check for check in checks if not check["ok"]]

    def show() -> None:
        headings = [face.say(f"cli.verify.{part}") for part in ("check", "ok", "detail")]
        rows = [
            (
                _named(face, check["name"]),
                face.say("cli.verify.yes" if check["ok"] else "cli.verify.no"),
                check["detail"],
            )
            for check in checks
        ]
        face.table(headings, rows)
        face.line(
            "cli.verify.broken" if broken else "cli.verify.whole", checks=len(checks), broken=len(broken)
        )

        if today:
            _show_otherwise(face, found["otherwise_today"])

    face.answer(found, show)
    return 1 if broken else 0


def _otherwise(office: Office, bar: Callable[[int, int], object]) -> dict[str, Any]:
    """What today's program would decide otherwise, which changes nothing and breaks nothing."""
    from casework.audit.against_today import against_today, as_json

    def progress(done: int, total: int) -> None:
        bar(done, total)

    return as_json(against_today(office, progress))


def _show_otherwise(face: Face, told: dict[str, Any]) -> None:
    cases = told["cases"]
    if cases:
        headings = [face.say(f"cli.verify.today.{part}") for part in ("case", "then", "now", "why")]
        rows = [
            (one["case"], *(_outcome(face, one[when]) for when in ("then", "now")), _why(face, one["why"]))
            for one in cases
        ]
        face.table(headings, rows)
    face.line(
        "cli.verify.today.otherwise" if cases else "cli.verify.today.same",
        compared=told["compared"], not_compared=told["not_compared"], cases=len(cases),
    )  # fmt: skip


def _outcome(face: Face, told: dict[str, str]) -> str:
    return f"{face.say('whatif.status.' + told['status'])} {told['award']}".strip()


def _why(face: Face, causes: list[dict[str, str]]) -> str:
    return "; ".join(face.say(f"cli.verify.today.why.{one['kind']}", **_shown(face, one)) for one in causes)


def _shown(face: Face, cause: dict[str, str]) -> dict[str, str]:
    """A cause as people read it: a field by its title."""
    title = f"field.{cause['of']}"
    return {**cause, "of": face.say(title)} if words.has(title, face.lang) else cause


def _named(face: Face, name: str) -> str:
    return face.say(f"verify.{name}") if words.has(f"verify.{name}", face.lang) else name

"""``invoice``: e-invoices read, without an office."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

import words
from cli.face import Face
from cli.trouble import Trouble

if TYPE_CHECKING:
    from papers.invoices.invoice import Invoice, Refusal

TEXTS = (
    "kind", "code", "number", "issued_on", "original", "buyer", "buyer_id", "seller", "seller_id", "net",
    "tax", "gross", "remark",
)  # fmt: skip
SEEN = ("file", "kind", "number", "issued_on", "seller", "gross")
"""What people are shown of an invoice in one row; what is wrong with it stands below."""


def invoice(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="FILE…")],
) -> int:
    """``invoice``: every invoice of files, folders and zips; 1 where one was refused or must not be paid."""
    from papers.invoices.read_many import read_many

    face: Face = context.obj
    for file in files:
        if not file.exists():
            raise Trouble("cli.no_file", file=str(file))
    with face.progress("cli.invoice.working") as progress:
        entries = read_many(files, progress)
    told = [_told(entry, face.lang) for entry in entries]
    face.answer({"invoices": told}, lambda: _show(face, told))
    return 1 if any(map(_stops, entries)) else 0


def _stops(entry: Invoice | Refusal) -> bool:
    return bool(getattr(entry, "forbidden", True))


def _told(entry: Invoice | Refusal, lang: str) -> dict[str, Any]:
    """An entry as CONTRACT has it; what is not said is empty."""
    told: dict[str, Any] = {"file": entry.source.name, "status": "refused"}
    values: Mapping[str, Any] = getattr(entry, "values", {})
    texts = {name: values[name].text if name in values else "" for name in TEXTS}
    findings = [{"finding": each.code, "say": each.say(lang)} for each in getattr(entry, "findings", ())]
    if values:
        told["status"] = "read"
    told |= {name: texts[name] for name in TEXTS[:4]}
    told["red"] = bool(getattr(entry, "red", False))
    told |= {name: texts[name] for name in TEXTS[4:-1]}
    told["lines"] = len(getattr(entry, "lines", ()))
    told["remark"] = texts["remark"]
    told["from"] = {name: value.carrier for name, value in values.items()}
    said = " ".join(each["say"] for each in findings) if lang == "en" else "".join(e["say"] for e in findings)
    refused = getattr(entry, "say", None)
    return told | {"findings": findings, "say": said if refused is None else refused(lang)}


def _show(face: Face, told: list[dict[str, Any]]) -> None:
    read = [each for each in told if each["status"] == "read"]
    if read:
        headings = [face.say(f"cli.invoice.{name}") for name in SEEN]
        face.table(headings, [_row(face, each) for each in read], frozenset((SEEN.index("gross"),)))
    for each in told:
        for finding in each["findings"]:
            face.line("cli.invoice.finding", file=each["file"], say=finding["say"])
        if each["status"] == "refused":
            print(words.shown.seen(each["say"]))
    face.line("cli.invoice.done", read=len(read), refused=len(told) - len(read))


def _row(face: Face, told: dict[str, Any]) -> list[str]:
    kind = face.say(f"invoice.kind.{told['kind']}") if told["kind"] else ""
    number = f"{told['code']} {told['number']}".strip()
    return [told["file"], kind, number, told["issued_on"], told["seller"], told["gross"]]

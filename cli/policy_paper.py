"""``policy paper``: a pack to sign, of a file, of those that ship, or of the office's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.face import Face
from cli.offices import open_office, person
from cli.policy_read import Name

if TYPE_CHECKING:
    from rules.pack import Pack


def paper(
    context: typer.Context,
    name: Name,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="OUT.pdf")],
) -> int:
    """``policy paper``: the pack in sentences, article by article, for the two who adopt it to sign."""
    from casework.outgoing.pack_export import save_paper_of, save_paper_of_draft
    from casework.rulebook.pack_files import from_file, named

    face: Face = context.obj
    file = Path(name)
    if face.office:
        with open_office(face) as office:
            who = person(face, office)
            if file.is_file():
                save_paper_of_draft(office, who, from_file(file), output)
            else:
                save_paper_of(office, who, name, output)
    else:
        _write(output, from_file(file) if file.is_file() else named(name)[0][-1], file)
    face.answer(
        {"file": str(output), "pack": name},
        lambda: face.line("cli.policy.paper", file=str(output), pack=name),
    )
    return 0


def _write(output: Path, pack: Pack, file: Path) -> None:
    """The paper of a pack without an office."""
    from casework.rulebook.pack_on_paper import on_paper
    from papers.draft_file import must_be_free, whole
    from papers.drawing import pdfa
    from papers.letters.pack_paper import draw

    must_be_free(output, file)
    drawn = draw(on_paper(pack))
    pdfa.check(drawn)
    with whole(output) as draft:
        draft.write_bytes(drawn)

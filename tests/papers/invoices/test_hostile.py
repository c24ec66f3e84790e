"""Invoices built to harm, and many broken by chance: each ends with one sentence, within seconds and in
little memory, and those beside it are read.
"""

from __future__ import annotations

import io
import random
import subprocess
import sys
import time
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from papers.invoices.invoice import Invoice, Refusal
from papers.invoices.read_many import read_many
from tests.papers import hostile_files as hostile
from tests.papers.invoices import made, made_ofd, made_pdf
from tests.papers.invoices.made import OLD, Paper

pytest.importorskip("resource")
MOST_SECONDS, MOST_MEGABYTES = 20.0, 1024
ROOT = Path(__file__).resolve().parents[3]
MEASURED = """
import resource, sys
from pathlib import Path
from papers.invoices.read_many import read_many
read_many([Path(sys.argv[1])])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
status = Path("/proc/self/status")  # what it has taken itself; `ru_maxrss` begins with what its parent had
if status.exists():
    print(next(line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmHWM")))
"""
PAPER = Paper()
ENTITIES = "".join(
    f"<!ENTITY {name} '{f'&{before};' * 10}'>" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
LAUGHS = f"<!DOCTYPE a [<!ENTITY a '算力'>{ENTITIES}]><EInvoice>&i;</EInvoice>"


def locked() -> bytes:
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(made_pdf.pdf(PAPER))) as document:
        document.save(stream, encryption=pikepdf.Encryption(owner="a", user="b"))
    return stream.getvalue()


def huge_picture() -> bytes:
    stream = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(stream, "PNG")
    return stream.getvalue()


def endless_page() -> bytes:
    """A PDF whose page draws itself, within itself."""
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(made_pdf.pdf(PAPER, square=False))) as document:
        form = document.make_stream(b"/X Do " * 2000, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form)
        form.BBox = pikepdf.Array([0, 0, 9, 9])
        form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=form))
        document.pages[0].Resources.XObject = pikepdf.Dictionary(X=form)
        document.pages[0].Contents = document.make_stream(b"/X Do " * 2000)
        document.save(stream)
    return stream.getvalue()


FILES = {
    "laughs.xml": (LAUGHS.encode(), "harmful"),
    "outside.xml": (b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><EInvoice/>', "harmful"),
    "deep.xml": (b"<EInvoice>" + b"<a>" * 100_000, "damaged"),
    "cut.xml": (made.xml(PAPER)[:1_000], "damaged"),
    "laughs.ofd": (made_ofd.ofd(PAPER, change={"OFD.xml": LAUGHS.encode()}), "harmful"),
    "bomb.ofd": (
        made_ofd.packed(made_ofd.unpacked(made_ofd.ofd(PAPER)) | {"Doc_0/Document.xml": bytes(200 << 20)}),
        "harmful",
    ),
    "cut.ofd": (made_ofd.ofd(PAPER)[:2_000], "damaged"),
    "locked.pdf": (locked(), "encrypted"),
    "cut.pdf": (made_pdf.pdf(PAPER)[:3_000], "damaged"),
    "huge.png": (huge_picture(), "harmful"),
    "cut.png": (made_pdf.scan(PAPER)[:3_000], "damaged"),
    "noise.pdf": (b"%PDF-1.7\n" + random.Random(1).randbytes(100_000), "damaged"),
}


def test_each_is_refused_with_its_sentence_and_the_others_are_read(tmp_path: Path) -> None:
    for name, (content, _) in FILES.items():
        (tmp_path / name).write_bytes(content)
    made.write(tmp_path, a__xml=made.xml(PAPER), z__ofd=made_ofd.ofd(OLD))
    started = time.monotonic()
    found = read_many([tmp_path], workers=2)
    assert time.monotonic() - started < MOST_SECONDS
    told = {each.source.name: each.code for each in found if isinstance(each, Refusal)}
    assert told == {name: code for name, (_, code) in FILES.items()}
    assert sum(isinstance(each, Invoice) for each in found) == 2
    for each in found:
        if isinstance(each, Refusal):
            assert each.source.name in each.say("zh") and each.source.name in each.say("en")
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert max(map(int, done.stdout.split())) / 1024 < MOST_MEGABYTES


def test_zips_that_mean_harm(tmp_path: Path) -> None:
    paths = [
        hostile.many_parts(tmp_path / "many.zip"),
        hostile.overlapping_parts(tmp_path / "over.zip"),
        hostile.encrypted_zip(tmp_path / "locked.zip"),
        hostile.truncated(tmp_path / "cut.zip"),
    ]
    found = read_many(paths)
    assert [each.code for each in found if isinstance(each, Refusal)] == [
        "harmful", "harmful", "encrypted", "damaged",
    ]  # fmt: skip


def test_a_page_that_draws_itself_ends(tmp_path: Path) -> None:
    files = made.write(tmp_path, a__pdf=endless_page(), b__xml=made.xml(PAPER))
    started = time.monotonic()
    found = read_many(files, workers=1)
    assert time.monotonic() - started < MOST_SECONDS
    assert isinstance(found[0], Refusal) and isinstance(found[1], Invoice)


def broken(content: bytes, chance: random.Random) -> bytes:
    """The same with bytes changed, cut out, doubled and put in."""
    found = bytearray(content)
    for _ in range(chance.choice((1, 2, 8, 40))):
        at, kind = chance.randrange(max(1, len(found))), chance.random()
        if kind < 0.5 and found:
            found[at] = chance.randrange(256)
        elif kind < 0.7:
            del found[at : at + chance.randrange(1, 200)]
        elif kind < 0.9:
            found[at:at] = chance.randbytes(20)
        else:
            del found[at:]
    return bytes(found)


def fuzzed(folder: Path, seed: int, many: int) -> list[Path]:
    chance = random.Random(seed)
    whole = made_ofd.ofd(PAPER, sealed=True)
    parts = made_ofd.unpacked(whole)
    seeds = {
        "xml": made.xml(PAPER), "ofd": whole, "pdf": made_pdf.pdf(PAPER), "png": made_pdf.scan(PAPER),
    }  # fmt: skip
    found = []
    for n in range(many):
        kind, content = chance.choice(list(seeds.items()))
        if kind == "ofd" and chance.random() < 0.7:  # a part that is broken, in a zip that is not
            name = chance.choice(list(parts))
            content = made_ofd.packed(parts | {name: broken(parts[name], chance)})
        else:
            content = broken(content, chance)
        path = folder / f"{n:04}.{kind}"
        path.write_bytes(content)
        found.append(path)
    return found


def test_files_broken_by_chance(tmp_path: Path) -> None:
    found = read_many(fuzzed(tmp_path, 11, 120))
    assert len({each.source.name for each in found}) == 120


@pytest.mark.slow
def test_two_thousand_files_broken_by_chance(tmp_path: Path) -> None:
    found = read_many(fuzzed(tmp_path, 12, 2_000))
    assert len({each.source.name for each in found}) == 2_000
    codes = {each.code for each in found if isinstance(each, Refusal)}
    assert "too_heavy" not in codes

"""PDF/A-2b: what an archive asks of a file (ISO 19005-2), and the check that it is so.

Everything is embedded, colours mean sRGB, the metadata say in XMP exactly what the document information
says, and nothing in the file comes from the clock or from chance: the same content gives the same bytes.
(Compressed bytes depend on the zlib at hand: across machines the stored file is the paper, not a second
drawing.)
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import md5
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfdoc

from papers.drawing.pdf_stream import Stream

PRODUCER = "Voucher Desk"
_PROFILE = Path(__file__).resolve().parents[2] / "resources" / "color" / "sRGB.icc"
_CONDITION = "sRGB IEC61966-2.1"


class NotArchivable(ValueError):
    """The file is not PDF/A-2b. `findings` holds what the check found, one line each."""

    code = "papers.not_archivable"

    def __init__(self, findings: tuple[str, ...]) -> None:
        self.findings = findings
        super().__init__("; ".join(findings) or "not checked")


@dataclass(frozen=True)
class About:
    """What a file says of itself. `made_at` is a moment with its zone, of the case and not of the clock."""

    title: str
    author: str
    subject: str
    made_at: datetime

    def __post_init__(self) -> None:
        if self.made_at.tzinfo is None:
            raise ValueError("a moment without its zone")


def check(pdf: bytes) -> None:
    """Make sure that a file is PDF/A-2b; to be called before it is stored, and before it is signed.

    Raises:
        NotArchivable: with every finding.
    """
    from pikepdf.pdfa import validate_written  # late: a slow import that drawing does not need

    # pikepdf takes every warning of the process for one of the file, also of another thread or of a file
    # that nobody closed: what is not found a second time is not the file's
    for again in (False, True):
        report = validate_written(io.BytesIO(pdf), "2b")
        if report.verdict == "pass":
            return
        if again:
            raise NotArchivable(tuple(str(found) for found in report.findings))


class _Information(pdfdoc.PDFInfo):  # type: ignore[misc]  # reportlab has no types
    """The document information dictionary, with no entry that the XMP lacks."""

    def __init__(self, about: About) -> None:
        super().__init__()
        self._about = about

    def format(self, document: Any) -> bytes:
        about, moment = self._about, self._about.made_at
        zone = moment.strftime("%z")
        made = f"D:{moment:%Y%m%d%H%M%S}{zone[:3]}'{zone[3:5]}'"
        entries = {
            "Title": about.title,
            "Author": about.author,
            "Subject": about.subject,
            "Creator": PRODUCER,
            "Producer": PRODUCER,
            "CreationDate": made,
            "ModDate": made,
        }
        strings = {name: pdfdoc.PDFString(value) for name, value in entries.items()}
        formatted: bytes = pdfdoc.PDFDictionary(strings).format(document)
        return formatted


class _Catalogue(pdfdoc.PDFCatalog):  # type: ignore[misc]
    __NoDefault__ = (*pdfdoc.PDFCatalog.__NoDefault__, "OutputIntents")
    __Refs__ = __NoDefault__


def document(about: About) -> Any:
    """An empty reportlab document that will be PDF/A-2b."""
    made = pdfdoc.PDFDocument(compression=1, invariant=1, pdfVersion=(1, 7))
    catalogue = _Catalogue()
    catalogue.Pages = made.Pages
    catalogue.Lang = pdfdoc.PDFString("zh-CN")
    catalogue.ViewerPreferences = pdfdoc.PDFDictionary({"DisplayDocTitle": "true"})
    catalogue.Metadata = Stream(
        xmp(about), level=0, Type=pdfdoc.PDFName("Metadata"), Subtype=pdfdoc.PDFName("XML")
    )
    catalogue.OutputIntents = pdfdoc.PDFArray(
        [
            pdfdoc.PDFDictionary(
                {
                    "Type": pdfdoc.PDFName("OutputIntent"),
                    "S": pdfdoc.PDFName("GTS_PDFA1"),
                    "OutputConditionIdentifier": pdfdoc.PDFString(_CONDITION),
                    "Info": pdfdoc.PDFString(_CONDITION),
                    "DestOutputProfile": made.Reference(Stream(_profile(), constant=True, N=3)),
                }
            )
        ]
    )
    made.Catalog = made._catalog = catalogue
    made.info = _Information(about)
    return made


def written(made: Any, about: About, content: bytes) -> bytes:
    """The bytes of the file; its identifier is made from what it says and shows."""
    made.signature = md5(repr(about).encode() + content, usedforsecurity=False)
    data = made.GetPDFData(None)
    return data if isinstance(data, bytes) else data.encode("latin1")


@cache
def _profile() -> bytes:
    return _PROFILE.read_bytes()


def xmp(about: About) -> bytes:
    """The metadata packet, equal in every entry to the document information."""
    moment = about.made_at.isoformat(timespec="seconds")
    title, author, subject = (escape(text) for text in (about.title, about.author, about.subject))

    def tongue(text: str) -> str:
        return f'<rdf:Alt><rdf:li xml:lang="x-default">{text}</rdf:li></rdf:Alt>'

    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
xmlns:xmp="http://ns.adobe.com/xap/1.0/"\
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>B</pdfaid:conformance>
<dc:title>{tongue(title)}</dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description>{tongue(subject)}</dc:description>
<xmp:CreatorTool>{PRODUCER}</xmp:CreatorTool>
<xmp:CreateDate>{moment}</xmp:CreateDate>
<xmp:ModifyDate>{moment}</xmp:ModifyDate>
<pdf:Producer>{PRODUCER}</pdf:Producer>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>""".encode()

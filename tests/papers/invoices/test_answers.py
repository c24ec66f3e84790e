"""What passes the pipe of the reading process comes out as it went in."""

from __future__ import annotations

import marshal
from pathlib import Path

from papers.invoices import answers
from papers.invoices.invoice import Invoice, Refusal, Source
from tests.papers.invoices import made, made_ofd
from tests.papers.invoices.made import Paper, red
from tests.papers.invoices.readings import read


def test_an_invoice_and_a_refusal_there_and_back() -> None:
    paper = red(Paper(), "26952000009999999999")
    changed = {"Doc_0/Tags/CustomTag.xml": b"<a/>"}
    for content in (made.xml(paper), made_ofd.ofd(paper, sealed=True, change=changed)):
        (invoice,) = read(content)
        assert invoice.findings
        assert answers.unpacked(marshal.loads(marshal.dumps(answers.packed(invoice)))) == invoice
    refusal = Refusal(Source("a", "b"), "damaged")
    assert answers.unpacked(marshal.loads(marshal.dumps(answers.packed(refusal)))) == refusal


def test_a_request_is_answered_source_by_source(tmp_path: Path) -> None:
    good, bad = made.write(tmp_path, a__xml=made.xml(Paper()), b__xml=b"<a>")
    messages = list(answers.of(("read", [tuple(Source(str(path))) for path in (good, bad)])))
    first, second = (answers.unpacked(message[1][0]) for message in messages)
    assert isinstance(first, Invoice) and len(first.source.sha256) == 64
    assert isinstance(second, Refusal) and second.code == "damaged"
    assert next(answers.of(("list", [str(tmp_path)])))[:4] == ("source", str(good), "", "a.xml")

"""One carrier takes the first value that can be read."""

from __future__ import annotations

from papers.invoices.carrier import Carrier


def test_what_cannot_be_read_is_not_said_and_the_first_counts() -> None:
    said = Carrier("text")
    said.say("gross", "¥")
    said.say("gross", "¥300000.00")
    said.say("gross", "¥1.00")
    assert said.text("gross") == "300000.00"
    assert not said.is_invoice
    said.say("number", "26952000009900000025")
    assert said.is_invoice


def test_capitals_are_a_carrier_of_their_own() -> None:
    said = Carrier("xml")
    said.say("words", "壹佰圆整")
    assert said.values["words"].carrier == "words"

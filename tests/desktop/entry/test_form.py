"""The form: every field has its place, its label and its check, for every scheme that is shipped."""

import datetime

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from casework.award.precheck import Scheme
from casework.cases.field_table import FIELDS
from casework.cases.whole_facts import needed_at_counter
from casework.rulebook.shipped_packs import shipped
from desktop.kit.language import speak, t
from desktop.kit.theme import LIGHT
from desktop.pages.entry.form import GROUPS, Form
from rules.pack import Pack
from rules.policy import Policy
from words import LANGUAGES, has


def form_of(pack: Pack) -> Form:
    form = Form(LIGHT, lambda: datetime.datetime(2026, 5, 20, 9))
    needed = needed_at_counter([pack], pack.id)
    form.make(Scheme(pack.id, pack, True, Policy(pack).program.names, tuple(pack.facts.values()), needed))
    return form


def test_every_field_of_an_application_has_its_place() -> None:
    listed = [name for names in GROUPS.values() for name in names]
    assert sorted(listed) == sorted(FIELDS)
    for lang in LANGUAGES:
        assert all(has(f"entry.group.{group}", lang) for group in GROUPS)
        assert all(has(f"field.{name}", lang) for name in listed)


@pytest.mark.parametrize("pack", shipped(), ids=lambda pack: pack.ref)
def test_every_shipped_pack_gets_a_form(dressed: QApplication, pack: Pack) -> None:
    speak("zh")
    form = form_of(pack)
    assert {fact.id for fact in pack.facts.values()} <= set(form.fields)
    for field in form.fields.values():
        assert field.accessibleName()
    buddies = {label.buddy() for label in form.findChildren(QLabel) if label.buddy() is not None}
    assert buddies >= set(form.fields.values())
    form.deleteLater()


def test_kinds_are_those_that_the_pack_names(dressed: QApplication) -> None:
    pack = next(one for one in shipped() if one.id == "shenzhen-corpus-voucher")
    form = form_of(pack)
    kind = form.fields["applicant_kind"]
    kind.put("enterprise")
    assert kind.raw() == "enterprise"
    kind.put("university")
    assert kind.raw() == ""
    form.deleteLater()


def test_what_fits_is_echoed_and_what_does_not_is_said(dressed: QApplication) -> None:
    speak("zh")
    form = form_of(next(one for one in shipped() if one.ref == "shenzhen-training-voucher@2026"))
    form.put({"contract_amount": "800万", "net_amount": "900万", "starts_on": "5.10", "ends_on": "5.1"})
    assert form.beside["net_amount"].text() == "玖佰万元整"
    assert form.beside["contract_amount"].text() == t("typed.net_above_gross")
    assert form.check() == {"ends_on": t("typed.ends_before_starts")}
    assert form.facts()["contract_amount"] == 800_000_000
    form.deleteLater()


def test_an_amount_of_a_contract_is_asked_for_where_the_rules_look_at_one(dressed: QApplication) -> None:
    speak("zh")
    for scheme, asked in (("shenzhen-loan-interest", False), ("shenzhen-model-voucher", True)):
        form = form_of(next(one for one in shipped() if one.id == scheme))
        assert ("contract_amount" in form.faults(storing=True)) == asked
        labels = [one.text() for one in form.findChildren(QLabel) if one.buddy() is not None]
        assert (f"{t('field.contract_amount')} *" in labels) == asked
        form.deleteLater()

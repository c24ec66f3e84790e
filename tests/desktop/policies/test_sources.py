"""The page says which rules a letter can't cite yet, and takes their documents from two people."""

import datetime
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from casework.rulebook import official_sources, shipped_packs
from desktop.kit.ask_dialog import AskDialog
from desktop.kit.language import t
from desktop.pages.policies.page import PoliciesPage
from desktop.pages.policies.sources import SourceDialog, open_dialog
from rules.pack import load
from tests.desktop.helpers import button, press, settle, texts, type_text
from tests.desktop.policies.conftest import TRAINING

Shown = Callable[..., PoliciesPage]
OTHER = "shenzhen-training-voucher@2025"


def buttons(widget: QWidget) -> list[str]:
    return [one.text() for one in widget.findChildren(QPushButton)]


def choose(page: PoliciesPage, ref: str) -> None:
    page.list.setCurrentRow([one.ref for one in page.shown].index(ref))
    settle(page.desk)


def test_what_was_recorded_stands_beside_the_rule(page_of: Shown) -> None:
    page = page_of()
    assert page.chosen is not None
    assert page.chosen.digests == ()
    said = "\n".join(texts(page.detail))
    assert "《2026年度湾畔市训力券申报指南（虚构）》（演科〔2026〕3号）第一条" in said
    assert t("policies.digest") not in said
    assert [one for one in page.chosen.supplements if one.of_a_source] == []


def test_a_rule_that_rests_on_a_digest_is_offered_and_its_document_asked(page_of: Shown) -> None:
    page = page_of("officer")
    choose(page, OTHER)
    one = page.chosen
    assert one is not None
    assert one.digests == ("related_party", "provider_admitted", "other_support")
    assert sum(t("policies.digest") in text for text in texts(page.detail)) == 3
    assert buttons(page.detail).count(t("policies.record")) == 3
    next(one for one in page.detail.findChildren(QPushButton) if one.text() == t("policies.record")).click()
    (dialog,) = page.findChildren(SourceDialog)
    button(dialog, t("policies.propose")).click()
    assert dialog.fault.text()
    for name, text in (("title", "《训力券申报通知》"), ("article", "第二条"), ("on", "2025-03-01")):
        type_text(dialog.fields[name], text)
    button(dialog, t("policies.propose")).click()
    settle(page.desk)
    assert page.chosen is not None
    (given,) = page.chosen.sources
    assert (given.state, given.value) == ("proposed", "《训力券申报通知》第二条")
    assert given.from_on == datetime.date(2025, 3, 1)
    assert page.chosen.digests == one.digests  # until another person confirms it
    assert t("policies.confirm") not in buttons(page.detail)


def test_another_person_confirms_it_on_the_page(page_of: Shown) -> None:
    page = page_of("approver")
    official_sources.propose_source(
        page.desk.office, "officer", OTHER, "related_party", "通知", "第二条", datetime.date(2025, 3, 1)
    )
    page.refresh()
    settle(page.desk)
    choose(page, OTHER)
    button(page.detail, t("policies.confirm")).click()
    (dialog,) = page.findChildren(AskDialog)
    press(dialog, Qt.Key.Key_Return)
    settle(page.desk)
    assert page.chosen is not None
    assert page.chosen.digests == ("provider_admitted", "other_support")


def test_what_can_not_be_cited_is_said_in_the_dialog(page_of: Shown) -> None:
    page = page_of("officer")
    assert page.chosen is not None
    open_dialog(page, page.desk, page.chosen, "window")
    (dialog,) = page.findChildren(SourceDialog)
    for name, text in (("title", "通知"), ("article", "第二条：时间"), ("on", "2026-03-01")):
        type_text(dialog.fields[name], text)
    button(dialog, t("policies.propose")).click()
    settle(page.desk)
    assert "第二条：时间" in dialog.fault.text()


def test_the_mended_text_of_a_later_program_is_told_and_proposed(
    page_of: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of("officer")
    assert t("action.renew_pack") not in buttons(page.detail)
    text = next(pack for pack in shipped_packs.shipped() if pack.ref == TRAINING)
    found = load(text.canonical.decode().replace("服务机构已入库", "服务机构须已入库"))
    examples = {found.sha256: shipped_packs.shipped_examples()[text.sha256]}
    monkeypatch.setattr(shipped_packs, "shipped", lambda: (found,))
    monkeypatch.setattr(shipped_packs, "shipped_examples", lambda: examples)
    page.refresh()
    settle(page.desk)
    assert t("policies.newer") in texts(page.detail)
    button(page.detail, t("action.renew_pack")).click()
    settle(page.desk)
    assert [one.sha256 for one in page.shown if one.state == "proposed"] == [found.sha256]
    assert page.chosen is not None
    assert (page.chosen.ref, page.chosen.newer) == (TRAINING, "")

"""What tiers, reasons and schemes are called."""

from casework.core.office import Office
from casework.rulebook import packs
from casework.rulebook.rule_titles import names


def test_a_rule_is_called_as_its_pack_calls_it(office: Office) -> None:
    packs.put_in_force(office)
    found = names(office, "zh")
    assert found.rule("startup", "shenzhen-training-voucher@2026") == "初创企业"
    assert found.rule("startup;general", "shenzhen-training-voucher@2026") == "初创企业；一般单位"
    assert found.rule("no_such_rule") == "no_such_rule"
    assert found.rule("") == ""
    assert found.scheme("shenzhen-training-voucher") == "深圳市训力券"
    assert found.scheme("other") == "other"


def test_english_titles(office: Office) -> None:
    packs.put_in_force(office)
    found = names(office, "en")
    assert "voucher" in found.scheme("shenzhen-training-voucher").lower()
    assert found.rule("startup;general", "shenzhen-training-voucher@2026") == "startup; general"


def test_facts_have_their_titles_without_any_pack(office: Office) -> None:
    assert names(office, "zh").rule("related_party") not in ("", "related_party")

"""Packs from a file or by their name."""

from pathlib import Path

import pytest

from casework.core.refused import Refused
from casework.rulebook import pack_files
from casework.rulebook.shipped_packs import DEFAULT, POLICIES, shipped

TWENTY_SIX = POLICIES / "shenzhen" / "training-voucher-2026.toml"


def test_a_scheme_a_version_and_a_file_are_names() -> None:
    versions = tuple(pack for pack in shipped() if pack.id == DEFAULT)
    assert pack_files.named(DEFAULT) == (versions, DEFAULT)
    assert [pack.ref for pack in pack_files.named(versions[-1].ref)[0]] == [versions[-1].ref]
    (pack,), scheme = pack_files.named(str(TWENTY_SIX))
    assert (pack.sha256, scheme) == (pack_files.from_file(TWENTY_SIX).sha256, DEFAULT)


def test_what_is_no_pack_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        pack_files.named("nowhere")
    assert refused.value.code == "policy.unknown" and DEFAULT in refused.value.params["known"]
    (tmp_path / "a.toml").write_bytes(b"\xff\xfe")
    (tmp_path / "b.toml").write_text("id = 1\n", encoding="utf-8")
    for name, code in (("a.toml", "policy.not_text"), ("b.toml", "policy.faults")):
        with pytest.raises(Refused) as refused:
            pack_files.from_file(tmp_path / name)
        assert refused.value.code == code


def test_each_fault_of_a_pack_is_told_with_its_line(tmp_path: Path) -> None:
    text = TWENTY_SIX.read_text(encoding="utf-8")
    text = text.replace('how = "ceiling"', 'how = "ceilling"').replace('mode = "quota"', 'mode = "cash"')
    (tmp_path / "c.toml").write_text(text, encoding="utf-8")
    with pytest.raises(Refused) as refused:
        pack_files.from_file(tmp_path / "c.toml")
    for lang in ("zh", "en"):
        said = refused.value.say(lang)
        assert "ceilling" in said and "cash" in said and "pack." not in said

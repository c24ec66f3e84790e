"""What tiers, reasons and schemes are called in lists: the titles that the office's packs give their
rules."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import col

from casework.core.office import Office
from models import Pack
from rules import pack as packs
from rules.facts import STANDARD
from rules.parts import Condition
from words import say


@dataclass(frozen=True, slots=True)
class Names:
    """Titles by id in one language: of each pack's rules, and of schemes. What has none is shown as its
    id. `between` stands between the titles of several rules."""

    rules: Mapping[str, Mapping[str, str]]
    schemes: Mapping[str, str]
    between: str

    def rule(self, ids: str, pack: str = "") -> str:
        """Rules, unset parameters or facts (several with ";" between them) as a pack (`id@version`) calls
        them."""
        own, all_ = self.rules.get(pack, {}), self.rules[""]
        return self.between.join(own.get(each) or all_.get(each, each) for each in ids.split(";") if each)

    def scheme(self, pack_id: str) -> str:
        """A scheme by the id of its packs."""
        return self.schemes.get(pack_id, pack_id)


def names(office: Office, lang: str) -> Names:
    """The titles of everything that the office's packs name; without a pack, the newest one's that names
    it."""
    with office.read() as session:
        order = col(Pack.in_force_from), col(Pack.state) == "confirmed", col(Pack.id)
        stored = session.execute(select(col(Pack.canonical)).order_by(*order))
        loaded = [packs.load(bytes(canonical).decode()) for canonical in stored.scalars()]
    rules: dict[str, dict[str, str]] = {"": {name: _title(fact, lang) for name, fact in STANDARD.items()}}
    schemes: dict[str, str] = {}
    for pack in loaded:
        schemes[pack.id] = _title(pack, lang).partition("（")[0] or pack.id
        named = {**pack.facts, **{each.id: each for each in pack.unset}, **pack.rules()}
        rules[pack.ref] = {name: _title(each, lang) for name, each in named.items()}
        rules[""].update(rules[pack.ref])
    rules[""]["outside"] = say("reason.outside_rules", lang)
    return Names(rules, schemes, say("list.between", lang))


def _title(named: object, lang: str) -> str:
    english = getattr(named, "title_en", "") if lang == "en" else ""
    title = str(english or getattr(named, "title", ""))
    return say("why.condition", lang, rule=title) if isinstance(named, Condition) else title

"""What packs, parameters, tiers, reasons and schemes are called: the titles that the office's packs give."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import col

from casework.core.office import Office
from casework.core.refused import Called
from models import Pack
from rules import pack as packs
from rules.facts import STANDARD
from rules.parts import Condition
from words import LANGUAGES, say


@dataclass(frozen=True, slots=True)
class Names:
    """Titles by id in one language: of each pack's rules, of schemes, and of packs by `id@version`. What has
    none is shown as its id. `between` stands between the titles of several rules."""

    rules: Mapping[str, Mapping[str, str]]
    schemes: Mapping[str, str]
    packs: Mapping[str, str]
    between: str

    def rule(self, ids: str, pack: str = "") -> str:
        """Rules, unset parameters or facts (several with ";" between them) as a pack (`id@version`) calls
        them."""
        own, all_ = self.rules.get(pack, {}), self.rules[""]
        return self.between.join(own.get(each) or all_.get(each, each) for each in ids.split(";") if each)

    def scheme(self, pack_id: str) -> str:
        """A scheme by the id of its packs."""
        return self.schemes.get(pack_id, pack_id)

    def pack(self, ref: str) -> str:
        """A version of the rules by its `id@version`."""
        return self.packs.get(ref, ref)


def pack_called(pack: packs.Pack) -> Called:
    """A version of the rules, by its title: with its version where the title does not say it."""
    return Called(pack.ref, *(edition(_title(pack, lang), pack.version, lang) for lang in LANGUAGES))


def parameter_called(pack: packs.Pack, name: str) -> str:
    """What a pack leaves open, by its title; the id where the pack does not name it."""
    found = pack.parameter(name)
    return name if found is None else Called(name, found.title, found.title_en)


def edition(title: str, version: str, lang: str) -> str:
    """A title with its version or year, where it does not say it itself."""
    return title if version in title else say("pack.edition", lang, title=title, version=version)


def names(office: Office, lang: str) -> Names:
    """The titles of everything that the office's packs name; without a pack, the newest one's that names
    it."""
    with office.read() as session:
        order = col(Pack.in_force_from), col(Pack.state) == "confirmed", col(Pack.id)
        stored = session.execute(select(col(Pack.canonical)).order_by(*order))
        loaded = [packs.load(bytes(canonical).decode()) for canonical in stored.scalars()]
    rules: dict[str, dict[str, str]] = {"": {name: _title(fact, lang) for name, fact in STANDARD.items()}}
    schemes: dict[str, str] = {}
    editions: dict[str, str] = {}
    for pack in loaded:
        schemes[pack.id] = _title(pack, lang).partition("（")[0] or pack.id
        editions[pack.ref] = pack_called(pack).say(lang)
        named = {**pack.facts, **{each.id: each for each in pack.unset}, **pack.rules()}
        rules[pack.ref] = {name: _title(each, lang) for name, each in named.items()}
        rules[""].update(rules[pack.ref])
    rules[""]["outside"] = say("reason.outside_rules", lang)
    return Names(rules, schemes, editions, say("list.between", lang))


def _title(named: object, lang: str) -> str:
    english = getattr(named, "title_en", "") if lang == "en" else ""
    title = str(english or getattr(named, "title", ""))
    return say("why.condition", lang, rule=title) if isinstance(named, Condition) else title

"""A reader who has an approval letter, or a refusal, and nothing else: its rows by their labels, and the
award (of a refusal, the nothing) calculated again from the figures that stand there.
"""

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction

from papers.chinese import say
from rules.money import parse

LABELS = (
    "credit_code", "voucher", "contract", "provider", "tier", "class", "base", "base_floor", "computed",
    "fixed", "other_support", "deducted", "cap", "budget", "floor", "rounding", "method", "funders", "open",
    "supplements", "quota", "amount", "validity",
)  # fmt: skip
AT_A_PRICE = re.compile(r"\d+×[\d,.]+元＝")
"""How a limit on a count came to its amount."""
AMOUNT = re.compile(r"([\d,]+\.\d\d)元")
ROUND = {
    "向下取整到": lambda value, unit: value // unit * unit,
    "向上取整到": lambda value, unit: -(-value // unit) * unit,
    "四舍五入到": lambda value, unit: (value + Fraction(unit, 2)) // unit * unit,
}


def amounts(text: str) -> list[int]:
    """Every amount of a text, in fen."""
    return [parse(found.replace(",", "")) for found in AMOUNT.findall(text)]


def rows(raw: str, last: str = "validity") -> dict[str, str]:
    """The rows of the letter's table by the codes of their labels, as `pdftotext -raw` gives its text: a row
    begins with its label, and what follows until the next one is its value; `last` ends the table."""
    names = {say(f"approval.label.{code}"): code for code in LABELS}
    label = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    found: dict[str, str] = {}
    current = ""
    for line in raw.splitlines():
        for piece in re.split(rf"(?:^|(?<= ))(?=(?:{label})(?: |$))", line.strip()):
            named = re.match(rf"({label})(?: |$)", piece)
            if named and names[named[1]] not in found:
                current = names[named[1]]
                found[current] = ""
                piece = piece[named.end() :]
            elif named and names[named[1]] == current == "cap":  # each cap has its row
                piece = "；" + piece[named.end() :]
            if current:
                found[current] += piece
        if current == last and found[current]:
            break
    return {code: re.sub(r"\s+", "", text) for code, text in found.items()}


def recalculated(told: Mapping[str, str]) -> int:
    """The award that the letter's own figures lead to, in fen.

    Raises:
        AssertionError: a figure does not follow from the others, or the ways do not agree.
    """
    found = {_one_way(way) for way in _ways(told)}
    assert len(found) == 1, f"the letter's ways lead to {found}"
    return found.pop()


def _ways(told: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """The rows of each way that the letter tells, by the tier that stands before it."""
    tagged = {tag for text in told.values() for tag in re.findall(r"按“([^”]*)”：", text)}
    for tag in sorted(tagged) or [""]:
        way = {}
        for code, text in told.items():
            parts = re.split(r"(?:^|；)按“([^”]*)”：", text)
            by_tag = dict(zip(parts[1::2], parts[2::2], strict=True))
            if not by_tag:
                way[code] = text
            elif tag in by_tag:
                way[code] = by_tag[tag]
        yield way


def _one_way(told: Mapping[str, str]) -> int:
    base = _base(told["base"]) if "base" in told else 0
    if "不予资助" in told.get("base_floor", ""):
        before, least = amounts(told["base_floor"])
        assert base == before < least
        return 0
    if "base_floor" in told:
        before, least, base = amounts(told["base_floor"])[-3:]
        assert base == least > before
    award = _computed(told, base)
    if "deducted" in told:
        award = _deducted(told, award)
    if "cap" in told:
        award = min(award, *_caps(told["cap"]))
    if "budget" in told:
        award = min(award, amounts(told["budget"])[-1])
    if "rounding" in told:
        before, after = amounts(told["rounding"])[-2:]
        assert before == award and after == _rounded(told["rounding"], Fraction(award))
        award = after
    if "不予资助" in told.get("floor", ""):
        before, least = amounts(told["floor"])
        assert award == before < least
        return 0
    if "floor" in told:
        before, _, after = amounts(told["floor"])[-3:]
        assert before == award
        award = after
    return award


def _base(text: str) -> int:
    """The base as it is told, out of what it was made of where that stands there."""
    text, *sums = text.split("；")
    base = amounts(text)[0]
    for each in sums:
        _summed(each)
    of, minus, less = text.partition("，减去")
    made = amounts(of)[1:]
    if minus:
        assert base == max(0, min(made) - sum(amounts(less))) and ("不够减" in less) == (
            sum(amounts(less)) > min(made)
        )
    elif made:
        assert base == min(made)
    return base


def _summed(text: str) -> None:
    """A sum comes to what it is made of: amounts added and taken away, or counts at a price."""
    whole, _, made = text.partition("＝")
    if "×" in made:
        counts, _, price = made.partition("×")
        total = sum(int(found) for found in re.findall(r"－?\d+", counts.replace("＋", "")))
        assert amounts(whole) == [total * amounts(price)[0]], text
        return
    signs = [-1 if found == "－" else 1 for found in re.findall(r"(^|＋|－)[^＋－]*元", made)]
    assert amounts(whole) == [max(0, sum(s * fen for s, fen in zip(signs, amounts(made), strict=True)))], text


def _computed(told: Mapping[str, str], base: int) -> int:
    if "fixed" in told:
        return amounts(told["fixed"])[0]
    text = told["computed"]
    sum_, _, rest = text.partition("＝")
    terms = re.findall(r"([\d,]+\.\d\d)元×([\d.]+)%", sum_)
    assert terms and sum(parse(part.replace(",", "")) for part, _ in terms) == base, text
    exact = sum(parse(part.replace(",", "")) * Fraction(rate) / 100 for part, rate in terms)
    said = amounts(rest)[0]
    assert said == _rounded(rest, Fraction(exact)), text
    if "tier" in told and "或" not in told["tier"]:
        (rate,) = {rate for _, rate in terms}
        assert f"{rate}%" in told["tier"]
    return said


def _rounded(text: str, exact: Fraction) -> int:
    text = text.rpartition("故")[2]  # what was done, not what would have gone above a limit
    how = next((word for word in ROUND if word in text), None)
    if how is None:
        assert exact.denominator == 1 or "不足一分的舍去" in text, text
        return int(exact // 1)
    unit = amounts(text[text.index(how) :])[0]
    return int(ROUND[how](exact, unit))


def _deducted(told: Mapping[str, str], award: int) -> int:
    text = told["deducted"]
    if "不再重复资助" in text:
        assert amounts(told["other_support"])[-1] > 0 and amounts(text) == [award]
        return 0
    taken, *more = amounts(text)
    if more:
        whole, ceiling, left = more[:3]
        share = re.search(r"元的([\d.]+)%", text)
        assert share and ceiling == int(whole * Fraction(share[1]) / 100 // 1)
        assert left == max(0, ceiling - amounts(told["other_support"])[-1])
        assert taken == max(0, award - left)
    else:
        assert taken == min(award, amounts(told["other_support"])[-1])
    return award - taken


def _caps(text: str) -> Iterator[int]:
    for cap in text.split("；"):
        for count, price, worth in re.findall(r"(\d+)×([\d,.]+)元＝([\d,.]+)元", cap):
            assert int(count) * parse(price.replace(",", "")) == parse(worth.replace(",", "")), cap
        cap = AT_A_PRICE.sub("", cap)
        limit = amounts(cap.partition("（")[0] if "（原则上" in cap else cap)[0]
        rest = cap[cap.index("）") :] if "（原则上" in cap else cap.partition("元")[2]
        if "本次至多" not in cap:
            yield limit
            continue
        *before, left = amounts(rest.partition("（依据")[0])
        assert left == max(0, limit - sum(before)), cap
        yield left

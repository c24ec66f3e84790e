"""Days and moments in the dresses that people, portals and spreadsheets give them, by Shanghai's clock.

Read is what is certain, and a weekday beside a day must be that day's. What would need a guess (a month
without its day, 05/06/2026, a bare number that may be anything) is refused.

>>> moment('2026年4月1日星期三 下午2:05')
datetime.datetime(2026, 4, 1, 14, 5)
>>> day('二〇二六年四月一日'), day('20260401'), day('2026-04-01 24:00')
(datetime.date(2026, 4, 1), datetime.date(2026, 4, 1), datetime.date(2026, 4, 1))
>>> moment('2026-06-05 24:00:00')
datetime.datetime(2026, 6, 6, 0, 0)
>>> day('2026-04-01 星期五')
Traceback (most recent call last):
    ...
rules.days.NoDay: weekday
"""

import re
from datetime import date, datetime, timedelta

from rules.plain_text import narrowed

YEARS = range(1800, 10_000)
"""Years that are taken for years; one below is a slip of the hand."""

_USUAL_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_USUAL_MOMENT = re.compile(r"[0-9]{4}([-/])[0-9]{2}\1[0-9]{2}[ T][0-9]{2}:[0-9]{2}(?::[0-9]{2})?")
"""As most files write them; all other forms are taken apart step by step."""
_DATE = re.compile(r"(\d{4})\s*([-/.年])\s*(\d{1,2})\s*([-/.月])\s*(\d{1,2})\s*(?:日|号)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?!\d)")
_WEEKDAY = re.compile(
    r"\(?(?:(?:星期|礼拜|周)([一二三四五六日天1-7])|(mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6})\.?\)?"
)
_SHORT = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CLOCK = re.compile(
    r"(上午|凌晨|早上|中午|下午|晚上|am|pm)?\s*(\d{1,2})\s*[:时点]\s*"
    r"(?:整|(\d{1,2})\s*(?:分|:)?\s*(?:(\d{1,2})(?:\.\d+)?\s*秒?)?)?\s*(整|上午|下午|am|pm)?"
)
_ZONE = re.compile(r"(z|[+-]\d{2}:?\d{2})$")
_NUMERALS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_WRITTEN = re.compile("([〇○零一二三四五六七八九十廿卅两]+)(?=\\s*[年月日号时点分秒])")
_MIDNIGHT_AFTER = timedelta(days=1)
"""24:00 of a day, which is still that day to whoever asks for the day alone."""
_TENS = {"廿": "二十", "卅": "三十"}


class NoDay(ValueError):
    """A text that is no certain day or moment; `code`: ``date``, or ``weekday`` where it is another day's."""

    def __init__(self, code: str = "date") -> None:
        super().__init__(code)
        self.code = code


def day(text: str) -> date:
    """The day that a text says; a time of day beside it is left out, and 24:00 is still that day.

    Raises:
        NoDay: see there.
    """
    if _USUAL_DAY.fullmatch(text):
        return _date(text[:4], text[5:7], text[8:]).date()
    start, clock = _read(text)
    return start.date() if clock is _MIDNIGHT_AFTER else (start + clock).date()


def moment(text: str) -> datetime:
    """The moment that a text says; a bare day is its midnight, and 24:00 the midnight that ends it.

    A zone is converted; what is finer than a second is left out.

    Raises:
        NoDay: see there.
    """
    if _USUAL_MOMENT.fullmatch(text) and text[11:13] != "24":
        try:
            told = datetime.fromisoformat(text if text[4] == "-" else text.replace("/", "-"))
        except ValueError:
            raise NoDay from None
        if told.year in YEARS:
            return told
        raise NoDay
    start, clock = _read(text)
    try:
        return start + clock
    except OverflowError:
        raise NoDay from None


def days_in(text: str) -> list[date]:
    """Every day that stands in a text, in its order (``2026-01-11至2027-01-10``).

    Raises:
        NoDay: what looks like a day is none.
    """
    found = _DATE.findall(_arabic(narrowed(text)))
    return [_date(year, month, number).date() for year, _, month, _, number in found]


def _read(text: str) -> tuple[datetime, timedelta]:
    """The midnight that begins the day, and how much later it is."""
    said = _arabic(narrowed(text).casefold())
    found = _DATE.match(said)
    if found is not None:
        year, first, month, second, number = found.groups()
        if first + second not in ("年月", "--", "//", ".."):
            raise NoDay
    else:
        found = _COMPACT.match(said)
        if found is None:
            raise NoDay
        year, month, number = found.groups()
    start = _date(year, month, number)
    rest = _without_weekday(start, said[found.end() :].strip(" ,"))
    if rest[:1] == "t":
        rest = rest[1:]
    return start, _clock(rest) if rest else timedelta()


def _arabic(said: str) -> str:
    """Chinese numerals in front of 年, 月, 日, 时, 分, 秒 as figures."""
    return said if said.isascii() else _WRITTEN.sub(lambda found: _figures(found[1]), said)


def _figures(written: str) -> str:
    for short, long in _TENS.items():
        written = written.replace(short, long)
    if "十" not in written:
        return "".join(str(_NUMERALS[digit]) for digit in written)
    tens, _, ones = written.partition("十")
    if len(tens) > 1 or len(ones) > 1:
        raise NoDay
    return str((_NUMERALS[tens] if tens else 1) * 10 + (_NUMERALS[ones] if ones else 0))


def _date(year: str, month: str, number: str) -> datetime:
    try:
        found = datetime(int(year), int(month), int(number))
    except ValueError:
        raise NoDay from None
    if found.year not in YEARS:
        raise NoDay
    return found


def _without_weekday(start: datetime, rest: str) -> str:
    found = _WEEKDAY.match(rest)
    if found is None:
        return rest
    chinese, english = found.groups()
    said = _SHORT.index(english) if english else "一二三四五六日1234567".find(chinese.replace("天", "日")) % 7
    if said != start.weekday():
        raise NoDay("weekday")
    return rest[found.end() :].strip(" ,")


def _clock(rest: str) -> timedelta:
    zone = _ZONE.search(rest)
    found = _CLOCK.fullmatch(rest[: zone.start()].strip() if zone else rest)
    if found is None:
        raise NoDay
    before, hour, minute, second, behind = found.groups()
    hours, minutes, seconds = int(hour), int(minute or 0), int(second or 0)
    half = before or (behind if behind != "整" else None)
    if before and behind not in (None, "整"):
        raise NoDay
    if half in ("下午", "晚上", "pm") and hours < 12:
        hours += 12
    elif half in ("上午", "凌晨", "早上", "am") and hours >= 12:
        hours = 0 if hours == 12 else 99  # 上午13:00 contradicts itself
    if minutes > 59 or seconds > 59 or hours > 24 or (hours == 24 and minutes + seconds):
        raise NoDay
    if hours == 24 and not zone:
        return _MIDNIGHT_AFTER
    shift = _to_shanghai(zone[1]) if zone else timedelta()
    return timedelta(hours=hours, minutes=minutes, seconds=seconds) + shift


def _to_shanghai(zone: str) -> timedelta:
    if zone == "z":
        return timedelta(hours=8)
    offset = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
    return timedelta(hours=8) - (offset if zone[0] == "+" else -offset)

"""One input with our answer, a reference's answer and what is true of it.

The truth is computed here from the policy a second time, with the standard
library alone: a known fault of a reference may only excuse a difference when it
can point at the fact that makes one of the two wrong.
"""

import datetime
import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

SYMBOLS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
DIGITS = "0123456789"
PROVINCES = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 "
    "61 62 63 64 65 71".split()
)
DASHES = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2015\u2212")
INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# The program's calendar: a day outside these years is `date`, however far ahead it lies.
FIRST_YEAR, LAST_YEAR = 1900, 2200
TODAY = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=8))).date()


def unwiden(text):
    """Full-width forms as ASCII; nothing else is folded, unlike with NFKC."""
    return "".join(chr(ord(c) - 0xFEE0) if "\uff01" <= c <= "\uff5e" else c for c in text)


def normalise(text):
    """The text as the policy reads it."""
    ascii_upper = "".join(c.upper() if c.isascii() else c for c in unwiden(text))
    return "".join(c for c in ascii_upper if not (c.isspace() or c in DASHES or c in INVISIBLE))


def real_day(digits):
    """The date of eight digits, or None where the calendar has no such day."""
    try:
        return datetime.date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def uscc_error(text):
    if len(text) != 18:
        return "length"
    for place, symbol in enumerate(text):
        if symbol not in SYMBOLS:
            return "alphabet"
        if 2 <= place < 8 and symbol not in DIGITS:
            return "division"
    total = sum(SYMBOLS.index(symbol) * pow(3, place, 31) for place, symbol in enumerate(text[:17]))
    return None if SYMBOLS[-total % 31] == text[17] else "checksum"


def org_error(text):
    if len(text) != 9:
        return "length"
    if not re.fullmatch("[0-9A-Z]{8}[0-9X]", text):
        return "alphabet"
    total = sum(int(symbol, 36) * weight for symbol, weight in zip(text, (3, 7, 9, 10, 5, 8, 4, 2)))
    return None if "0123456789X0"[11 - total % 11] == text[8] else "checksum"


def id_checksum_fits(text):
    total = sum((10 if c == "X" else int(c)) * pow(2, 17 - place, 11) for place, c in enumerate(text))
    return total % 11 == 1


def id_error(text):
    if len(text) not in (15, 18):
        return "length"
    if not re.fullmatch("[0-9]{15}|[0-9]{17}[0-9X]", text):
        return "alphabet"
    if text[:2] not in PROVINCES:
        return "division"
    birth = real_day(text[6:14] if len(text) == 18 else "19" + text[6:12])
    if birth is None or not FIRST_YEAR <= birth.year <= LAST_YEAR:
        return "date"
    if birth > TODAY:
        return "date-ahead"
    return None if len(text) == 15 or id_checksum_fits(text) else "checksum"


ERRORS = {"uscc": uscc_error, "org": org_error, "id": id_error}


def policy_error(kind, raw):
    """The first error the policy finds in an input, or None."""
    return ERRORS[kind](normalise(raw))


@dataclass
class Case:
    """An input, our answer (`ok`, `warn:…`, `error:…`) and that of one reference."""

    kind: str
    raw: str
    ours: str
    library: str
    theirs: str
    exception: str
    division: str

    @cached_property
    def text(self):
        return normalise(self.raw)

    @property
    def our_error(self):
        """The code of our error, empty where we accept."""
        return self.ours.removeprefix("error:") if self.ours.startswith("error:") else ""

    @property
    def accepted(self):
        return not self.our_error

    @cached_property
    def policy_error(self):
        """The code of the error that the policy, computed here, finds first, or empty."""
        return policy_error(self.kind, self.raw) or ""

    @property
    def right(self):
        return not self.policy_error

    def right_when(self, changed):
        """Whether the input would be right if it were written like this."""
        return policy_error(self.kind, changed) is None

    @property
    def resident_form(self):
        """Whether the text is 18 places of the right characters with a fitting check digit."""
        return re.fullmatch("[0-9]{17}[0-9X]", self.text) is not None and id_checksum_fits(self.text)

    @property
    def birth_digits(self):
        return self.text[6:14] if len(self.text) == 18 else "19" + self.text[6:12]

    @property
    def has_wide_letter(self):
        return any("A" <= unwiden(c).upper() <= "Z" for c in self.raw if c >= "\uff01")

    @property
    def has_wide(self):
        return unwiden(self.raw) != self.raw

    @property
    def has_invisible(self):
        return any(c in INVISIBLE for c in self.raw)

    @property
    def has_dash(self):
        return any(c in DASHES for c in unwiden(self.raw))

    @property
    def has_space(self):
        return any(c.isspace() for c in self.raw)

    @property
    def folded_digits(self):
        """The input with the digits of other scripts and of mathematics as ASCII."""
        return "".join(
            DIGITS[unicodedata.digit(c)] if c.isdecimal() and not c.isascii() else c for c in self.raw
        )

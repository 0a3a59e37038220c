"""Write the inputs of the differential test: uscc.txt, org.txt and id.txt.

    python generate.py FOLDER

Every number is made up by a generator with a fixed seed, so two runs write the
same files and a difference found on one machine can be looked at on another.
Whether a number is right is not written down: that is what the program and the
references are asked.
"""

import random
import re
import sys
import unicodedata
from pathlib import Path

from mutations import hygiene, mutations, neighbours

SEED = 32100
DIVISION_TABLE = Path(__file__).resolve().parents[2] / "crates/credit-core/data/divisions.txt"

SYMBOLS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
DIGITS = "0123456789"
LETTERS_AND_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LEGAL_PAIRS = (
    "11 12 13 19 21 29 31 32 33 34 35 39 41 49 51 52 53 59 61 62 69 71 72 79 81 89 91 92 93 "
    "A1 A9 N1 N2 N3 N9 Y1"
).split()
PROVINCES = (
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 "
    "61 62 63 64 65 71"
).split()
NEVER_DIVISIONS = "000000 999999 120199 129900 100001 990101 016000 470101".split()

# What people type where a number is asked for, and what feeds hold in its place.
NOT_NUMBERS = (
    " ", "-", "--", "——", "— —", "/", "无", "null", "N/A", "0", "X", "9", "统一社会信用代码",
    "000000000", "000000000000000", "000000000000000000", "111111111111111", "111111111111111111",
    "XXXXXXXXX", "XXXXXXXXXXXXXXXXXX", "999999999999999999", "120102000000017", "MATEXT01X",
    "91120102MATEXT01X4", "120102199001010013", "A1234567(8)", "H1234567890", "E12345678",
)

# The answer for a birth in these years depends on the day of the run.
UNSETTLED_BIRTH = re.compile(r"^.{6}20(2[5-9]|3[0-5])")


class Inputs:
    """The distinct inputs of one kind, in the order they were made."""

    def __init__(self):
        self.lines = {}

    def add(self, text):
        """Keep an input that fits on one line of a table."""
        if not text or any(character in text for character in "\r\n\t\0"):
            return
        self.lines[text] = None

    def add_all(self, texts):
        for text in texts:
            self.add(text)

    def write(self, path):
        path.write_text("".join(line + "\n" for line in self.lines), encoding="utf-8", newline="\n")
        print(f"{path.name}: {len(self.lines)} inputs")


class BirthInputs(Inputs):
    """Inputs that may hold a birth date; the unsettled ones are left out."""

    def add(self, text):
        plain = re.sub("[^0-9A-Za-z]", "", unicodedata.normalize("NFKC", text))
        if len(plain) == 18 and UNSETTLED_BIRTH.match(plain):
            return
        super().add(text)


def read_divisions():
    """Every code of the repository's table with its first and last year, where it has them."""
    eras = []
    province = ""
    for line in DIVISION_TABLE.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        code, rest = line.split(" ", 1)
        if len(code) == 2:
            province = code
            eras.append((province + "0000", None, None))
            continue
        era = re.match(r"(\d{4})?-(\d{4})? ", rest)
        first, last = era.groups() if era else (None, None)
        eras.append((province + code, first and int(first), last and int(last)))
    return eras


def uscc_check(body):
    total = sum(SYMBOLS.index(symbol) * pow(3, place, 31) for place, symbol in enumerate(body))
    return SYMBOLS[-total % 31]


def org_check(body):
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(symbol, 36) * weight for symbol, weight in zip(body, weights))
    return "0123456789X0"[11 - total % 11]


def id_check(body):
    return "10X98765432"[sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(body)) % 11]


def pick(rng, alphabet, count):
    return "".join(rng.choice(alphabet) for _ in range(count))


def org_code(rng, alphabet=LETTERS_AND_DIGITS, fitting=True):
    """An organisation code, or one whose own check character does not fit."""
    body = pick(rng, alphabet, 8)
    check = org_check(body)
    if not fitting:
        check = rng.choice([symbol for symbol in DIGITS + "X" if symbol != check])
    return body + check


def uscc(rng, pair, division, fitting=True):
    body = pair + division + org_code(rng, SYMBOLS, fitting)
    return body + uscc_check(body)


def make_uscc(rng, divisions):
    """Codes of every pair, real and unreal divisions, and all that can go wrong with them."""
    inputs = Inputs()
    for pair in LEGAL_PAIRS:
        for _ in range(350):
            inputs.add(uscc(rng, pair, rng.choice(divisions)))
        for never in NEVER_DIVISIONS:
            inputs.add(uscc(rng, pair, never))
        for _ in range(40):
            inputs.add(uscc(rng, pair, pick(rng, DIGITS, 6)))
            inputs.add(uscc(rng, pair, rng.choice(divisions), fitting=False))
    for first in SYMBOLS:
        for second in SYMBOLS:
            for _ in range(6):
                inputs.add(uscc(rng, first + second, rng.choice(divisions)))
    for _ in range(2500):
        division = list(rng.choice(divisions))
        division[rng.randrange(6)] = rng.choice(SYMBOLS[10:])
        inputs.add(uscc(rng, rng.choice(LEGAL_PAIRS), "".join(division)))
    for _ in range(100):
        body = uscc(rng, rng.choice(LEGAL_PAIRS), rng.choice(divisions))[:17]
        inputs.add_all(body + check for check in LETTERS_AND_DIGITS)
    for pair in ("91", "12", "N1", "A9", "Y1", "99"):
        inputs.add_all(neighbours(uscc(rng, pair, rng.choice(divisions)), LETTERS_AND_DIGITS))
    for _ in range(1700):
        code = uscc(rng, rng.choice(LEGAL_PAIRS), rng.choice(divisions))
        inputs.add_all(mutations(rng, code, SYMBOLS))
    for _ in range(500):
        code = uscc(rng, rng.choice(LEGAL_PAIRS), rng.choice(divisions), rng.random() < 0.8)
        inputs.add_all(hygiene(rng, code))
    inputs.add_all(NOT_NUMBERS)
    return inputs


def make_org(rng):
    """Organisation codes of digits, of both, with each check character and each mistake."""
    inputs = Inputs()
    for alphabet in (DIGITS, SYMBOLS, LETTERS_AND_DIGITS):
        for _ in range(3000):
            code = org_code(rng, alphabet)
            inputs.add_all((code, f"{code[:8]}-{code[8]}"))
        for _ in range(600):
            inputs.add(org_code(rng, alphabet, fitting=False))
    for _ in range(60):
        body = pick(rng, LETTERS_AND_DIGITS, 8)
        inputs.add_all(body + check for check in LETTERS_AND_DIGITS)
    for _ in range(3):
        inputs.add_all(neighbours(org_code(rng), LETTERS_AND_DIGITS))
    for _ in range(700):
        inputs.add_all(mutations(rng, org_code(rng), LETTERS_AND_DIGITS))
    for _ in range(200):
        inputs.add_all(hygiene(rng, org_code(rng)))
    inputs.add_all(NOT_NUMBERS)
    return inputs


def person(rng, division, birth):
    body = division + birth + pick(rng, DIGITS, 3)
    return body + id_check(body)


def birth_in(rng, year):
    return f"{year:04}{rng.randint(1, 12):02}{rng.randint(1, 28):02}"


def any_birth(rng):
    return birth_in(rng, rng.randint(1900, 2024))


def births_around(rng, first, last):
    """One birth while the code stood, and one at and beyond each end of that time."""
    years = {rng.randint(1900, 2024)}
    if first:
        years |= {first - 1, first, min(first + 3, 2024)}
    if last:
        years |= {last - 1, last, min(last + 1, 2024)}
    return [birth_in(rng, year) for year in sorted(years)]


def odd_births(rng):
    """Leap days, days no month has, centuries before and after anyone now living."""
    for year in (1800, 1896, 1900, 1904, 1999, 2000, 2004, 2023, 2024, 2100, 2400):
        for day in ("0228", "0229", "0230", "0231", "0232"):
            yield f"{year}{day}"
    for month in range(14):
        for day in (0, 1, 28, 29, 30, 31, 32, 99):
            yield f"{rng.randint(1900, 2024)}{month:02}{day:02}"
    for year in (0, 1, 19, 20, 99, 100, 999, 1000, 1700, 1799, 1800, 1899, 1900, 1901, 2090, 2099, 2999, 9999):
        yield birth_in(rng, year)
    yield "18991231"
    yield "19000101"


def make_id(rng, eras):
    """Resident numbers of 18 and 15 digits, and the cards that only look like them."""
    inputs = BirthInputs()
    codes = [code for code, _, _ in eras]
    for code, first, last in eras:
        inputs.add_all(person(rng, code, birth) for birth in births_around(rng, first, last))
    for province in PROVINCES:
        for _ in range(200):
            inputs.add(person(rng, province + pick(rng, DIGITS, 4), any_birth(rng)))
    for head in range(100):
        for _ in range(20):
            inputs.add(person(rng, f"{head:02}" + pick(rng, DIGITS, 4), any_birth(rng)))
    for head in ("810000", "820000", "830000", "710000", "710101", "810101", "820102", "830001"):
        for _ in range(120):
            inputs.add(person(rng, head, any_birth(rng)))
    for _ in range(1500):
        inputs.add(person(rng, "9" + rng.choice(PROVINCES) + pick(rng, DIGITS, 3), any_birth(rng)))
    for _ in range(25):
        inputs.add_all(person(rng, rng.choice(codes), birth) for birth in odd_births(rng))
    for _ in range(300):
        body = person(rng, rng.choice(codes), any_birth(rng))[:17]
        inputs.add_all(body + check for check in "0123456789XxYAO")
    for _ in range(4):
        inputs.add_all(neighbours(person(rng, rng.choice(codes), any_birth(rng)), LETTERS_AND_DIGITS))
    for _ in range(1700):
        inputs.add_all(mutations(rng, person(rng, rng.choice(codes), any_birth(rng)), DIGITS))
    for _ in range(600):
        inputs.add_all(hygiene(rng, person(rng, rng.choice(codes), any_birth(rng))))
    for _ in range(4000):
        number = person(rng, rng.choice(codes), any_birth(rng))
        inputs.add(number[:6] + number[8:17])
    for birth in [birth for _ in range(8) for birth in odd_births(rng)]:
        inputs.add(rng.choice(codes) + birth[2:] + pick(rng, DIGITS, 3))
    for head in range(100):
        inputs.add(f"{head:02}" + pick(rng, DIGITS, 4) + birth_in(rng, 1960)[2:] + pick(rng, DIGITS, 3))
    for _ in range(400):
        number = rng.choice(codes) + birth_in(rng, rng.randint(1900, 1999))[2:] + pick(rng, DIGITS, 3)
        inputs.add_all(mutations(rng, number, DIGITS))
        inputs.add_all(hygiene(rng, number))
    inputs.add_all(NOT_NUMBERS)
    return inputs


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    eras = read_divisions()
    codes = [code for code, _, _ in eras]
    make_uscc(random.Random(SEED), codes).write(folder / "uscc.txt")
    make_org(random.Random(SEED + 1)).write(folder / "org.txt")
    make_id(random.Random(SEED + 2), eras).write(folder / "id.txt")


if __name__ == "__main__":
    main()

"""Ask the Python libraries about every input and write their answers down.

    python reference.py FOLDER

Reads the files of generate.py and writes python.tsv beside them: library, kind,
input, ok|wrong, the class of the exception, and what the library's own table of
divisions says where that decides (unknown, or not-then for a division that did
not exist in the year of birth).
"""

import sys
from functools import cache
from pathlib import Path

from id_validator import data, helper, validator
from stdnum import numdb
from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError

DIVISIONS = numdb.get("cn/loc")

# id-validator builds its tables anew for every question, which would take an hour.
data.get_address_code_timeline = cache(data.get_address_code_timeline)
data.get_additional_address_code_timeline = cache(data.get_additional_address_code_timeline)


def stdnum_division(number):
    """Why python-stdnum would not take the division, by the parts it is made of."""
    compact = ric.compact(number)
    try:
        ric.get_birth_date(compact)
    except ValueError:
        return ""
    if not any(properties.get("county") for _, properties in DIVISIONS.info(compact[:6])):
        return "unknown"
    try:
        ric.get_birth_place(compact)
    except ValidationError:
        return "not-then"
    return ""


def id_validator_division(number):
    """Whether id-validator finds no name for the division; its rule needs a readable birth."""
    parts = helper.get_id_argument(number)
    try:
        return "" if helper.check_address_code(parts["address_code"], parts["birthday_code"]) else "unknown"
    except ValueError:
        return ""


def ask_stdnum(module, division):
    """An answer function for one module of python-stdnum, which may raise more than it says."""

    def ask(number):
        try:
            module.validate(number)
        except (ValidationError, KeyError) as error:
            return "wrong", type(error).__name__, division(number)
        return "ok", "", division(number)

    return ask


def ask_id_validator(number):
    """id-validator answers yes or no, and raises where it meets what is no digit."""
    try:
        answer = validator.is_valid(number)
    except Exception as error:  # whatever it raises is its answer
        return "wrong", type(error).__name__, ""
    return "ok" if answer else "wrong", "", id_validator_division(number)


def ask_gb_11714(number):
    """GB 11714 for organisation codes, written from the standard: no library has it."""
    folded = "".join(chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else c for c in number).upper()
    code = "".join(c for c in folded if not c.isspace() and c not in DROPPED)
    if len(code) != 9:
        return "wrong", "InvalidLength", ""
    if not (code.isascii() and code.isalnum()) or code[8] not in "0123456789X":
        return "wrong", "InvalidFormat", ""
    total = sum(int(c, 36) * weight for c, weight in zip(code, (3, 7, 9, 10, 5, 8, 4, 2)))
    remainder = (11 - total % 11) % 11
    if code[8] != "0123456789X"[remainder]:
        return "wrong", "InvalidChecksum", ""
    return "ok", "", ""


DROPPED = "-‐‑‒–—―−\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"

QUESTIONS = (
    ("python-stdnum", "uscc", ask_stdnum(uscc, lambda number: "")),
    ("gb-11714", "org", ask_gb_11714),
    ("python-stdnum", "id", ask_stdnum(ric, stdnum_division)),
    ("pypi-id-validator", "id", ask_id_validator),
)


def main():
    folder = Path(sys.argv[1])
    with open(folder / "python.tsv", "w", encoding="utf-8", newline="\n") as answers:
        for library, kind, ask in QUESTIONS:
            inputs = (folder / f"{kind}.txt").read_text(encoding="utf-8").split("\n")[:-1]
            for number in inputs:
                print(library, kind, number, *ask(number), sep="\t", file=answers)


if __name__ == "__main__":
    main()

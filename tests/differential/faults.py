"""What is known to differ between the answers of the references and ours.

Each function tells whether one fault of a library, or one deliberate choice of
our policy, explains one difference; its sentence says whose doing it is.
"""

import re

from case import LAST_YEAR, PROVINCES, real_day
from listing import (
    ID_VALIDATOR,
    IDCARD,
    NPM,
    OTHER_HYPHENS,
    PLAIN,
    PYPI,
    PYTHON,
    VALIDATOR,
    fault,
)

# Unified social credit codes ------------------------------------------------


@fault("rejects", "uscc", PYTHON, NPM)
def registrar_must_be_digits(case):
    """Fault of both stdnums: they want eight digits in front, so every registrar A, N and Y (and letter category) is wrong."""
    return case.right and not case.text[:2].isdecimal() and case.exception == "InvalidFormat"


@fault("rejects", "uscc", NPM)
def check_character_zero(case):
    """Fault of npm stdnum: where the weighted sum is 0 mod 31 it reads the alphabet at 31, past its end, and finds no check character."""
    return case.right and case.text[17] == "0" and case.exception == "InvalidChecksum"


@fault("rejects", "uscc", PYTHON, NPM)
def wide_letters_stay(case):
    """Gap of both stdnums: their list of look-alikes folds full-width digits but no full-width letters."""
    return case.right and case.has_wide_letter and case.exception in ("InvalidFormat", "InvalidChecksum")


@fault("rejects", "uscc", PYTHON, NPM)
def invisible_characters_count(case):
    """Gap of both stdnums: zero-width and bidi marks that pasting brings along count as characters."""
    return case.right and case.has_invisible and case.exception == "InvalidLength"


@fault("accepts", "uscc", PYTHON, NPM)
def digits_of_other_scripts(case):
    """Our policy: only full-width digits are folded; both stdnums fold mathematical ones, npm's Arabic ones too."""
    return case.our_error in ("alphabet", "division") and case.right_when(case.folded_digits)


@fault("accepts", "uscc", PYTHON, NPM)
def other_hyphens_are_no_separators(case):
    """Our policy: the modifier minus is no separator; both stdnums drop it."""
    return case.our_error == "length" and case.right_when(re.sub(OTHER_HYPHENS[case.library], "", case.raw))


# Resident numbers: what libraries reject ------------------------------------


@fault("rejects", "id", PYTHON, NPM, IDCARD)
def fifteen_digits(case):
    """Our policy: the numbers issued until 1999 are still found in records; these libraries know 18 digits only."""
    return case.right and len(case.text) == 15 and case.exception in ("", "InvalidLength")


@fault("rejects", "id", PYTHON)
def division_must_have_existed_then(case):
    """Fault of python-stdnum: it wants the division in force in the birth year, though a number carries that of its first registration."""
    return case.right and case.exception == "InvalidComponent" and case.division == "not-then"


@fault("rejects", "id", PYTHON)
def division_missing_in_a_known_province(case):
    """Fault of python-stdnum: for a county that its table lacks it raises KeyError, which is not even a ValidationError; to us the division is a warning."""
    return case.right and case.exception == "KeyError" and case.division == "unknown"


@fault("rejects", "id", PYPI, ID_VALIDATOR)
def division_missing_in_their_table(case):
    """Our policy: a division that a table lacks is a warning; both id-validators reject it, each by its own table."""
    return case.right and case.division == "unknown" and case.raw.upper() == case.text


@fault("rejects", "id", IDCARD)
def lower_case_x(case):
    """Fault of npm idcard: it knows the check digit X as a capital letter only."""
    return case.right and case.raw[:17].isdecimal() and case.raw[17:] == "x"


@fault("rejects", "id", PYTHON, NPM)
def separators_count(case):
    """Gap of both stdnums: within a resident number hyphens count as characters, for Python's also spaces."""
    counted = case.has_dash or (case.library == PYTHON and case.has_space)
    return case.right and counted and case.exception == "InvalidLength"


@fault("rejects", "id", PYTHON, NPM)
def wide_x_stays(case):
    """Gap of both stdnums: a full-width X is not folded as the full-width digits are."""
    return case.right and case.has_wide_letter and case.exception == "InvalidChecksum"


@fault("rejects", "id", PYTHON, NPM)
def invisible_characters_count_here(case):
    """Gap of both stdnums: zero-width and bidi marks count as characters."""
    return case.right and case.has_invisible and case.exception == "InvalidLength"


@fault("rejects", "id", *PLAIN)
def text_is_taken_as_typed(case):
    """Our policy: width, separators and invisible characters are tidied and reported; these libraries leave that to the caller."""
    return case.right and (case.has_wide or case.has_space or case.has_dash or case.has_invisible)


# Resident numbers: what libraries accept ------------------------------------


@fault("accepts", "id", PYTHON, ID_VALIDATOR)
def births_to_come(case):
    """Fault of python-stdnum and npm id-validator: they never ask what day it is."""
    beyond = real_day(case.birth_digits)
    ahead = case.our_error == "date-ahead" or (case.our_error == "date" and beyond and beyond.year > LAST_YEAR)
    return bool(ahead) and case.resident_form


@fault("accepts", "id", *PLAIN, PYTHON, NPM)
def births_before_1900(case):
    """Our policy: nobody born before 1900 has a number, so the year is a slip; the libraries begin at 0, 1000 or 1800."""
    year = case.birth_digits[:4]
    leap = real_day(f"{2000 + int(year) % 400:04}{case.birth_digits[4:]}") if year.isdecimal() else None
    return case.our_error == "date" and case.resident_form and year < "1900" and leap is not None


@fault("accepts", "id", ID_VALIDATOR)
def days_no_month_has(case):
    """Fault of npm id-validator: it wants a month to 12 and a day to 31 and accepts 30 February."""
    digits = case.birth_digits
    shaped = case.text.isdecimal() if len(case.text) == 15 else case.resident_form
    near = digits.isdecimal() and "01" <= digits[4:6] <= "12" and "29" <= digits[6:] <= "31"
    return case.our_error == "date" and shaped and near and real_day(digits) is None


@fault("accepts", "id", VALIDATOR, IDCARD, PYTHON, PYPI)
def permits_are_another_kind(case):
    """Our policy: 81, 82 and 83 are residence permits, asked for as such; these libraries take those their table has as resident numbers."""
    return case.our_error == "division" and case.text[:2] in ("81", "82", "83")


@fault("accepts", "id", VALIDATOR)
def ninety_one_is_abroad(case):
    """Fault of npm validator: its list of provinces has 91 for abroad, so it takes the permanent residence cards of Beijing alone."""
    return case.our_error == "division" and case.text[:2] == "91"


@fault("accepts", "id", NPM)
def no_division_is_looked_up(case):
    """Fault of npm stdnum: any six digits in front will do."""
    return case.our_error == "division" and case.resident_form


@fault("accepts", "id", PYTHON, NPM)
def digits_of_other_scripts_here(case):
    """Our policy: only full-width digits are folded; both stdnums fold mathematical ones, npm's Arabic ones too."""
    return case.our_error == "alphabet" and case.right_when(case.folded_digits)


@fault("accepts", "id", PYPI)
def any_decimal_digit_is_one(case):
    """Fault of PyPI id-validator: it reads places with int(), which takes the digits of every script."""
    return case.our_error == "alphabet" and case.right_when(case.folded_digits)


@fault("accepts", "id", IDCARD)
def a_space_is_a_zero(case):
    """Fault of npm idcard: Number(' ') is 0, so white space stands for the digit 0."""
    return case.has_space and case.our_error == "length" and case.right_when(re.sub(r"\s", "0", case.raw))


@fault("accepts", "id", ID_VALIDATOR)
def fifteen_places_of_anything(case):
    """Fault of npm id-validator: of 15 places only the province must fit, as parseInt gives NaN for the rest and NaN passes its limits."""
    digits = case.raw.isascii() and case.raw.isdecimal()
    return len(case.raw) == 15 and case.text[:2] in PROVINCES and not digits


@fault("accepts", "id", PYPI)
def three_places_of_anything(case):
    """Fault of PyPI id-validator: without a check digit the last three of 15 places are not looked at."""
    return len(case.raw) == 15 and case.our_error in ("alphabet", "length") and not case.raw[12:].isdecimal()


@fault("accepts", "id", PYPI)
def int_reads_more_than_digits(case):
    """Fault of PyPI id-validator: int() takes ' 5', '+5' and '1_9', so these may stand in the birth of 15 places."""
    written = re.search(r"[\s+_]", case.raw[6:12]) is not None
    return len(case.raw) == 15 and case.our_error in ("length", "alphabet") and written


@fault("accepts", "id", PYPI)
def district_named_by_its_ending(case):
    """Fault of PyPI id-validator: a code ending in 01, 02, 11 or 20 gets a name without a look at the places before."""
    ending = case.raw[4:6] in ("01", "02", "11", "20")
    return len(case.raw) == 15 and ending and case.our_error in ("alphabet", "length") and not case.raw[2:4].isdecimal()

"""Where both reject and the library names another reason than we do.

Only the two stdnums name reasons. We report the first error of our own order:
length, alphabet, division, birth, check digit.
"""

import re

from case import SYMBOLS, real_day
from listing import NPM, OTHER_HYPHENS, PYTHON, fault


@fault("class", "uscc", PYTHON, NPM)
def letters_in_front_come_first(case):
    """Fault of both stdnums: letters at places 1 and 2 are a wrong format to them where only the check character is wrong."""
    return case.our_error == "checksum" and case.exception == "InvalidFormat" and not case.text[:2].isdecimal()


@fault("class", "uscc", NPM)
def check_character_outside_the_alphabet(case):
    """Gap of npm stdnum: place 18 is compared with the computed character and never with the alphabet."""
    return case.our_error == "alphabet" and case.exception == "InvalidChecksum" and case.text[17] not in SYMBOLS


@fault("class", "uscc", PYTHON, NPM)
def other_digits_fold_to_a_wrong_code(case):
    """Our policy: digits of other scripts are no digits; folded, as both stdnums do, the check character is wrong."""
    folded = case.folded_digits != case.raw
    return case.our_error in ("alphabet", "division") and case.exception == "InvalidChecksum" and folded


@fault("class", "uscc", PYTHON, NPM)
def other_hyphens_are_dropped(case):
    """Our policy: hyphens beyond those of our list count as characters; both stdnums drop theirs and look on."""
    dropped = re.sub(OTHER_HYPHENS[case.library], "", case.raw) != case.raw
    return case.our_error == "length" and dropped and case.exception in ("InvalidFormat", "InvalidChecksum")


@fault("class", "id", PYTHON)
def check_digit_comes_first(case):
    """Another order: python-stdnum looks at the check digit before birth and division; all three are wrong or one with it."""
    ours = case.our_error in ("division", "date", "date-ahead")
    return ours and case.exception == "InvalidChecksum" and len(case.text) == 18 and not case.resident_form


@fault("class", "id", PYTHON)
def missing_county_is_a_key_error(case):
    """Fault of python-stdnum: a county its table lacks raises KeyError before the birth can be called ahead or too early."""
    early_or_ahead = case.our_error in ("date", "date-ahead") and real_day(case.birth_digits) is not None
    return case.exception == "KeyError" and case.division == "unknown" and early_or_ahead


@fault("class", "id", NPM)
def no_division_only_check_digit(case):
    """Fault of npm stdnum: it looks up no division, so it finds the check digit wrong where we name the division first."""
    return case.our_error == "division" and case.exception == "InvalidChecksum" and not case.resident_form


@fault("class", "id", NPM)
def early_birth_only_check_digit(case):
    """Our policy: a birth before 1900 is a slip; npm stdnum takes it and finds the check digit wrong."""
    early = case.birth_digits[:4] < "1900"
    return case.our_error == "date" and case.exception == "InvalidChecksum" and early and not case.resident_form


@fault("class", "id", PYTHON, NPM)
def check_digit_outside_the_alphabet(case):
    """Gap of both stdnums: place 18 is compared with the computed digit and never with the alphabet."""
    outside = re.fullmatch("[0-9]{17}[^0-9X]", case.text) is not None
    return case.our_error == "alphabet" and case.exception in ("InvalidChecksum", "InvalidComponent") and outside


@fault("class", "id", PYTHON, NPM)
def other_digits_fold_to_a_wrong_number(case):
    """Our policy: digits of other scripts are no digits; folded, as both stdnums do, the number is wrong elsewhere."""
    folded = case.folded_digits != case.raw
    return case.our_error == "alphabet" and case.exception in ("InvalidChecksum", "InvalidComponent", "KeyError") and folded


@fault("class", "id", PYTHON, NPM)
def fifteen_places_are_a_wrong_length(case):
    """Our policy: 15 places are a form of the number with errors of its own; both stdnums stop at the length."""
    return case.exception == "InvalidLength" and len(case.text) == 15 and case.our_error in ("alphabet", "division", "date")


@fault("class", "id", PYTHON, NPM)
def separators_make_up_the_length(case):
    """Gap of both stdnums: hyphens and marks count, for Python's also spaces, so what is too short or too long differs."""
    counted = case.has_dash or case.has_invisible or (case.library == PYTHON and case.has_space)
    return counted and "length" in (case.our_error, case.exception[7:].lower())

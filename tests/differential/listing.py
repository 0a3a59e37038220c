"""The list of known faults: what one is, how it is entered and how it is asked for.

`rejects` faults explain what a library rejects and we accept, `accepts` faults
the reverse, `class` faults where both reject and name different reasons.
"""

from dataclasses import dataclass
from typing import Callable

from case import Case

PYTHON = "python-stdnum"
NPM = "npm-stdnum"
VALIDATOR = "npm-validator"
ID_VALIDATOR = "npm-id-validator"
IDCARD = "npm-idcard"
PYPI = "pypi-id-validator"

# Those that tidy nothing but the case of a letter.
PLAIN = (VALIDATOR, ID_VALIDATOR, IDCARD, PYPI)

# Hyphens that a library drops and we do not.
OTHER_HYPHENS = {PYTHON: "\u02d7", NPM: "\u02d7"}


@dataclass(frozen=True)
class Fault:
    """A predicate, the references it belongs to and the direction it explains."""

    how: str
    references: tuple
    explains: Callable[[Case], bool]

    @property
    def name(self):
        return self.explains.__name__


FAULTS = []


def fault(how, kind, *libraries):
    """Enter a predicate in the list, for one kind of identifier and some libraries."""

    def enter(explains):
        FAULTS.append(Fault(how, tuple((library, kind) for library in libraries), explains))
        return explains

    return enter


def excuse(case, how):
    """The first fault that explains a difference, in the order they were entered.

    Nothing excuses an answer of ours that is not the policy's own.
    """
    if case.our_error != case.policy_error:
        return None
    for known in FAULTS:
        if known.how == how and (case.library, case.kind) in known.references and known.explains(case):
            return known
    return None


def listed():
    """Every fault with each reference that it is listed for."""
    return [(reference, known) for known in FAULTS for reference in known.references]

"""Compare the program with the references and explain every difference.

    python generate.py FOLDER
    python reference.py FOLDER        (after pip install -r requirements.txt)
    node reference.mjs FOLDER         (after npm install)
    python compare.py PROGRAM FOLDER

Each difference must be excused by a fault of faults.py or classes.py, each fault must excuse
something, and the answer must be the policy's down to the code of the error.
"""

import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

import classes  # noqa: F401 (fills the list of faults)
import faults  # noqa: F401 (likewise)
import listing
from case import Case, policy_error

KINDS = ("uscc", "org", "id")
FEWEST_INPUTS = 100_000
EXAMPLES = 20

# What our error may be called by a library that names its errors.
SAME_CLASS = {
    "InvalidLength": {"length"},
    "InvalidChecksum": {"checksum"},
    "InvalidFormat": {"alphabet", "division"},
    "InvalidComponent": {"date", "date-ahead", "division"},
    "KeyError": {"division"},
    "ValueError": {"alphabet", "date", "length"},
}


def ask_program(program, path):
    """The program's answer to every line of a file, in the order of the lines."""
    inputs = path.read_text(encoding="utf-8").split("\n")[:-1]
    run = subprocess.run(
        [program, "check", "--kind", path.stem, str(path)], capture_output=True, check=False
    )
    rows = [line.rsplit("\t", 1) for line in run.stdout.decode("utf-8").split("\n")[:-1]]
    if [row[0] for row in rows] != inputs:
        sys.exit(f"{path.name}: the program did not answer line for line\n{run.stderr.decode()}")
    answers = {text: answer for text, answer in rows}
    wrong = any(answer.startswith("error:") for answer in answers.values())
    if run.returncode != (1 if wrong else 0):
        sys.exit(f"{path.name}: exit status {run.returncode}, though errors were {'' if wrong else 'not '}found")
    return answers


def read_cases(folder, answers):
    """Every (input, reference) pair of the two tables."""
    for name in ("python.tsv", "npm.tsv"):
        with open(folder / name, encoding="utf-8", newline="\n") as table:
            for line in table:
                library, kind, text, verdict, exception, division = line.rstrip("\n").split("\t")
                yield Case(kind, text, answers[kind][text], library, verdict, exception, division)


def difference(case):
    """How the two answers differ: `rejects`, `accepts` (the library), `class`, or not at all."""
    if case.accepted:
        return "" if case.theirs == "ok" else "rejects"
    if case.theirs == "ok":
        return "accepts"
    if case.exception and case.our_error not in SAME_CLASS[case.exception]:
        return "class"
    return ""


def against_policy(answers):
    """Inputs whose answer is not the one that the policy, written again, gives."""
    for kind, by_input in answers.items():
        for text, answer in by_input.items():
            error = policy_error(kind, text)
            ours = answer.removeprefix("error:") if answer.startswith("error:") else None
            if ours != error:
                yield f"{kind} {text!r}: {answer}, the policy says {error or 'right'}"


class Tally:
    """What became of the pairs of one reference and kind."""

    def __init__(self):
        self.compared = 0
        self.differing = 0
        self.excused = Counter()
        self.example = {}
        self.unexplained = []

    def take(self, case):
        self.compared += 1
        how = difference(case)
        if not how:
            return
        self.differing += 1
        fault = listing.excuse(case, how)
        if fault is None:
            self.unexplained.append(
                f"{case.raw!r}: {case.ours}, {case.library} says "
                f"{' '.join(filter(None, (case.theirs, case.exception, case.division)))}"
            )
            return
        self.excused[fault] += 1
        self.example.setdefault(fault, case)

    def show(self, library, kind):
        print(f"\n{library} {kind}: {self.compared} compared, {self.compared - self.differing} agreeing")
        for fault, count in self.excused.most_common():
            case = self.example[fault]
            print(f"  {count:6}  {fault.how:7}  {fault.name}  {case.raw!r} {case.ours} / {case.theirs} {case.exception}")
        for line in self.unexplained[:EXAMPLES]:
            print(f"  UNEXPLAINED {line}")
        if len(self.unexplained) > EXAMPLES:
            print(f"  … and {len(self.unexplained) - EXAMPLES} more unexplained")


def main():
    program, folder = sys.argv[1], Path(sys.argv[2])
    answers = {kind: ask_program(program, folder / f"{kind}.txt") for kind in KINDS}
    failures = []

    wrong = list(against_policy(answers))
    for line in wrong[:EXAMPLES]:
        print(f"AGAINST THE POLICY {line}")
    if wrong:
        failures.append(f"{len(wrong)} answers are not the policy's")

    tallies = defaultdict(Tally)
    seen = defaultdict(set)
    for case in read_cases(folder, answers):
        tallies[case.library, case.kind].take(case)
        seen[case.kind].add(case.raw)
    used = set()
    for (library, kind), tally in tallies.items():
        tally.show(library, kind)
        used.update((library, kind, fault) for fault in tally.excused)
        if tally.unexplained:
            failures.append(f"{len(tally.unexplained)} differences from {library} {kind} are unexplained")
        if tally.compared != len(answers[kind]):
            failures.append(f"{library} answered {tally.compared} of {len(answers[kind])} inputs of {kind}")
    missing = {reference for reference, _ in listing.listed()} - set(tallies)
    failures += [f"no answers of {library} {kind}" for library, kind in sorted(missing)]
    failures += [
        f"stale: {fault.name} excuses nothing of {library} {kind}"
        for (library, kind), fault in listing.listed()
        if (library, kind, fault) not in used
    ]

    inputs = len(set().union(*seen.values()))
    if inputs < FEWEST_INPUTS:
        failures.append(f"only {inputs} inputs were compared, {FEWEST_INPUTS} are wanted")
    print()
    for failure in failures:
        print(f"FAILED {failure}")
    print(f"{inputs} inputs")
    print(f"{sum(tally.compared for tally in tallies.values())} passed" if not failures else "failed")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()

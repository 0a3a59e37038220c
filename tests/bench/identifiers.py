"""Codes a second of python-stdnum: prints the median for the list that is named."""

import statistics
import sys
import time

from stdnum.cn import uscc

RUNS = 5


def main() -> None:
    with open(sys.argv[1], encoding="utf-8") as file:
        codes = file.read().split()
    seconds = []
    for _ in range(RUNS):
        begin = time.perf_counter()
        for code in codes:
            uscc.is_valid(code)
        seconds.append(time.perf_counter() - begin)
    print(f"python-stdnum\t{len(codes) / statistics.median(seconds):.0f}")


main()

"""What JSON Schema cannot say of the interface's texts: formats by name.

A text of one of these formats is drawn from the feeds in the folder that
CREDIT_API_DATA names, so that it is known to the server, or made up so that it
is right and most likely unknown.
"""

import csv
import os
from pathlib import Path

import schemathesis
from hypothesis import strategies as st
from schemathesis.core import media_types

# schemathesis 4.32 takes this for JSON, but RFC 7519 makes it a text with dots.
media_types.JSON_MEDIA_TYPES -= {("application", "jwt")}


@schemathesis.deserializer("application/jwt", "application/vc+jwt")
def compact(_, response):
    """A compact JWS is a text, whatever it holds."""
    return response.content.decode("ascii")


ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
DIGITS = "0123456789"


def known(feed, column):
    path = Path(os.environ["CREDIT_API_DATA"]) / f"{feed}.csv"
    with open(path, encoding="utf-8-sig", newline="") as file:
        return sorted({row[column] for row in csv.DictReader(file) if row[column]})


def right(first):
    """A code with the check character of GB 32100-2015."""
    total = sum(ALPHABET.index(character) * pow(3, place, 31) for place, character in enumerate(first))
    return first + ALPHABET[-total % 31]


def digits(length):
    return st.text(DIGITS, min_size=length, max_size=length)


organisation = st.text(ALPHABET, min_size=9, max_size=9)
unknown = st.builds("".join, st.tuples(st.sampled_from(["91", "92", "93"]), digits(6), organisation)).map(right)

codes = known("registry", "统一社会信用代码")
names = known("registry", "企业名称")

for name, strategy in {
    # 统一社会信用代码 with its check character
    "uscc": st.sampled_from(codes) | unknown,
    # what can be searched: it has a letter, digit or Chinese character
    "query": st.sampled_from(names) | st.sampled_from(codes) | st.builds("{}{}".format, st.text(max_size=9), st.sampled_from(names)),
    # numbers of areas and tracing codes as in their feeds
    "area": st.sampled_from(known("areas", "区域编号")),
    "trace": st.sampled_from(known("traces", "追溯码")),
    # ids of GET /v1/lists
    "list": st.sampled_from(os.environ["CREDIT_API_LISTS"].split()),
    # `next` of a search page
    "search-cursor": st.sampled_from(os.environ["CREDIT_API_CURSORS"].split()),
    # numbers of reports and codes of shares that the server has given
    "report": st.sampled_from(os.environ["CREDIT_API_REPORTS"].split()),
    "share": st.sampled_from(os.environ["CREDIT_API_SHARES"].split()),
    "badge": (st.sampled_from(codes) | unknown).map("{}.svg".format),
    "usccs": st.lists(st.sampled_from(codes) | unknown, min_size=1, max_size=250).map(",".join),
    # the one text that may be agreed to, and those of other days
    "consent": st.just(os.environ["CREDIT_API_CONSENT"]) | st.dates().map(str),
}.items():
    schemathesis.openapi.format(name, strategy)

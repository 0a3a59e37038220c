"""The mistakes people and machines make with a number, each as a changed copy of it."""

LOOK_ALIKES = {"0": "O", "1": "I", "2": "Z", "5": "S", "U": "V", "8": "B"}
OUTSIDE = "IOSVZ*._/+中é(٣𝟗"
SEPARATORS = (" ", "-", "\u3000", "\u00a0", "\u2009", "\u2010", "\u2013", "\u2014", "\u2212", "\u200b", "\u200e", "\u202e", "\ufeff")
STRANGE_SEPARATORS = (".", "/", "_", "\u00b7", "\u00ad", "'", "\u02d7")


def put(text, place, symbol):
    return text[:place] + symbol + text[place + 1 :]


def insert(text, place, symbol):
    return text[:place] + symbol + text[place:]


def swap(text, one, other):
    symbols = list(text)
    symbols[one], symbols[other] = symbols[other], symbols[one]
    return "".join(symbols)


def wide(text):
    """The full-width form that a Chinese keyboard types."""
    return "".join(chr(ord(symbol) + 0xFEE0) if "!" <= symbol <= "~" else symbol for symbol in text)


def neighbours(text, alphabet):
    """Every single substitution and every transposition of two places, without choice."""
    yield text
    for place in range(len(text)):
        for symbol in alphabet:
            yield put(text, place, symbol)
        for other in range(place + 1, len(text)):
            yield swap(text, place, other)


def mutations(rng, text, alphabet):
    """A few of each mistake at random places."""
    places = range(len(text))
    yield text
    for _ in range(7):
        yield put(text, rng.choice(places), rng.choice(alphabet))
    for _ in range(2):
        yield put(text, rng.choice(places), rng.choice(OUTSIDE))
    yield put(put(text, rng.choice(places), rng.choice(alphabet)), rng.choice(places), rng.choice(alphabet))
    for _ in range(3):
        place = rng.choice(places[1:])
        yield swap(text, place - 1, place)
        yield swap(text, *rng.sample(places, 2))
    place = rng.choice(places)
    yield text[:place] + text[place + 1 :]
    yield insert(text, place, rng.choice(alphabet))
    yield insert(text, place, text[place])
    yield put(text, place, text[(place + 1) % len(text)])
    yield insert(text[:-1], place, rng.choice(alphabet))
    for typed, seen in LOOK_ALIKES.items():
        if typed in text:
            yield text.replace(typed, seen)
            yield text.replace(typed, seen, 1)
    yield put(text, place, " ")
    yield put(text, place, "-")
    yield text[: rng.choice(places)]
    yield text + text[: rng.choice(places)]


def hygiene(rng, text):
    """The same number in another dress: case, width, separators and invisible characters."""
    places = range(len(text))
    middle = rng.choice(places[1:])
    yield text.lower()
    yield wide(text)
    yield wide(text.lower())
    yield put(text, middle, wide(text[middle]))
    yield put(text, len(text) - 1, wide(text[-1]))
    yield wide(text[:6]) + text[6:]
    yield " " + text
    yield text + " "
    yield "\u3000" + text + "\u3000"
    for separator in (" ", "-", "\u2014"):
        yield separator.join((text[:6], text[6:14], text[14:]))
        yield separator.join(text)
    yield insert(text, middle, rng.choice(SEPARATORS))
    yield insert(text, rng.choice(places), rng.choice(SEPARATORS))
    yield insert(text.lower(), middle, rng.choice(SEPARATORS))
    yield insert(text, middle, rng.choice(STRANGE_SEPARATORS))
    yield "".join(chr(0x1D7CE + int(symbol)) if symbol.isdecimal() else symbol for symbol in text)
    if text[middle].isdecimal():
        yield put(text, middle, chr(0x0660 + int(text[middle])))
        yield put(text, middle, chr(0x1D7E2 + int(text[middle])))
    yield put(wide(text), middle, rng.choice(OUTSIDE))

"""Let Python libraries verify our documents, and sign some for us to verify.

    python reference.py < questions.json > answers.json

joserfc does everything for EdDSA. No JOSE library knows SM2-SM3: there gmssl
signs and verifies, and the compact form around it is put together here.
reference.mjs takes the same questions and gives answers of the same form:

    {"verify": [{"token", "jwk", "alg"}], "sign": [{"jwk", "alg", "header", "payload"}]}
    {"libraries": {alg: "name version"}, "verify": [{"ok", "payload" or "why"}],
     "sign": [{"token"}]}
"""

import json
import sys
import warnings
from base64 import urlsafe_b64decode, urlsafe_b64encode
from importlib.metadata import version
from secrets import randbelow

from gmssl.sm2 import CryptSM2, default_ecc_table
from joserfc import jws
from joserfc.errors import SecurityWarning
from joserfc.jwk import OKPKey

ORDER = int(default_ecc_table["n"], 16)

# Documents say EdDSA, as in RFC 8037; RFC 9864 would rather have them say Ed25519.
warnings.filterwarnings("ignore", "EdDSA is deprecated", SecurityWarning)


def verify_eddsa(token, jwk):
    """The payload, by joserfc."""
    return jws.deserialize_compact(token, OKPKey.import_key(jwk), algorithms=["EdDSA"]).payload


def sign_eddsa(header, payload, jwk):
    """The token, by joserfc."""
    return jws.serialize_compact(header, payload, OKPKey.import_key(jwk), algorithms=["EdDSA"])


def encode(data):
    """base64url without padding."""
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def decode(text):
    """The bytes of base64url, which Python would also take with other characters in it."""
    data = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if encode(data) != text:
        raise ValueError("not canonical base64url")
    return data


def hexadecimal(text, length):
    """The hexadecimal digits that gmssl works on; it cuts them by position."""
    data = decode(text)
    if len(data) != length:
        raise ValueError(f"{len(data)} bytes where {length} belong")
    return data.hex()


def sm2_key(jwk):
    """A key of gmssl, whose own user id is 1234567812345678."""
    private = hexadecimal(jwk["d"], 32) if "d" in jwk else None
    key = CryptSM2(private_key=private, public_key="")
    # Not through the constructor: it strips every leading 0 and 4 of a key that begins with 04.
    key.public_key = hexadecimal(jwk["x"], 32) + hexadecimal(jwk["y"], 32)
    return key


def sm2_numbers_in_range(signature):
    """The first steps of verification in GB/T 32918.2, which gmssl leaves out."""
    return all(0 < int(number, 16) < ORDER for number in (signature[:64], signature[64:]))


def verify_sm2(token, jwk):
    """The payload, by gmssl."""
    signing_input, _, signature = token.rpartition(".")
    header, payload = signing_input.split(".")
    members = json.loads(decode(header))
    if members["alg"] != "SM2-SM3" or "crit" in members:
        raise ValueError("header of something else")
    signature = hexadecimal(signature, 64)
    fits = sm2_numbers_in_range(signature) and sm2_key(jwk).verify_with_sm3(signature, signing_input.encode())
    if not fits:
        raise ValueError("signature does not fit")
    return decode(payload)


def sign_sm2(header, payload, jwk):
    """The token, by gmssl, with a nonce that is chosen well; its own is not."""
    header = json.dumps(header, separators=(",", ":"), ensure_ascii=False)
    signing_input = f"{encode(header.encode())}.{encode(payload.encode())}"
    key = sm2_key(jwk)
    signature = None
    while signature is None:
        signature = key.sign_with_sm3(signing_input.encode(), f"{1 + randbelow(ORDER - 1):064x}")
    return f"{signing_input}.{encode(bytes.fromhex(signature))}"


ALGORITHMS = {
    "EdDSA": ("joserfc", verify_eddsa, sign_eddsa),
    "SM2-SM3": ("gmssl", verify_sm2, sign_sm2),
}


def algorithm(question):
    """What answers a question; one that nothing answers ends the program."""
    name = question["alg"]
    if name not in ALGORITHMS:
        sys.exit(f"no library for {name}")
    return ALGORITHMS[name]


def verified(question):
    """The answer to a question of `verify`."""
    _, verify, _ = algorithm(question)
    try:
        return {"ok": True, "payload": verify(question["token"], question["jwk"]).decode()}
    except Exception as error:  # whatever it raises is its answer
        return {"ok": False, "why": f"{type(error).__name__}: {error}"}


def signed(question):
    """The answer to a question of `sign`."""
    _, _, sign = algorithm(question)
    return {"token": sign(question["header"], question["payload"], question["jwk"])}


def main():
    questions = json.load(sys.stdin.buffer)
    answers = {
        "libraries": {name: f"{library} {version(library)}" for name, (library, _, _) in ALGORITHMS.items()},
        "verify": [verified(question) for question in questions["verify"]],
        "sign": [signed(question) for question in questions["sign"]],
    }
    json.dump(answers, sys.stdout)


if __name__ == "__main__":
    main()

"""Holds a server against its OpenAPI document: run.py API DATA

schemathesis makes the requests. The last line printed begins with how many;
anything it finds, and any part of it that did not run, ends with 1.
"""

import json
import os
import subprocess
import sys
import urllib.request
from base64 import urlsafe_b64decode
from pathlib import Path
from urllib.parse import quote

HERE = Path(__file__).resolve().parent
# For whom a proxy vouches; nothing is recorded about them.
PERSON = "11010519491231002X"
PHASES = ["examples", "coverage", "fuzzing", "stateful"]


def main():
    api, data = sys.argv[1], Path(sys.argv[2]).resolve()
    path = data / "schemathesis.json"
    path.unlink(missing_ok=True)
    program = Path(sys.executable).with_name("schemathesis")
    headers = {"x-person": PERSON, "origin": api}
    codes = some_codes(api)
    lists = [item["id"] for item in get(api, "/v1/lists")["items"]]
    known = {
        "CREDIT_API_DATA": str(data),
        "CREDIT_API_LISTS": " ".join(lists),
        "CREDIT_API_CURSORS": " ".join(cursors(api)),
        "CREDIT_API_REPORTS": " ".join(reports(api, codes)),
        "CREDIT_API_SHARES": " ".join(shares(api, codes)),
        "CREDIT_API_CONSENT": get(api, "/v1/self-queries")["consent"]["version"],
        "SCHEMATHESIS_HOOKS": str(HERE / "hooks.py"),
    }
    options = [option for name, value in headers.items() for option in ("--header", f"{name}: {value}")]
    options += ["--checks", "all", "--phases", ",".join(PHASES), "--report", "json", "--report-json-path", path]
    ended = subprocess.run(
        [program, "--config-file", HERE / "schemathesis.toml", "--no-color", "run", f"{api}/v1/openapi.json", *options],
        env=os.environ | known,
        # What it keeps between runs is of no use to the next.
        cwd=data,
    )
    if not path.is_file():
        sys.exit("schemathesis left no report")
    report = json.loads(path.read_text(encoding="utf-8"))
    faults = list(shortcomings(report))
    for fault in faults:
        print(fault)
    if ended.returncode != 0 or faults:
        sys.exit(1)
    operations = report["operations"]
    print(f"{report['test_cases']['generated']} requests to {operations['tested']} operations held")


def ask(api, path, content=None):
    body = content and json.dumps(content).encode()
    request = urllib.request.Request(api + path, body, {"content-type": "application/json"})
    with urllib.request.urlopen(request) as answer:
        return answer.read()


def get(api, path):
    return json.loads(ask(api, path))


def some_codes(api):
    codes = [item["code"] for item in get(api, "/v1/search?q=9112&limit=5")["items"]]
    if not codes:
        sys.exit("the server knows nobody")
    return codes


def reports(api, codes):
    """Numbers of reports, as the reports say them."""
    for code in codes:
        claims = ask(api, f"/v1/subjects/{code}/report").split(b".")[1]
        yield json.loads(urlsafe_b64decode(claims + b"=="))["credentialSubject"]["number"]


def shares(api, codes):
    for code in codes:
        content = {"code": code, "purpose": "tender", "days": 30}
        yield json.loads(ask(api, "/v1/shares", content))["share"]


def cursors(api):
    """Of searches by name and by a part of a code."""
    for query in ["gs", "9112", quote("有限公司")]:
        page = get(api, f"/v1/search?q={query}&limit=1")
        if page["next"]:
            yield page["next"]


def shortcomings(report):
    """What a run without findings may still have left out."""
    operations = report["operations"]
    if not report["complete"] or operations["tested"] == 0 or operations["tested"] != operations["total"]:
        yield f"not everything was tested: {operations}"
    for phase in PHASES:
        if report["phases"][phase]["status"] != "success":
            yield f"phase {phase}: {report['phases'][phase]}"
    for operation in report["valid_rates"]:
        rates = report["valid_rates"][operation].values()
        if not any(rate["accepted"] for rate in rates):
            yield f"{operation} accepted nothing"


main()

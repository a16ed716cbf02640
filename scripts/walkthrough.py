"""The main job end to end on real input, over the API and the pages, with two different people.

Starts a server of its own on a throw-away folder, imports the published OFAC and UN lists, submits four customers and
drives each to its end. Prints each step with its time; exits non-zero where anything differs from what is expected.
Names are taken from the list files at run time.
"""

import argparse
import csv
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

HOME = Path(__file__).resolve().parent.parent
SHARED = HOME.parent / "shared" / "data"
PASSWORD = "probity-demo-2026"
PATIENCE = 60
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Differs(Exception):
    """Something is not as expected."""


class Walk:
    """Prints steps with their time and holds what is true against what is expected."""

    def __init__(self) -> None:
        self.started = time.monotonic()

    @contextmanager
    def step(self, told: str) -> Iterator[None]:
        before = time.monotonic()
        yield
        print(f"{time.monotonic() - self.started:7.2f} s  (+{time.monotonic() - before:5.2f})  {told}", flush=True)


def expect(holds: bool, told: str) -> None:
    if not holds:
        raise Differs(told)


class Person:
    """Somebody in a browser: pages, forms with their tokens, and the API under the same session."""

    def __init__(self, url: str, username: str) -> None:
        self.client = httpx.Client(base_url=url, follow_redirects=True, timeout=30)
        page = self.client.get("/accounts/login/")
        found = _TOKEN.search(page.text)
        self.token = found[1] if found else ""
        self.post("/accounts/login/", {"username": username, "password": PASSWORD}, look_for="Sign out")

    def see(self, path: str, *texts: str) -> str:
        page = self.client.get(path)
        expect(page.status_code == 200, f"{path} answers {page.status_code}")
        for text in texts:
            expect(text in page.text, f"{path} does not show “{text}”")
        return page.text

    def post(self, path: str, data: dict[str, Any], look_for: str = "", status: int = 200) -> str:
        token = self.client.cookies.get("csrftoken") or self.token
        headers = {"X-CSRFToken": token, "Referer": str(self.client.base_url)}
        page = self.client.post(path, data=data, headers=headers)
        expect(page.status_code == status, f"POST {path} answers {page.status_code}, not {status}: {page.text[:300]}")
        expect(look_for in page.text, f"POST {path} does not answer “{look_for}”")
        return page.text

    def api(self, path: str) -> Any:
        answer = self.client.get(f"/api/v1/{path}")
        expect(answer.status_code == 200, f"GET {path} answers {answer.status_code}")
        return answer.json()


class Program:
    """The API client that submits."""

    def __init__(self, url: str, key: str) -> None:
        self.client = httpx.Client(base_url=f"{url}/api/v1", headers={"Authorization": f"Bearer {key}"}, timeout=30)

    def submit(self, customer: dict[str, Any], files: list[Path]) -> dict[str, Any]:
        parts: list[Any] = [("documents", (file.name, file.read_bytes())) for file in files]
        parts.append(("submission", (None, json.dumps({"customer": customer}))))
        answer = self.client.post("/submissions", files=parts, headers={"Idempotency-Key": customer["external_id"]})
        expect(answer.status_code == 202, f"the submission answers {answer.status_code}: {answer.text}")
        body: dict[str, Any] = answer.json()
        return body

    def wait(self, submission: dict[str, Any], state: str) -> dict[str, Any]:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            body: dict[str, Any] = self.client.get(f"/submissions/{submission['id']}").json()
            if body["state"] == state:
                return body
            time.sleep(0.1)
        raise Differs(f"{submission['case_number']} is {body['state']} after {PATIENCE} s, not {state}")


@contextmanager
def server(folder: str) -> Iterator[str]:
    """A server of its own with the demonstration's people; ends it with Ctrl-C and expects a clean end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    models = os.environ.get("PROBITY_DATA_DIR", str(HOME / "var"))
    environment = {
        **os.environ, "PROBITY_DATA_DIR": folder, "PROBITY_STATIC_ROOT": f"{models}/static",
        "PROBITY_MRZ_MODEL": os.environ.get("PROBITY_MRZ_MODEL", f"{models}/models/mrz.traineddata"), "PROBITY_LOG_LEVEL": "WARNING",
    }  # fmt: skip
    command = [sys.executable, "manage.py", "serve", "--demo", "--port", str(port)]
    process = subprocess.Popen(command, cwd=HOME, env=environment, stdout=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                if httpx.get(f"{url}/healthz").status_code == 200:
                    break
            except httpx.TransportError:
                time.sleep(0.1)
        yield url
    finally:
        process.send_signal(2)
        code = process.wait(30)
    expect(code == 0, f"the server ended with {code}")


def import_lists(folder: str) -> None:
    environment = {**os.environ, "PROBITY_DATA_DIR": folder, "PROBITY_LOG_LEVEL": "WARNING"}
    for name, path in (("ofac_sdn", "lists/ofac_2024-01-11"), ("un_xml", "lists/un/un_2026-02.xml")):
        command = [sys.executable, "manage.py", "import_list", name, str(SHARED / path), "--activate"]
        subprocess.run(command, cwd=HOME, env=environment, check=True, stdout=subprocess.DEVNULL)


def listed_person() -> tuple[str, str]:
    """(an alias of a listed person with one letter doubled, the entry's id) from the OFAC files."""
    folder = SHARED / "lists" / "ofac_2024-01-11"
    people = {
        row[0]
        for row in csv.reader((folder / "sdn.csv").open(errors="replace"))
        if len(row) > 2 and row[2].strip() == "individual"
    }
    for row in csv.reader((folder / "alt.csv").open(errors="replace")):
        if row[0] in people and row[2].strip() == "aka" and len(row[3].split()) == 3 and len(row[3]) > 18:
            last, _, first = row[3].partition(", ")
            word = max(f"{first} {last}".split(), key=len)
            return f"{first} {last}".replace(word, word[:3] + word[3] + word[3:]).title(), row[0]
    raise Differs("the OFAC files hold no alias of three words")


def decide(case_id: str, analyst: Person, reviewer: Person, kind: str, reason: str) -> None:
    """The analyst proposes, may not approve; somebody else approves."""
    case = analyst.api(f"cases/{case_id}")
    data = {
        "kind": kind,
        "reason_code": reason,
        "rationale": "Walked through with the evidence at hand.",
        "version": case["version"],
    }
    analyst.post(f"/cases/{case_id}/decisions/", data, look_for="somebody else must approve")
    decision = analyst.api(f"cases/{case_id}")["decisions"][0]["id"]
    analyst.post(f"/cases/decisions/{decision}/approve/", {}, status=403)
    reviewer.see(f"/cases/{case_id}/", "Proposed:", "The evidence is unchanged")
    reviewer.post(f"/cases/decisions/{decision}/approve/", {"note": "agreed"}, look_for="the case is closed")


def claim(submission: dict[str, Any], person: Person) -> str:
    """The case of a submission, found in the queue and claimed."""
    case_id = next(
        row["id"] for row in person.api("cases?page_size=200")["results"] if row["number"] == submission["case_number"]
    )
    person.see("/cases/?view=open", submission["case_number"])
    person.post(f"/cases/{case_id}/claim/", {}, look_for="Propose a decision")
    return str(case_id)


def dispose(case: dict[str, Any], person: Person, disposition: str, reason: str) -> None:
    """Every open hit of the case's customer, looked at and decided on its page."""
    for hit in person.api(f"hits?customer={case['customer_id']}&page_size=100")["results"]:
        person.see(f"/screening/hits/{hit['id']}/", "Verdict", "Listed")
        data = {"disposition": disposition, "reason_code": reason, "rationale": "Compared field by field."}
        person.post(f"/screening/hits/{hit['id']}/disposition/", data, look_for="The hit is decided")


def clean_customer(walk: Walk, program: Program, analyst: Person, reviewer: Person) -> str:
    """The number of its case, which ends decided."""
    customer = {
        "external_id": "WALK-A", "kind": "person", "given_names": "Jane", "surname": "Citizen", "birth_date": "1984-06-07",
        "nationalities": ["AU"], "product": "savings", "channel": "branch", "occupation": "teacher",
    }  # fmt: skip
    with walk.step("(a) a clean customer with a passport: accepted"):
        submission = program.submit(customer, [SHARED / "documents/dev_set/pass_aus.jpg"])
        again = program.submit(customer, [SHARED / "documents/dev_set/pass_aus.jpg"])
        expect(again["id"] == submission["id"], "the same Idempotency-Key made a second submission")
    with walk.step("(a) read, screened, rated; its passport has expired, so a person decides"):
        body = program.wait(submission, "in_review")
        expect(body["documents"][0]["document_type"] == "passport", "the passport was not recognised")
        document = analyst.api(f"customers/{body['customer_id']}/documents")[0]
        values = {field["name"]: field["value"] for field in document["fields_read"]}
        expect(values.get("surname") == "CITIZEN" and document["mrz"]["valid"], "the passport was not read")
        expect(analyst.api(f"hits?customer={body['customer_id']}")["count"] == 0, "a clean customer has a hit")
    with walk.step("(a) the analyst looks at passport, rating and record, and proposes; the reviewer approves"):
        case_id = claim(submission, analyst)
        analyst.see(f"/documents/{document['id']}/", "CITIZEN", "doc-box", "expired")
        analyst.see(f"/customers/{body['customer_id']}/rating/", "Geography")
        analyst.see(f"/audit/streams/case:{submission['case_number']}/", "received a document")
        decide(case_id, analyst, reviewer, "approve", "identity_verified")
        told = program.wait(submission, "decided")
        expect(
            told["decision"]["kind"] == "approve" and not told["decision"]["automatic"],
            "the API shows another decision",
        )
    return str(submission["case_number"])


def alias_with_typo(walk: Walk, program: Program, analyst: Person, mlro: Person) -> None:
    name, source_id = listed_person()
    customer = {"external_id": "WALK-B", "kind": "person", "name": name, "product": "payments", "channel": "online"}
    with walk.step("(b) a customer under a listed alias with a typing error: found"):
        submission = program.submit(customer, [])
        program.wait(submission, "in_review")
        hits = analyst.api(f"hits?customer={submission['customer_id']}")["results"]
        expect(source_id in {hit["entry"]["source_id"] for hit in hits}, "the listed entry is not among the hits")
    with walk.step("(b) hits confirmed; rejected by two people"):
        case_id = claim(submission, analyst)
        dispose(submission, analyst, "true_match", "same_identity")
        decide(case_id, analyst, mlro, "reject", "sanctioned")
        expect(program.wait(submission, "decided")["decision"]["kind"] == "reject", "the API shows another decision")


def sanctioned_owner(walk: Walk, program: Program, analyst: Person, mlro: Person) -> None:
    name, source_id = listed_person()
    customer = {
        "external_id": "WALK-C", "kind": "organisation", "name": "Walkthrough Holdings Limited", "country": "MT",
        "product": "trade_finance", "channel": "intermediary",
        "owners": [{"kind": "person", "name": name, "share_percent": "75.00"}],
    }  # fmt: skip
    with walk.step("(c) an organisation with a listed owner: the owner is found"):
        submission = program.submit(customer, [])
        program.wait(submission, "in_review")
        hits = analyst.api(f"hits?customer={submission['customer_id']}")["results"]
        expect(source_id in {hit["entry"]["source_id"] for hit in hits}, "the owner's entry is not among the hits")
    with walk.step("(c) hits confirmed; a report of suspicion is approved by the MLRO and hidden from the sender"):
        case_id = claim(submission, analyst)
        dispose(submission, analyst, "true_match", "same_identity")
        for item in ("narrative", "tipping_off"):
            analyst.post(f"/cases/{case_id}/checklist/", {"code": item, "done": "on"})
        decide(case_id, analyst, mlro, "file_sar", "sanctioned")
        told = program.client.get(f"/submissions/{submission['id']}").json()
        expect(told["state"] == "in_review" and told["decision"] is None, "the sender is told of a report of suspicion")


def unreadable_document(walk: Walk, program: Program, analyst: Person, reviewer: Person) -> None:
    customer = {
        "external_id": "WALK-D",
        "kind": "person",
        "name": "Walter Weisswasser",
        "birth_date": "1990-01-01",
        "nationalities": ["DE"],
    }
    file = next(iter(sorted((SHARED / "documents/malformed/qpdf").glob("bad1.pdf"))))
    with walk.step("(d) an unreadable document: refused with a reason, the submission is kept"):
        submission = program.submit(customer, [file])
        body = program.wait(submission, "in_review")
        document = body["documents"][0]
        expect(document["state"] in {"refused", "doubtful"}, f"the document is {document['state']}")
        expect(document["state"] == "doubtful" or bool(document["message"]), "the refusal has no words")
    with walk.step("(d) rejected for its documents by two people"):
        case_id = claim(submission, analyst)
        dispose(submission, analyst, "false_positive", "other_name")
        decide(case_id, analyst, reviewer, "reject", "documents_not_acceptable")
        expect(program.wait(submission, "decided")["decision"]["kind"] == "reject", "the API shows another decision")


def evidence(walk: Walk, folder: str, number: str) -> None:
    """The pack of a decided case, verified as whoever has only Python and `cryptography` would, in an empty folder."""
    pack = Path(folder) / "evidence.zip"
    with walk.step(f"(e) the evidence of {number} is exported and verifies by itself"):
        command = [sys.executable, "manage.py", "export_evidence", number, "--output", str(pack)]
        environment = {**os.environ, "PROBITY_DATA_DIR": folder, "PROBITY_LOG_LEVEL": "WARNING"}
        subprocess.run(command, cwd=HOME, env=environment, check=True, stdout=subprocess.DEVNULL)
        expect(verified(pack) == 0, "the pack does not verify")
    with walk.step("(e) one flipped byte in it is found"):
        content = bytearray(pack.read_bytes())
        content[len(content) // 2] ^= 1
        pack.write_bytes(content)
        expect(verified(pack) != 0, "a flipped byte was not found")


def verified(pack: Path) -> int:
    """The exit code of the pack's own verifier, run alone."""
    with tempfile.TemporaryDirectory() as alone:
        verifier = Path(alone) / "verify.py"
        verifier.write_bytes((HOME / "reporting/evidence/verify.py").read_bytes())
        command = [sys.executable, "-I", str(verifier), str(pack)]
        return subprocess.run(command, cwd=alone, env={}, check=False, capture_output=True).returncode


def main() -> int:
    argparse.ArgumentParser(description=__doc__).parse_args()
    if not SHARED.is_dir():
        print(f"The walkthrough needs the published data at {SHARED}.", file=sys.stderr)
        return 2
    walk = Walk()
    try:
        with tempfile.TemporaryDirectory() as folder, server(folder) as url:
            with walk.step("the server answers"):
                pass
            with walk.step("OFAC and UN lists imported"):
                import_lists(folder)
            program = Program(url, (Path(folder) / "demo-api-key").read_text().strip())
            analyst, reviewer, mlro = (Person(url, name) for name in ("ana.analyst", "rui.reviewer", "mila.mlro"))
            decided = clean_customer(walk, program, analyst, reviewer)
            alias_with_typo(walk, program, analyst, mlro)
            sanctioned_owner(walk, program, analyst, mlro)
            unreadable_document(walk, program, analyst, reviewer)
            evidence(walk, folder, decided)
    except Differs as error:
        print(f"DIFFERS: {error}", file=sys.stderr)
        return 1
    print("Everything is as expected.")
    return 0


if __name__ == "__main__":
    sys.exit(main())

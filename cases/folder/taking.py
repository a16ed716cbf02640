"""Taking in what lies in a watched folder. A find and its ledger entry are one transaction: stopped half way, it is
found again; started twice, it is known.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from django.db import IntegrityError, transaction
from rest_framework.exceptions import ValidationError

from accounts.models import ApiClient
from cases.folder.finds import Find, FoundFile, Report, digest_of, finds_in
from cases.models import Submission
from cases.serializers import SubmissionInput
from cases.services import NewDocument, open_case
from core.exceptions import ProbityError
from customers.models import Customer
from customers.selectors import customer_by_external_id
from documents.enums import FolderOutcome
from documents.extraction.limits import MAX_BYTES
from documents.selectors import folder_receipts
from documents.services import add_document, note_folder_receipt

_LONGEST_MANIFEST = 1024 * 1024


def ingest_folder(folder: Path, client: ApiClient, *, settle: float = 2.0) -> Iterator[Report]:
    """Takes what is new, as `client`, and reports on every file.

    A folder named by an external id with a `submission.json` (the body of `POST /submissions`) opens a case with the
    other files as its documents; without one, its files are further documents of the customer the client knows by that
    id. Later files of a folder whose manifest was taken are further documents too.
    """
    for find in finds_in(folder, settle):
        if not find.is_settled:
            yield Report(find.external_id, "waiting", "Somebody may still be writing here.")
            continue
        yield from _taken(folder, find, client)


def _taken(folder: Path, find: Find, client: ApiClient) -> Iterator[Report]:
    contents: dict[FoundFile, bytes] = {}
    for file in (*find.files, *([find.manifest] if find.manifest else [])):
        try:
            contents[file] = file.read(MAX_BYTES)
        except OSError:
            yield Report(_shown(folder, file), "waiting", "The file cannot be opened.")
    digests = {file: digest_of(client.pk, find.external_id, content) for file, content in contents.items()}
    known = {digest: receipt.told for digest, receipt in folder_receipts(digests.values()).items()}
    fresh: dict[FoundFile, bytes] = {}
    for file, content in contents.items():
        if digests[file] in known:
            yield Report(_shown(folder, file), "known", known[digests[file]])
        else:
            fresh[file] = content
            known[digests[file]] = "The same content as another file here."
    if find.manifest in fresh:
        yield from _submitted(folder, find, fresh, digests, client)
        return
    customer = customer_by_external_id(client, find.external_id)
    for file, content in fresh.items():
        yield _attached(folder, file, content, digests[file], customer, client)


def _submitted(
    folder: Path, find: Find, fresh: dict[FoundFile, bytes], digests: dict[FoundFile, str], client: ApiClient
) -> Iterator[Report]:
    """One case for the manifest with every new file beside it, or one refusal that waits for a better manifest."""
    assert find.manifest is not None
    documents = [NewDocument(file.name, content) for file, content in fresh.items() if file is not find.manifest]
    try:
        with transaction.atomic():
            submission = _opened(fresh[find.manifest], find.external_id, documents, client)
            told = f"case {submission.case.number}"
            for file in fresh:
                _note(folder, file, digests[file], FolderOutcome.TAKEN, told)
    except (ProbityError, ValidationError, ValueError) as error:
        told = _fault(error)
        _note(folder, find.manifest, digests[find.manifest], FolderOutcome.REFUSED, told)
        yield Report(_shown(folder, find.manifest), "refused", told)
    except IntegrityError:
        yield Report(_shown(folder, find.manifest), "known", "Another process took it just now.")
    else:
        yield from (Report(_shown(folder, file), "taken", told) for file in fresh)


def _opened(manifest: bytes, external_id: str, documents: list[NewDocument], client: ApiClient) -> Submission:
    if len(manifest) > _LONGEST_MANIFEST:
        raise ValueError("the manifest is larger than 1 MB")
    data = json.loads(manifest)
    serializer = SubmissionInput(data=data)
    serializer.is_valid(raise_exception=True)
    if data["customer"].get("external_id") != external_id:
        raise ValueError("the manifest's external_id is not the name of its folder")
    return open_case(data=serializer.to_new_submission(documents), by=client.actor)


def _attached(
    folder: Path, file: FoundFile, content: bytes, digest: str, customer: Customer | None, client: ApiClient
) -> Report:
    if customer is None:
        return Report(_shown(folder, file), "waiting", "No customer of this external id is known yet.")
    try:
        with transaction.atomic():
            document = add_document(customer=customer, content=content, filename=file.name, by=client.actor)
            told = f"document {document.pk}"
            _note(folder, file, digest, FolderOutcome.TAKEN, told)
    except ProbityError as error:
        _note(folder, file, digest, FolderOutcome.REFUSED, _fault(error))
        return Report(_shown(folder, file), "refused", _fault(error))
    except IntegrityError:
        return Report(_shown(folder, file), "known", "Another process took it just now.")
    return Report(_shown(folder, file), "taken", told)


def _note(folder: Path, file: FoundFile, digest: str, outcome: FolderOutcome, told: str) -> None:
    note_folder_receipt(digest=digest, path=_shown(folder, file), outcome=outcome, told=told)


def _shown(folder: Path, file: FoundFile) -> str:
    return str(file.path.relative_to(folder))


def _fault(error: Exception) -> str:
    """What is wrong with it, as places and rules; never a value of the manifest."""
    if isinstance(error, ProbityError):
        return " ".join([error.message, *(f"{fault.pointer} {fault.message}." for fault in error.faults)])
    if isinstance(error, ValidationError):
        return f"The manifest is not valid: {', '.join(_places(error.detail))}."
    return "The manifest is not JSON." if isinstance(error, json.JSONDecodeError) else f"Refused: {error}."


def _places(detail: object, path: str = "") -> Iterator[str]:
    if isinstance(detail, dict):
        for name, inner in detail.items():
            yield from _places(inner, f"{path}/{name}")
    elif isinstance(detail, list) and any(isinstance(item, dict) for item in detail):
        for number, inner in enumerate(detail):
            yield from _places(inner, f"{path}/{number}")
    elif detail:
        yield path or "/"

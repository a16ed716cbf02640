"""The virus scanner's protocol, and what its answers do to a document."""

from pathlib import Path

import pytest
from pytest_django import Settings

from documents.enums import DocumentState, VirusScan
from documents.safety.clamd import ScannerUnavailable, scan
from documents.selectors import outcomes_of
from documents.steps import VerifyDocument
from tests.documents.test_steps import context_of, run_step
from tests.factories.customers import make_customer
from tests.factories.documents import make_document, make_pdf
from tests.fakes.clamd import EICAR, fake_clamd
from workflows.exceptions import StepFailed


def test_clean_file_is_clean_over_tcp_and_over_a_unix_socket(tmp_path: Path) -> None:
    with fake_clamd() as address:
        assert scan(bytes(200_000), address, 5).is_clean
    with fake_clamd(path=tmp_path / "clamd.sock") as address:
        assert scan(b"", address, 5).is_clean


def test_test_virus_is_found_by_its_name() -> None:
    with fake_clamd() as address:
        assert scan(b"before " + EICAR, address, 5).signature == "Eicar-Test-Signature"


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR", b"", b"maybe"])
def test_answer_that_is_no_verdict_is_never_a_pass(answer: bytes) -> None:
    with fake_clamd(answer or b" ") as address, pytest.raises(ScannerUnavailable):
        scan(b"x", address, 5)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "unix:///nowhere/clamd.sock", "clamd", "tcp://"])
def test_scanner_that_is_not_there_is_unavailable(address: str) -> None:
    with pytest.raises(ScannerUnavailable):
        scan(b"x", address, 1)


@pytest.mark.django_db
def test_infected_document_is_refused_unopened_with_words(settings: Settings) -> None:
    document = make_document(make_customer(), make_pdf("Electricity bill") + EICAR)
    with fake_clamd() as address:
        settings.CLAMD_ADDRESS = address
        run_step(document.customer)
    document.refresh_from_db()
    assert (document.state, document.virus_scan) == (DocumentState.REFUSED, VirusScan.INFECTED)
    assert "virus scanner" in outcomes_of(document)[0].sentence
    assert not document.pages.exists()


@pytest.mark.django_db
def test_document_waits_while_the_scanner_is_away_and_is_read_when_it_is_back(settings: Settings) -> None:
    document = make_document(make_customer(), b"junk")
    settings.CLAMD_ADDRESS = "tcp://127.0.0.1:1"
    with pytest.raises(StepFailed, match="scanner") as failure:
        VerifyDocument().work(context_of(document.customer))
    assert failure.value.retry
    document.refresh_from_db()
    assert document.state == DocumentState.STORED
    with fake_clamd() as address:
        settings.CLAMD_ADDRESS = address
        run_step(document.customer)
    document.refresh_from_db()
    assert document.virus_scan == VirusScan.CLEAN

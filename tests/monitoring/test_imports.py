"""Files in the browser: looked at first, columns mapped, taken in by a worker, rejected rows as a file."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.enums import Role
from monitoring.models import ColumnMapping, FileImport, ProcessEvent, Transaction
from tests.factories.accounts import make_person
from tests.factories.customers import make_customer
from tests.factories.monitoring import make_row
from tests.monitoring.intake.test_formats import MT940, XES
from workflows.long_work import run_work
from workflows.models import LongWork

pytestmark = pytest.mark.django_db


@pytest.fixture
def analyst(client):
    client.force_login(make_person())
    return client


def _url(name, *args):
    return reverse(f"monitoring:{name}", args=args)


def _upload(client, content, name="t.csv", **told):
    data = content if isinstance(content, bytes) else content.encode()
    answer = client.post(_url("import_list"), {"file": SimpleUploadedFile(name, data), **told}, follow=True)
    return FileImport.objects.first(), answer.content.decode()


def _take_in(client, item):
    client.post(_url("import_start", item.pk))
    run_work(LongWork.objects.latest("created_at").pk)
    item.refresh_from_db()
    return item.ingest


def test_upload_is_shown_as_it_will_be_understood_and_then_taken_in(analyst):
    row = make_row(make_customer())
    lines = [
        row,
        row | {"external_id": "T2", "amount": "-3"},
        row | {"external_id": "T3", "customer_external_id": "nobody"},
    ]
    content = "\n".join([",".join(row), *(",".join(line.values()) for line in lines)])
    item, page = _upload(analyst, content)
    assert "2 would be rejected" in page
    assert "is not above zero" in page
    assert "is not a customer known here" in page
    ingest = _take_in(analyst, item)
    assert (ingest.accepted, ingest.rejected_count, item.state, item.path) == (1, 2, "done", "")
    errors = b"".join(analyst.get(_url("ingest_errors", ingest.pk)).streaming_content).decode()
    assert errors.splitlines()[1].startswith("3,/amount,is not above zero")
    assert "nobody" in errors
    assert "Error file" in analyst.get(_url("import_detail", item.pk)).content.decode()


def test_the_same_file_again_doubles_nothing(analyst):
    sender, receiver = make_customer(), make_customer()
    line = f"45,TRANSFER,213.59,{sender.external_id},{receiver.external_id}"
    content = f"step,type,amount,nameOrig,nameDest\n{line}\n{line}\n"
    for accepted in (4, 0):  # two equal payments, each seen from both sides
        item, page = _upload(analyst, content)
        assert "PaySim" in page
        assert _take_in(analyst, item).accepted == accepted
    assert sorted(Transaction.objects.values_list("direction", flat=True)) == ["in", "in", "out", "out"]


def test_columns_are_mapped_and_the_mapping_is_saved_by_version(analyst):
    customer = make_customer()
    item, page = _upload(analyst, "nr;day;value;cur;sign\n7;31.01.2025;12.50;EUR;out\n")
    assert "is missing" in page
    told = {"target": "transactions", "c_external_id": "nr", "c_booked_at": "day", "t_booked_at": "%d.%m.%Y",
            "c_amount": "value", "c_currency": "cur", "c_direction": "sign",
            "customer_external_id": customer.external_id, "save_as": "House bank"}  # fmt: skip
    analyst.post(_url("import_map", item.pk), {"target": "transactions"})
    for _ in range(2):
        page = analyst.post(_url("import_map", item.pk), told, follow=True).content.decode()
    assert "0 would be rejected" in page
    assert list(ColumnMapping.objects.values_list("number", flat=True)) == [2, 1]
    assert _take_in(analyst, item).accepted == 1
    again, _ = _upload(
        analyst, "nr;day;value;cur;sign\n8;31.01.2025;1;EUR;in\n", customer_external_id=customer.external_id
    )
    saved = ColumnMapping.objects.first()
    page = analyst.post(_url("import_map", again.pk), {"base": f"saved:{saved.pk}", "target": again.target,
                        "customer_external_id": customer.external_id}, follow=True)  # fmt: skip
    assert "0 would be rejected" in page.content.decode()


def test_renamed_values_of_a_saved_mapping_are_edited_on_the_page(analyst):
    customer = make_customer()
    item, _ = _upload(analyst, "external_id,booked_at,amount,currency,direction\n7,2025-01-31,12.50,Euro,Soll\n")
    cells = ("external_id", "booked_at", "amount", "currency", "direction")
    told = {f"c_{name}": name for name in cells} | {
        "target": "transactions", "customer_external_id": customer.external_id, "save_as": "Bank",
        "v_currency": "Euro = EUR", "v_direction": "Haben = in\nSoll = out",
    }  # fmt: skip
    page = analyst.post(_url("import_map", item.pk), told, follow=True).content.decode()
    assert "0 would be rejected" in page
    assert "Soll = out" in page
    saved = ColumnMapping.objects.get()
    assert saved.definition["values"] == {"currency": {"Euro": "EUR"}, "direction": {"Haben": "in", "Soll": "out"}}
    wrong = analyst.post(_url("import_map", item.pk), told | {"v_currency": "Euro"})
    assert (wrong.status_code, "is no pair" in wrong.content.decode()) == (422, True)
    analyst.post(_url("import_map", item.pk), told | {"v_currency": "Euro = EUR\nFranken = CHF"})
    assert ColumnMapping.objects.first().definition["values"]["currency"] == {"Euro": "EUR", "Franken": "CHF"}
    assert _take_in(analyst, item).accepted == 1


def test_entries_of_a_log_that_names_nobody_get_the_operator_that_was_named(analyst):
    customer = make_customer()
    log = XES.replace('<string key="org:resource" value="OP1"/>', "")
    item, page = _upload(analyst, log, "log.xes", customer_external_id=customer.external_id)
    assert "1 would be rejected" in page
    told = {"customer_external_id": customer.external_id, "operator_id": "MES"}
    assert "0 would be rejected" in analyst.post(_url("import_map", item.pk), told, follow=True).content.decode()
    assert _take_in(analyst, item).accepted == 1
    assert ProcessEvent.objects.get().operator_id == "MES"


def test_statement_finds_its_customer_by_the_account(analyst):
    make_customer().__class__.objects.update(external_id="DE89370400440532013000")
    item, _ = _upload(analyst, MT940, "s.sta")
    assert _take_in(analyst, item).accepted == 2


def test_process_log_is_taken_in_for_the_customer_that_was_named(analyst):
    customer = make_customer()
    item, _ = _upload(analyst, XES, "log.xes", customer_external_id=customer.external_id)
    assert _take_in(analyst, item).accepted == 1
    assert ProcessEvent.objects.get().customer == customer


def test_import_taken_up_again_counts_rejected_rows_once(analyst):
    item, _ = _upload(analyst, "external_id,direction,amount,currency,booked_at\n1,in,x,EUR,2025-01-01\n")
    analyst.post(_url("import_start", item.pk))
    work = LongWork.objects.get()
    run_work(work.pk)
    FileImport.objects.update(path=item.path)
    item.refresh_from_db()
    assert item.ingest.rejected_lines.count() == item.ingest.rejected_count == 1


def test_file_of_no_known_format_is_told_with_what_is_known(analyst):
    page = analyst.post(_url("import_list"), {"file": SimpleUploadedFile("t.pdf", b"%PDF-1.7")})
    assert page.status_code == 422
    assert "is of no format that is known" in page.content.decode()
    assert not FileImport.objects.exists()


def test_file_that_was_only_looked_at_can_be_forgotten(analyst, settings):
    item, _ = _upload(analyst, "external_id,amount\n1,2\n")
    analyst.post(_url("import_drop", item.pk))
    item.refresh_from_db()
    assert item.state == "dropped"
    assert "Forgotten" in analyst.get(_url("import_detail", item.pk)).content.decode()


def test_imports_without_permission_are_refused(client):
    client.force_login(make_person(Role.AUDITOR))
    assert client.get(_url("import_list")).status_code == 403

"""Formats of files: each known by its own, read to cells, and broken ones refused."""

import gzip
from pathlib import Path

import pytest

from core.exceptions import InvalidInput
from monitoring.intake.formats import format_of, formats
from monitoring.intake.targets import TARGETS, recognised

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"
PACS = """<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08"><FIToFICstmrCdtTrf><GrpHdr>
<MsgId>M1</MsgId><CreDtTm>2025-06-01T10:00:00Z</CreDtTm></GrpHdr><CdtTrfTxInf><PmtId><EndToEndId>E1</EndToEndId></PmtId>
<IntrBkSttlmAmt Ccy="EUR">9500.00</IntrBkSttlmAmt><Dbtr><Nm>Jane Sample</Nm></Dbtr><DbtrAcct><Id><IBAN>DE89370400440532013000
</IBAN></Id></DbtrAcct><Cdtr><Nm>ACME</Nm></Cdtr><CdtrAcct><Id><Othr><Id>77</Id></Othr></Id></CdtrAcct>
<RmtInf><Ustrd>invoice 42</Ustrd></RmtInf></CdtTrfTxInf></FIToFICstmrCdtTrf></Document>"""
PAIN = """<Document><CstmrCdtTrfInitn><GrpHdr><MsgId>P1</MsgId><CreDtTm>2025-06-01T10:00:00Z</CreDtTm></GrpHdr><PmtInf>
<PmtInfId>B1</PmtInfId><ReqdExctnDt><Dt>2999-01-01</Dt></ReqdExctnDt><Dbtr><Nm>Jane</Nm></Dbtr><DbtrAcct><Id><IBAN>
DE89370400440532013000</IBAN></Id></DbtrAcct><CdtTrfTxInf><PmtId><EndToEndId>E1</EndToEndId></PmtId><Amt>
<InstdAmt Ccy="EUR">12.5</InstdAmt></Amt><Cdtr><Nm>ACME</Nm></Cdtr></CdtTrfTxInf></PmtInf></CstmrCdtTrfInitn></Document>"""
CAMT = """<Document><BkToCstmrStmt><Stmt><Id>S1</Id><Acct><Id><IBAN>DE89370400440532013000</IBAN></Id></Acct>
<Ntry><Amt Ccy="EUR">5.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><RvslInd>true</RvslInd><BookgDt><Dt>2025-06-02</Dt></BookgDt>
<NtryDtls><TxDtls><RltdPties><Dbtr><Pty><Nm>Back</Nm></Pty></Dbtr></RltdPties></TxDtls></NtryDtls></Ntry></Stmt></BkToCstmrStmt></Document>"""
MT103 = """{1:F01AAAAUSLAAXXX5195167828}{2:O1031612170425BBBBUS33BXXX01613135551704260717N}{3:{108:17}{433:/AOK/}}{4:
:20:REF1
:32A:250425USD3700,50
:50K:/DE89370400440532013000
JANE SAMPLE
BERLIN
:57A:BNPAFRPPXXX
:59:/0001
ACME
:70:INVOICE 42
-}"""
MT940 = """:20:S1
:25:DE89370400440532013000
:28C:1/1
:60F:C250601EUR100,00
:61:2506020602RD12,50NTRFNONREF//B1
:86:166?00X?20INVOICE?21 42?31FR1420041010050500013M02606?32ACME?33 SARL
:61:2506030603D1,NTRFNONREF
:62F:C250603EUR86,50
"""
XES = """<log xes.version="1.0" xmlns="http://www.xes-standard.org/"><trace><string key="concept:name" value="B1"/>
<event><string key="concept:name" value="MIX"/><string key="lifecycle:transition" value="START"/>
<date key="time:timestamp" value="2025-01-01T08:00:00Z"/></event>
<event><string key="concept:name" value="MIX"/><string key="org:resource" value="OP1"/><string key="lifecycle:transition" value="COMPLETE"/>
<date key="time:timestamp" value="2025-01-01T09:00:00Z"/></event></trace></log>"""


def _rows(tmp_path, text, name="upload"):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    told = format_of(path, name)
    return told.code, [dict(row.values) for row in told.read(path)]


def test_pacs008_is_a_payment_between_two_accounts(tmp_path):
    code, (row,) = _rows(tmp_path, PACS)
    assert code == "pacs.008"
    assert (row["transaction_id"], row["sender_country"], row["receiver_account"]) == ("M1/E1", "DE", "77")


def test_pain001_for_a_later_day_is_known_from_its_order_on(tmp_path):
    code, (row,) = _rows(tmp_path, PAIN)
    assert (code, row["timestamp"], row["amount"]) == ("pain.001", "2025-06-01T10:00:00Z", "12.5")


def test_camt053_reversed_debit_comes_in(tmp_path):
    code, (row,) = _rows(tmp_path, CAMT)
    assert (code, row["direction"], row["counterparty_name"]) == ("camt.053", "in", "Back")


def test_mt103_is_a_payment_with_a_decimal_comma(tmp_path):
    code, (row,) = _rows(tmp_path, MT103)
    assert (code, row["amount"], row["receiver_country"], row["sender_name"]) == (
        "mt103",
        "3700.50",
        "FR",
        "JANE SAMPLE",
    )


def test_mt940_lines_have_direction_and_description(tmp_path):
    code, (first, second) = _rows(tmp_path, MT940)
    assert (code, first["direction"], first["counterparty_name"]) == ("mt940", "in", "ACME SARL")
    assert (first["reference"], second["direction"], second["amount"]) == ("INVOICE 42", "out", "1")


@pytest.mark.parametrize(
    ("extra", "operator"),
    [(("<event>", '<string key="org:resource" value="TEAM"/><event>'), "TEAM"),
     (('value="START"/>', 'value="START"/><string key="org:resource" value="OP7"/>'), "OP7"),
     (("<trace>", '<global scope="event"><string key="org:resource" value="MES"/></global><trace>'), "MES"),
     (("<trace>", '<global scope="event"><string key="org:resource" value="UNKNOWN"/></global><trace>'), None)],
)  # fmt: skip
def test_xes_event_without_a_resource_takes_that_of_its_start_its_trace_or_its_log(tmp_path, extra, operator):
    log = XES.replace('<string key="org:resource" value="OP1"/>', "").replace(*extra, 1)
    _, (row,) = _rows(tmp_path, log)
    assert row.get("operator_id") == operator


def test_xes_start_and_completion_are_one_event(tmp_path):
    code, (row,) = _rows(tmp_path, gzip.compress(XES.encode()))
    assert (code, row["start_ts"][11:13], row["end_ts"][11:13], row["operator_id"]) == ("xes", "08", "09", "OP1")


@pytest.mark.parametrize(
    "content",
    [b"", b"%PDF-1.7", b"\x1f\x8bnot really", b'<!DOCTYPE a [<!ENTITY b "c">]><FIToFICstmrCdtTrf/>',
     b"<Document><BkToCstmrStmt><Stmt>", b"PAR1 and nothing"],
)  # fmt: skip
def test_broken_or_hostile_file_is_refused(tmp_path, content):
    with pytest.raises(InvalidInput):
        _rows(tmp_path, content)


@pytest.mark.parametrize(
    ("header", "name"),
    [("Timestamp,From Bank,Account,To Bank,Account_duplicated_0,Amount Paid,Payment Currency,Payment Format", "AMLworld (IBM, HI and LI)"),
     ("step,type,amount,nameOrig,nameDest", "PaySim"), ("sourceNodeId,targetNodeId,value,time", "AMLSim"),
     ("trans_id,account_id,date,type,operation,amount,balance,k_symbol,bank,account", "Berka (PKDD'99 financial data)")],
)  # fmt: skip
def test_known_header_is_recognised(header, name):
    assert recognised(header.split(","))[1].name == name


def test_real_files_are_read(tmp_path):
    if not SHARED.exists():
        pytest.skip("the shared data is not here")
    read = {}
    for place in ("xsd/iso20022/samples/test/testdata/FI_camt_053_sample.xml.xml", "xsd/mt940/mt940_tests/jejik/abnamro.sta",
                  "xsd/swift_mt/MT103-out-ack.rje", "xsd/iso20022/samples/pacs008_minimal_valid.xml"):  # fmt: skip
        path = SHARED / place
        told = format_of(path, path.name)
        shape = TARGETS[told.target].shape
        found = [shape.read(row.values)[1] for row in told.read(path)]
        read[told.code] = sum(not faults for faults in found) / len(found)
    assert set(read) <= set(formats())
    assert min(read.values()) == 1

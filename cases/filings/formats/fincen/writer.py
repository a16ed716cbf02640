"""Writes the batch: element order and indicators as the schema has them; what is not known is said to be unknown."""

from datetime import date
from typing import Any

from lxml import etree

from cases.filings.form.narrative import unmarked
from cases.filings.form.shapes import FilingData
from cases.filings.form.text import latin, parts
from cases.filings.formats.fincen.codes import asset_type_of, family_of
from cases.filings.formats.fincen.parties import write_parties
from cases.filings.formats.fincen.sheet import NAMESPACE, Sheet, day, dollars, tag

PART, MOST_PARTS = 4000, 5


def written(data: FilingData, filed_on: date) -> tuple[Any, dict[Any, str]]:
    """The document and, for each of its elements, the field it was written from."""
    sheet = Sheet()
    amount = dollars(data.activity.amount) if data.activity.amount_is == "known" else ""
    root = etree.Element(tag("EFilingBatchXML"), nsmap={"fc2": NAMESPACE})
    etree.SubElement(root, tag("FormTypeCode")).text = "SARX"
    activity = sheet.group(root, "Activity", "/report")
    if data.report.kind != "initial":
        sheet.leaf(activity, "EFilingPriorDocumentNumber", data.report.prior_number, "/report/prior_number")
    sheet.leaf(activity, "FilingDateText", day(filed_on), "/report")
    sheet.leaf(activity, "FilingInstitutionNotetoFinCEN", data.report.note, "/report/note")
    _association(sheet, activity, data)
    write_parties(sheet, activity, data)
    _suspicion(sheet, activity, data, amount)
    for place, address in enumerate(data.activity.ip_addresses):
        element = sheet.group(activity, "ActivityIPAddress", f"/activity/ip_addresses/{place}")
        sheet.leaf(element, "IPAddressText", address, "/activity/ip_addresses")
    for code in dict.fromkeys(data.activity.instruments):
        element = sheet.group(activity, "Assets", "/activity/instruments")
        sheet.leaf(element, "AssetSubtypeID", code, "/activity/instruments")
        sheet.leaf(element, "AssetTypeID", asset_type_of(code) if code.isdecimal() else code, "/activity/instruments")
    _narrative(sheet, activity, data)
    # The parties of type 33 alone (user guide 1.6, EFilingBatchXML; so does moov-io/fincen, pkg/batch); a CTR's counts all.
    subjects = len(activity.xpath("*[local-name()='Party'][*[local-name()='ActivityPartyTypeCode']='33']"))
    for name, value in (("TotalAmount", amount or "0"), ("PartyCount", subjects), ("ActivityCount", 1),
                        ("ActivityAttachmentCount", 0), ("AttachmentCount", 0)):  # fmt: skip
        root.set(name, str(value))
    return root, sheet.places


def _association(sheet: Sheet, activity: Any, data: FilingData) -> None:
    kind = data.report.kind
    element = sheet.group(activity, "ActivityAssociation", "/report/kind")
    sheet.flag(element, "ContinuingActivityReportIndicator", kind == "continuing", "/report/kind")
    sheet.flag(element, "CorrectsAmendsPriorReportIndicator", kind == "correction", "/report/kind")
    sheet.flag(element, "InitialReportIndicator", kind == "initial", "/report/kind")
    sheet.flag(element, "JointReportIndicator", data.report.joint, "/report/joint")


def _suspicion(sheet: Sheet, activity: Any, data: FilingData, amount: str) -> None:
    told = data.activity
    element = sheet.group(activity, "SuspiciousActivity", "/activity")
    sheet.flag(element, "AmountUnknownIndicator", told.amount_is == "unknown", "/activity/amount_is")
    sheet.leaf(element, "CumulativeTotalViolationAmountText", dollars(told.cumulative), "/activity/cumulative")
    sheet.flag(element, "NoAmountInvolvedIndicator", told.amount_is == "none", "/activity/amount_is")
    sheet.leaf(element, "SuspiciousActivityFromDateText", day(told.from_on), "/activity/from_on")
    sheet.leaf(element, "SuspiciousActivityToDateText", day(told.to_on), "/activity/to_on")
    sheet.leaf(element, "TotalSuspiciousAmountText", amount, "/activity/amount")
    for code in dict.fromkeys(told.classes):
        item = sheet.group(element, "SuspiciousActivityClassification", "/activity/classes")
        sheet.leaf(
            item, "OtherSuspiciousActivityTypeText", told.other if code.endswith("999") else "", "/activity/other"
        )
        sheet.leaf(item, "SuspiciousActivitySubtypeID", code, "/activity/classes")
        sheet.leaf(item, "SuspiciousActivityTypeID", family_of(code) if code.isdecimal() else code, "/activity/classes")


def narrative_text(data: FilingData) -> str:
    """The narrative as it is sent: one line of Latin text (user guide 3.2: no line ends within an element)."""
    return latin(unmarked(data.narrative))


def _narrative(sheet: Sheet, activity: Any, data: FilingData) -> None:
    for number, part in enumerate(parts(narrative_text(data), PART)[:MOST_PARTS], start=1):
        element = sheet.group(activity, "ActivityNarrativeInformation", "/narrative/text")
        sheet.leaf(element, "ActivityNarrativeSequenceNumber", str(number), "/narrative/text")
        sheet.leaf(element, "ActivityNarrativeText", part, "/narrative/text")

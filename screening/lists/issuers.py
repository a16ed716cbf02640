"""Where the issuers publish their lists: what the product offers when somebody sets up a list to be fetched."""

from dataclasses import dataclass

_OFAC = "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/"


@dataclass(frozen=True)
class Issuer:
    """A published list: its format and the addresses of its files, one a line."""

    code: str
    title: str
    format: str
    location: str
    note: str = ""


ISSUERS = (
    Issuer("ofac_sdn", "OFAC SDN", "ofac_sdn",
           "\n".join(_OFAC + name for name in ("SDN.CSV", "ALT.CSV", "ADD.CSV", "SDN_COMMENTS.CSV"))),
    Issuer("ofac_consolidated", "OFAC consolidated (non-SDN)", "ofac_sdn",
           "\n".join(_OFAC + name for name in ("CONS_PRIM.CSV", "CONS_ALT.CSV", "CONS_ADD.CSV", "CONS_COMMENTS.CSV"))),
    Issuer("ofac_sdn_advanced", "OFAC SDN (advanced)", "ofac_advanced_xml", _OFAC + "SDN_ADVANCED.XML"),
    Issuer("un", "UN Security Council", "un_xml", "https://scsanctions.un.org/resources/xml/en/consolidated.xml"),
    Issuer("eu", "EU financial sanctions", "eu_fsf_xml",
           "https://webgate.ec.europa.eu/fsd/fsf/public/files/xmlFullSanctionsList_1_1/content?token=",
           "needs the token of your EU Login at the end of the address"),
    Issuer("uk", "UK sanctions list", "uk_csv", "https://sanctionslist.fcdo.gov.uk/docs/UK-Sanctions-List.csv"),
    Issuer("canada", "Canada SEMA", "canada_sema_xml",
           "https://www.international.gc.ca/world-monde/assets/office_docs/international_relations-relations_internationales/"
           "sanctions/sema-lmes.xml"),
    Issuer("us_csl", "US consolidated screening list", "us_csl_csv",
           "https://data.trade.gov/downloadable_consolidated_screening_list/v1/consolidated.csv"),
    Issuer("opensanctions", "OpenSanctions sanctions", "opensanctions_ftm",
           "https://data.opensanctions.org/datasets/latest/sanctions/entities.ftm.json",
           "for business use OpenSanctions needs a licence"),
)  # fmt: skip

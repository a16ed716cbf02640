"""List formats: one file each, registered on import. No Django."""

from screening.lists import internal_csv, ofac_sdn, un_xml

__all__ = ["internal_csv", "ofac_sdn", "un_xml"]

"""Pages of filings. Everything answers 404 to those who may not know of reports."""

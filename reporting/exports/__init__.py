"""Exports: tables that leave the product as CSV or XLSX, and the figures of a period for the board. One file a kind."""

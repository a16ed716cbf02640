"""Formats of filings: what writes the XML of a receiver, and says what is wrong in the words of the form.

One folder each; a format registers itself, and adding one touches no other file. Pure: the database is not known here.
"""

"""The customer index: which customers bear names like those of a changed list entry. Pure Python and numpy.

It only finds candidates, generously; whether a candidate matches is decided by the engine, as when the customer was
screened at first. `index` is the search, `building` makes its arrays from names, `storage` keeps them in a folder.
"""

from screening.reverse.building import CustomerName, build_customer_index
from screening.reverse.index import CustomerIndex
from screening.reverse.storage import load_customer_index, save_customer_index

__all__ = ["CustomerIndex", "CustomerName", "build_customer_index", "load_customer_index", "save_customer_index"]

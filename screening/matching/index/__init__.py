"""The index of listed names: compact arrays in one file, memory-mapped, so that all processes share one copy.

`storage` is the file, `building` makes the arrays, `words` finds spellings of a word, `names` the names that hold them,
`entries` the parties behind the names.
"""

from screening.matching.index.building import build_index
from screening.matching.index.names import NameIndex
from screening.matching.index.storage import IndexUnreadable, load_index, save_index

__all__ = ["IndexUnreadable", "NameIndex", "build_index", "load_index", "save_index"]

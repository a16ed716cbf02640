"""What a language model may add to a reading: values it gives are used only where they stand on the page."""

from documents.extraction.llm.gaps import has_gaps
from documents.extraction.llm.material import material_of
from documents.extraction.llm.merging import Merged, Suggestion, merged
from documents.extraction.llm.wanted import answer_shape

__all__ = ["Merged", "Suggestion", "answer_shape", "has_gaps", "material_of", "merged"]

"""What a document may cost, and the refusal codes with the sentence a person reads."""

from core.words import said

MAX_BYTES = 20 * 1024 * 1024
MAX_PAGES = 50
MAX_PIXELS = 40_000_000
RENDER_PIXELS = 6_000_000
MAX_OCR_PAGES = 5
SECONDS = 60
MEMORY_BYTES = 2 * 1024 * 1024 * 1024
DECODER_SECONDS = 8
DECODER_BYTES = 1024 * 1024 * 1024
INSPECTION_SECONDS = 4
INSPECTION_BYTES = 1024 * 1024 * 1024

REFUSALS = {
    "empty": said("The file is empty. Send the document again."),
    "too_large": said("The file is larger than 20 MB. Send a smaller scan."),
    "unsupported_type": said("This is no document that can be read here. Send a PDF, PNG, JPEG, TIFF or WebP file."),
    "too_many_pages": said("The document has more than 50 pages. Send the pages that matter."),
    "too_many_pixels": said("A page is larger than 40 megapixels. Send it at a lower resolution."),
    "encrypted": said("The PDF is protected by a password. Send it without one."),
    "broken": said("The file is damaged and cannot be opened. Send the document again."),
    "no_page": said("The document has no page."),
    "too_much_memory": said("Opening the file would need too much memory. Send a simpler scan."),
    "too_slow": said("Reading the file took too long and was stopped. Send a simpler scan."),
    "unreadable": said("The file could not be taken in: it is no ordinary file, or it may not be read."),
    "infected": said(
        "The virus scanner found harmful content. The file was not opened; send the document from a clean device."
    ),
    "not_accepted": said("A reviewer did not accept this document. A new one is needed."),
    "crashed": said("The file made its reader stop. It may be damaged or harmful; send the document again."),
}


class Refused(Exception):
    """The document cannot be read; `code` is a key of REFUSALS, `media_type` what it is where that is known."""

    def __init__(self, code: str, media_type: str = "") -> None:
        super().__init__(REFUSALS[code])
        self.code = code
        self.media_type = media_type

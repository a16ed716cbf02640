"""Letters as PDF with a text layer, in which rules find little: so that a language model is asked."""

_LINES = (
    "Harbour Water Company",
    "WATER BILL",
    "Customer {name}",
    "For the water of last quarter we ask you to pay",
    "Reference {number}",
)


def letter(name: str, number: int) -> bytes:
    """A page of a utility bill without address and amount."""
    text = "".join(
        f"BT /F1 14 Tf 60 {760 - 30 * place} Td ({line.format(name=name, number=number)}) Tj ET\n"
        for place, line in enumerate(_LINES)
    ).encode()
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    made, places = b"%PDF-1.4\n", []
    for place, content in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (place, content)
    index = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 6\n0000000000 65535 f \n%s" % index
    return made + end + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(made)

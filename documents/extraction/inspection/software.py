"""Programs for changing pictures, as metadata names them. To have used one proves nothing; a reviewer should know it."""

_EDITORS = (
    "Photoshop", "GIMP", "Affinity Photo", "Pixelmator", "Paint.NET", "Canva", "PicsArt", "Snapseed", "Photopea", "Krita",
    "CorelDRAW", "Illustrator", "Inkscape", "Lightroom", "Figma", "Sejda", "PDFescape", "iLovePDF", "Smallpdf", "PDF-XChange",
    "Foxit PhantomPDF", "Foxit PDF Editor", "Midjourney", "Stable Diffusion", "DALL-E", "Adobe Firefly",
)  # fmt: skip


def editors_named(metadata: str) -> tuple[str, ...]:
    """The editors that `metadata` names."""
    lower = metadata.lower()
    return tuple(name for name in _EDITORS if name.lower() in lower)

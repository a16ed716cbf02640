"""What a PDF can do besides showing pages, in words for a reviewer."""

ACTIVE = {
    "javascript": "JavaScript",
    "launch": "a command that starts a program",
    "embedded_file": "an embedded file",
    "form_submission": "a form that sends data away",
    "rich_media": "video, sound or 3D content",
    "remote": "a jump into another file",
    "xfa": "a dynamic form",
}

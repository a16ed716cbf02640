"""What a PDF can do besides showing pages, in words for a reviewer."""

from core.words import said

ACTIVE = {
    "javascript": "JavaScript",
    "launch": said("a command that starts a program"),
    "embedded_file": said("an embedded file"),
    "form_submission": said("a form that sends data away"),
    "rich_media": said("video, sound or 3D content"),
    "remote": said("a jump into another file"),
    "xfa": said("a dynamic form"),
}

"""Facts about the record."""

from core.exceptions import Conflict


class RestoreNotDeclared(Conflict):
    """An anchor knows a larger tree than this database: it was rolled back or restored, and nobody has said so."""

    code = "restore_not_declared"
    title = "The record is behind its anchor"

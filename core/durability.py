"""How long a commit takes: as long as the disk, unless what it keeps is done again when it is lost."""

from django.db import connection


def commit_without_waiting() -> None:
    """Has PostgreSQL answer the commit of this transaction before the disk has it.

    Only where losing it is harmless: if the server's machine dies within the next moments, it is as if the transaction had never
    been, and the work is found due and done again. What is committed later and waited for takes it along
    (PostgreSQL's manual, "Asynchronous Commit"). Nothing on SQLite.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit TO off")

"""What the weak pages must be found out by, each with where."""

from bench.attack.walk import Walk

WEAKNESSES = {
    "a mark that became an element: GET /weak/echo", "a redirect to elsewhere: GET /weak/away",
    "a file of the server: GET /weak/file",
    "the text of an error: GET /weak/rows", "a template that ran: GET /weak/run", "a mark that became an element: GET /weak/kept",
    "a mark that became an element: POST /weak/take", "a file of the server: POST /weak/take",
    "a form that is taken without its token: POST /weak/keep", "a server error: 500: GET /weak/rows",
}  # fmt: skip


def missed_by(walk: Walk) -> set[str]:
    """Those that a walk did not find."""
    return {weak for weak in WEAKNESSES if not any(finding.startswith(weak) for finding in walk.findings)}

"""The product's addresses, and under /weak/ pages that make each mistake which the attack looks for. Never served otherwise."""

from pathlib import Path

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.urls import URLPattern, URLResolver, path
from django.views.decorators.csrf import csrf_exempt
from lxml import etree

from compliance_site import urls as product

_kept: list[str] = []
_PAGE = """<a href="/weak/echo?q=a"></a><a href="/weak/away?next=/"></a><a href="/weak/file?name=a"></a><a href="/weak/rows?id=1"></a>
<a href="/weak/run?text=a"></a><a href="/weak/kept"></a><form method="post" action="/weak/keep"><input name="note"></form>
<form method="post" action="/weak/take" enctype="multipart/form-data"><input type="file" name="paper"></form>"""


def weak(request: HttpRequest) -> HttpResponse:
    """Links to all of them."""
    return HttpResponse(_PAGE)


def echo(request: HttpRequest) -> HttpResponse:
    """Shows what it was asked, as it was asked."""
    return HttpResponse(f"<p>{request.GET['q']}</p>")


def away(request: HttpRequest) -> HttpResponse:
    """Leads wherever it is told."""
    return HttpResponse(status=302, headers={"Location": request.GET["next"].replace("\r", "").replace("\n", "")})


def file(request: HttpRequest) -> HttpResponse:
    """Shows any file."""
    place = Path(__file__).parent / request.GET["name"]
    return HttpResponse(
        place.read_bytes() if "\0" not in str(place) and len(str(place)) < 999 and place.is_file() else b""
    )


def rows(request: HttpRequest) -> HttpResponse:
    """Puts text into a statement, and tells the database's error."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT 1 WHERE '{request.GET['id']}' = '1'")
    except Exception as error:
        return HttpResponse(repr(error), status=500)
    return HttpResponse("")


def run(request: HttpRequest) -> HttpResponse:
    """Runs what it was sent as if it were a template."""
    return HttpResponse(
        Template(request.GET["text"].replace("{{7919*7907}}", "{% widthratio 7919 1 7907 %}")).render(Context())
    )


@csrf_exempt
def keep(request: HttpRequest) -> HttpResponse:
    """Takes a note without a token."""
    _kept.append(request.POST.get("note", ""))
    return HttpResponse("")


def kept(request: HttpRequest) -> HttpResponse:
    """Shows the notes as they came."""
    return HttpResponse("".join(_kept))


def take(request: HttpRequest) -> HttpResponse:
    """Shows the name of a file as it came, and what its entities stand for."""
    paper = request.FILES["paper"]
    parser = etree.XMLParser(resolve_entities=True, load_dtd=True, recover=True)
    read = etree.fromstring(paper.read() or b"<r/>", parser)
    return HttpResponse(f"<p>{paper.name}</p>{''.join(read.itertext()) if read is not None else ''}")


_WEAK = {
    "": weak,
    "echo": echo,
    "away": away,
    "file": file,
    "rows": rows,
    "run": run,
    "keep": keep,
    "kept": kept,
    "take": take,
}
urlpatterns: list[URLPattern | URLResolver] = [path(f"weak/{name}", view) for name, view in _WEAK.items()]
urlpatterns += product.urlpatterns

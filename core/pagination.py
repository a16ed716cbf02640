"""Pages of lists, in REST and in the browser."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from rest_framework.pagination import PageNumberPagination

PAGE_SIZE = 25
SEARCH_SIZE = 100  # a search shows one page of at most this many: its words are not in the URL to page on with


class ApiPagination(PageNumberPagination):
    """`?page=2&page_size=100`, at most 200 rows a page."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200


def page_of(request: HttpRequest, rows: "QuerySet[Any]", size: int = PAGE_SIZE) -> Page[Any]:
    """The page of `rows` that `?page=` names; a number out of range gives the nearest page."""
    return Paginator(rows, size).get_page(request.GET.get("page"))

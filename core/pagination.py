"""Pages of lists, in REST and in the browser."""

import re
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request

PAGE_SIZE = 25
_COUNT = re.compile(r"0*[1-9][0-9]{0,8}", re.ASCII)
COUNTED = 10_000  # so many or more: a list of millions is not counted to its end
SEARCH_SIZE = 100  # a search shows one page of at most this many: its words are not in the URL to page on with


class _Following(Page[Any]):
    """A page that knows by itself whether rows follow: their number is not counted to the end."""

    follows = False

    def has_next(self) -> bool:
        return self.follows

    def end_index(self) -> int:
        return max(self.start_index() + len(self.object_list) - 1, 0)


class BoundedPaginator(Paginator[Any]):
    """Counts to COUNTED at most, so that a list of millions costs no more than its page; pages beyond are there all the same."""

    @cached_property
    def count(self) -> int:
        rows = self.object_list
        if not isinstance(rows, QuerySet):
            return len(rows)
        return rows.count() if rows.query.is_sliced else rows.order_by()[:COUNTED].count()

    @property
    def told(self) -> str:
        """The count as people read it: with a plus where there may be more."""
        return f"{self.count}+" if self.count == COUNTED else str(self.count)

    @property
    def pages_told(self) -> str:
        """How many pages, likewise."""
        return f"{self.num_pages}+" if self.count == COUNTED else str(self.num_pages)

    def validate_number(self, number: Any) -> int:
        if self.count == COUNTED and _COUNT.fullmatch(str(number)):
            return int(number)
        return super().validate_number(number)

    def page(self, number: Any) -> Page[Any]:
        number = self.validate_number(number)
        start = (number - 1) * self.per_page
        rows = list(self.object_list[start : start + self.per_page + 1])
        page = _Following(rows[: self.per_page], number, self)
        page.follows = len(rows) > self.per_page
        return page


class ApiPagination(PageNumberPagination):
    """`?page=2&page_size=100`, at most 200 rows a page. A page that is not there is 404, a number that is none 422.

    `count` is exact below 10,000, which means: so many or more.
    """

    django_paginator_class = BoundedPaginator
    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200

    last_page_strings = ()

    def get_page_size(self, request: Request) -> int | None:
        for name in (self.page_query_param, self.page_size_query_param):
            if name in request.query_params and not _COUNT.fullmatch(request.query_params[name]):
                raise ValidationError({name: ["must be a whole number above zero"]})
        return super().get_page_size(request)

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        parameters: list[dict[str, Any]] = super().get_schema_operation_parameters(view)
        for one in parameters:
            one["schema"] |= {"minimum": 1}
            if one["name"] == self.page_size_query_param:
                one["schema"] |= {"default": self.page_size}
                one["description"] = f"Rows a page; more than {self.max_page_size} give {self.max_page_size}."
        return parameters


def page_of(request: HttpRequest, rows: "QuerySet[Any] | list[Any]", size: int = PAGE_SIZE) -> Page[Any]:
    """The page of `rows` that `?page=` names; a number out of range gives the last page that was counted."""
    paginator = BoundedPaginator(rows, size)
    page = paginator.get_page(request.GET.get("page"))
    return page if page.object_list or page.number == 1 else paginator.page(paginator.num_pages)

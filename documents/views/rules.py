"""The rules for documents: edited as rows, tried on a value, published as versions."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from core.clock import today
from core.exceptions import InvalidInput
from core.http import actor_of, requires
from core.permissions import Permission
from core.words import said
from documents import selectors, services
from documents.extraction.checks import DocumentFacts
from documents.extraction.rules import rules_as_json, try_rules
from documents.extraction.shapes import FieldReading
from documents.forms import RuleFormSet, TryForm, put_back, rules_of_rows

_SHOWN = 20


@requires(Permission.DOCUMENT_RULE_EDIT)
def rule_edit(request: HttpRequest) -> HttpResponse:
    """The rules in force as rows; POST publishes what the rows say as a new version."""
    is_post = request.method == "POST"
    shown = None if is_post else rules_as_json(selectors.rules_in_force())
    rows = RuleFormSet(request.POST if is_post else None, initial=shown, prefix="rule")
    if is_post and rows.is_valid():
        try:
            published = services.publish_rules(rules=rules_of_rows(rows), by=actor_of(request))
            messages.success(
                request,
                said("Version {number} is in force for every document read from now on.", number=published.number),
            )
            return redirect("documents:rule_edit")
        except InvalidInput as error:
            put_back(rows, error)
    context = {"rows": rows, "try_form": TryForm(), "versions": selectors.rule_sets()[:_SHOWN]}
    return render(request, "documents/rule_edit.html", context)


@require_POST
@requires(Permission.DOCUMENT_RULE_EDIT)
def rule_try(request: HttpRequest) -> HttpResponse:
    """What the rules in force say of a document with one value. A POST: a number is personal and stays out of URLs."""
    form = TryForm(request.POST)
    firings = []
    if form.is_valid():
        data = form.cleaned_data
        given = {data["field"]: data["value"], "issuing_state": data["country"]}
        fields = tuple(FieldReading(name, value, 1.0, "person", 1) for name, value in given.items() if value)
        firings = try_rules(DocumentFacts(data["document_type"], fields), selectors.rules_in_force(), today())
    return render(request, "documents/_rule_try.html", {"form": form, "firings": firings})

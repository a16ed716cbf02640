"""Who hears what, in which words, and what is wrong right now."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts.selectors import role_choices
from core.exceptions import NotFound, ProbityError
from core.forms import add_faults
from core.http import actor_of, requires
from core.permissions import Permission
from core.words import said
from notifications import selectors, services
from notifications.events import EVENTS
from notifications.forms import RuleForm, TextForm
from notifications.texts import languages


@requires(Permission.CHANNEL_MANAGE)
def rule_list(request: HttpRequest) -> HttpResponse:
    """For every event who hears of it; POST saves one event's rule."""
    if request.method == "POST":
        form = RuleForm(request.POST)
        if form.is_valid():
            services.save_rule(**form.cleaned_data, by=actor_of(request))
            messages.success(request, "The rule is saved.")
        else:
            messages.error(request, "This rule cannot be saved.")
        return redirect("notifications:rule_list")
    return render(request, "notifications/rule_list.html", {"rules": selectors.rules(), "roles": role_choices()})


@requires(Permission.CHANNEL_MANAGE)
def text_list(request: HttpRequest) -> HttpResponse:
    """The words of every event in every language."""
    context = {"rows": selectors.text_rows(), "languages": languages()}
    return render(request, "notifications/text_list.html", context)


@requires(Permission.CHANNEL_MANAGE)
def text_edit(request: HttpRequest, event: str, language: str) -> HttpResponse:
    """The words for an event: a preview as one types, a new version on POST."""
    if event not in EVENTS or language not in languages():
        raise NotFound("There is no such text.")
    words = selectors.words_for(event, language)
    form = TextForm(request.POST or None, initial={"subject": words.subject, "body": words.body})
    if request.method == "POST" and form.is_valid():
        try:
            row = services.publish_text(event=event, language=language, **form.cleaned_data, by=actor_of(request))
            messages.success(request, said("Version {number} is in force.", number=row.number))
            return redirect("notifications:text_edit", event, language)
        except ProbityError as error:
            add_faults(form, error)
    context = {"event": EVENTS[event], "language": language, "form": form, "versions": selectors.versions_of(event, language),
               "preview": selectors.preview(event, language, words.subject, words.body),
               "shipped": selectors.shipped(event, language)}  # fmt: skip
    return render(request, "notifications/text_edit.html", context)


@require_POST
@requires(Permission.CHANNEL_MANAGE)
def text_preview(request: HttpRequest, event: str, language: str) -> HttpResponse:
    """How the words look with the newest real event, or a sample one, and what is wrong with them."""
    subject, body = request.POST.get("subject", ""), request.POST.get("body", "")
    faults = services.text_faults(event, language, subject, body)
    context = {"faults": faults, "preview": selectors.preview(event, language, subject, body)}
    return render(request, "notifications/_preview.html", context)


@requires(Permission.DELIVERY_VIEW)
def condition_list(request: HttpRequest) -> HttpResponse:
    """What is wrong right now, and what was lately."""
    context = {"open": selectors.open_conditions(request.user), "ended": selectors.ended_conditions(request.user)}
    return render(request, "notifications/condition_list.html", context)


@require_POST
@requires(Permission.CHANNEL_MANAGE)
def condition_take(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Says that I am on it; on-call services are told so."""
    services.take_condition(condition_id=pk, by=actor_of(request))
    messages.success(request, "On-call services are told that you are on it.")
    return redirect("notifications:condition_list")

"""Pages of documents: the panel of a case, one document beside its values, its page images, its original."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from core.exceptions import InvalidInput
from core.http import actor_of, fragment, requires
from core.permissions import Permission
from customers.selectors import customer_for
from documents import selectors, services, store
from documents.forms import AcceptForm, CorrectionForm, UploadForm

_IMAGE_AGE = 300
_ENDINGS = {
    "application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg", "image/tiff": ".tif", "image/webp": ".webp",
}  # fmt: skip


@requires(Permission.DOCUMENT_VIEW)
def document_panel(request: HttpRequest, customer_pk: UUID) -> HttpResponse:
    """The customer's documents as cards. Looking is recorded."""
    customer = customer_for(request.user, customer_pk)
    services.record_documents_view(customer_id=customer.pk, by=actor_of(request))
    documents = selectors.documents_for_customer(customer)
    return fragment(request, "documents/_panel.html", {"customer": customer, "documents": documents})


@requires(Permission.DOCUMENT_VIEW)
def document_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The page image with boxes beside values and checks. Looking is recorded."""
    document = selectors.document_for(request.user, pk)
    services.record_document_view(document_id=document.pk, customer_id=document.customer_id, by=actor_of(request))
    return render(request, "documents/document_detail.html", {"document": document})


@requires(Permission.DOCUMENT_VIEW)
def document_card(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A document in a few lines, for the evidence of a case. Looking is recorded."""
    document = selectors.document_for(request.user, pk)
    services.record_document_view(document_id=document.pk, customer_id=document.customer_id, by=actor_of(request))
    context = {"document": document, "back": request.GET.get("back", "")}
    return fragment(request, "documents/_evidence.html", context)


@requires(Permission.DOCUMENT_VIEW)
def page_image(request: HttpRequest, pk: UUID, page: int) -> HttpResponse:
    """A page as the JPEG that was rendered from it; the original never reaches the browser this way."""
    document = selectors.document_for(request.user, pk)
    found = next((item for item in document.pages.all() if item.number == page), None)
    if found is None:
        raise Http404
    response = HttpResponse(store.get(found.image_sha256), content_type="image/jpeg")
    response["Cache-Control"] = f"private, max-age={_IMAGE_AGE}"
    return response


@requires(Permission.DOCUMENT_DOWNLOAD)
def document_download(request: HttpRequest, pk: UUID) -> StreamingHttpResponse:
    """The original bytes as an attachment that no browser opens in the page. Recorded."""
    document = selectors.document_for(request.user, pk)
    services.record_document_view(
        document_id=document.pk, customer_id=document.customer_id, by=actor_of(request), original=True
    )
    response = StreamingHttpResponse(store.pieces_of(document.sha256), content_type="application/octet-stream")
    response["Content-Length"] = str(document.size)
    response["Content-Disposition"] = f'attachment; filename="{document.pk}{_ENDINGS.get(document.media_type, ".bin")}"'
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox"
    return response


@require_POST
@requires(Permission.DOCUMENT_REVIEW)
def field_correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A person's value instead of the one that was read."""
    field = selectors.field_for(request.user, pk)
    form = CorrectionForm(request.POST)
    if not form.is_valid():
        messages.error(request, "A correction needs a value and a reason.")
        return redirect("documents:document_detail", field.document_id)
    try:
        services.correct_field(field=field, **form.cleaned_data, by=actor_of(request))
        messages.success(request, "The value is corrected and the checks ran again.")
    except InvalidInput as error:
        messages.error(request, " ".join([error.message, *(fault.suggestion for fault in error.faults)]))
    return redirect("documents:document_detail", field.document_id)


@require_POST
@requires(Permission.DOCUMENT_REVIEW)
def document_accept(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Takes a doubtful document as good."""
    document = selectors.document_for(request.user, pk)
    form = AcceptForm(request.POST)
    if form.is_valid():
        services.accept_document(document=document, reason=form.cleaned_data["reason"], by=actor_of(request))
        messages.success(request, "The document counts as verified.")
    else:
        messages.error(request, "Accepting a doubtful document needs a reason.")
    return redirect("documents:document_detail", pk)


@require_POST
@requires(Permission.DOCUMENT_UPLOAD)
def document_upload(request: HttpRequest, customer_pk: UUID) -> HttpResponse:
    """One more document of the customer; a worker reads it."""
    customer = customer_for(request.user, customer_pk)
    form = UploadForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        services.add_document(customer=customer, content=file.read(), filename=file.name, by=actor_of(request))
        messages.success(request, "The document is stored and will be read in a moment.")
    else:
        messages.error(request, " ".join(str(error) for error in form.errors.get("file", ["Choose a file to send."])))
    back = form.cleaned_data.get("next", "")
    is_ours = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return redirect(back if is_ours else reverse("documents:document_panel", args=[customer.pk]))

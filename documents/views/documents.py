"""Pages of documents: the panel of a case, one document as a card, its page images, its original; adding one."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from core.exceptions import Conflict, PermissionRefused
from core.http import actor_of, fragment, local_path, requires
from core.masking import sees
from core.permissions import Permission
from core.words import said
from customers.selectors import customer_for
from documents import selectors, services, store
from documents.enums import VirusScan
from documents.forms import UploadForm

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
    if not sees(request, document.customer_id):
        raise PermissionRefused("A page of a document is shown once its masked values are.")
    return HttpResponse(store.get(found.image_sha256), content_type="image/jpeg")


@requires(Permission.DOCUMENT_DOWNLOAD)
def document_download(request: HttpRequest, pk: UUID) -> StreamingHttpResponse:
    """The original bytes as an attachment that no browser opens in the page. Recorded. An infected file stays here."""
    document = selectors.document_for(request.user, pk)
    if document.virus_scan == VirusScan.INFECTED:
        raise Conflict("The virus scanner found harmful content in this file; it is not handed out.")
    services.record_document_view(
        document_id=document.pk, customer_id=document.customer_id, by=actor_of(request), original=True
    )
    response = StreamingHttpResponse(store.pieces_of(document.sha256), content_type="application/octet-stream")
    response["Content-Length"] = str(document.size)
    response["Content-Disposition"] = f'attachment; filename="{document.pk}{_ENDINGS.get(document.media_type, ".bin")}"'
    return response


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
        messages.error(
            request, " ".join(str(error) for error in form.errors.get("file", [said("Choose a file to send.")]))
        )
    panel = reverse("documents:document_panel", args=[customer.pk])
    return redirect(local_path(form.cleaned_data.get("next", ""), panel))

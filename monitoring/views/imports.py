"""Pages of imports: uploading a file, looking at how it will be understood, mapping its columns, what became of it."""

from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from core.exceptions import ProbityError
from core.forms import add_faults
from core.http import actor_of, requires
from core.pagination import page_of
from core.permissions import Permission
from core.words import said
from monitoring import selectors, services
from monitoring.enums import ImportState
from monitoring.exports import errors_csv
from monitoring.forms import FileImportForm, MappingForm
from monitoring.intake.files import header_of
from monitoring.intake.formats import formats
from monitoring.intake.targets import TARGETS, known_mappings
from monitoring.models import FileImport


@requires(Permission.TRANSACTION_CREATE)
def import_list(request: HttpRequest) -> HttpResponse:
    """Every uploaded file and delivery with its counts; POST uploads a file to be looked at."""
    form = FileImportForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            file = form.cleaned_data["file"]
            whose = form.cleaned_data["customer_external_id"]
            try:
                item = services.open_import(file=file, name=file.name, customer_external_id=whose, by=actor_of(request))
                return redirect("monitoring:import_detail", item.pk)
            except ProbityError as error:
                add_faults(form, error)
    context = {
        "form": form, "page": page_of(request, selectors.file_imports()), "formats": formats().values(),
        "ingests": selectors.ingests().filter(file_import=None)[:20], "targets": TARGETS.values(),
    }  # fmt: skip
    return render(request, "monitoring/import_list.html", context, status=status)


@requires(Permission.TRANSACTION_CREATE)
def import_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A file: the first rows as they will be understood and the mapping of its columns; later, what became of it."""
    item = selectors.import_for(pk)
    if item.state == ImportState.LOOKED_AT:
        return _preview(request, item)
    context = {
        "item": item, "is_open": item.state in {ImportState.WAITING, ImportState.RUNNING},
        "rejected": selectors.rejected_lines(item.ingest)[:100] if item.ingest else [],
    }  # fmt: skip
    return render(request, "monitoring/import_detail.html", context)


@require_POST
@requires(Permission.TRANSACTION_CREATE)
def import_map(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Has the file's columns mean something else and shows the preview again; may save the mapping under a name."""
    item = selectors.import_for(pk)
    form = _mapping_form(item, request)
    try:
        if form.is_valid():
            target, mapping = form.chosen()
            whose = form.cleaned_data["customer_external_id"]
            item = services.remap_import(
                import_id=pk,
                target=target,
                mapping=mapping,
                customer_external_id=whose,
                by=actor_of(request),
                operator_id=form.cleaned_data.get("operator_id", ""),
            )
            if form.cleaned_data.get("save_as"):
                saved = services.save_mapping(import_id=pk, name=form.cleaned_data["save_as"], by=actor_of(request))
                messages.success(
                    request, said("Saved as {name}, version {number}.", name=saved.name, number=saved.number)
                )
            return redirect("monitoring:import_detail", pk)
    except ProbityError as error:
        add_faults(form, error)
    return _preview(request, item, form, status=422)


@require_POST
@requires(Permission.TRANSACTION_CREATE)
def import_start(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Has a worker take the file in."""
    try:
        services.start_import(import_id=selectors.import_for(pk).pk, by=actor_of(request))
    except ProbityError as error:
        messages.error(request, error.message)
    return redirect("monitoring:import_detail", pk)


@require_POST
@requires(Permission.TRANSACTION_CREATE)
def import_drop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Forgets a file that was only looked at."""
    try:
        services.drop_import(import_id=selectors.import_for(pk).pk, by=actor_of(request))
        messages.success(request, "The file is forgotten.")
    except ProbityError as error:
        messages.error(request, error.message)
    return redirect("monitoring:import_list")


@requires(Permission.TRANSACTION_CREATE)
def ingest_errors(request: HttpRequest, pk: UUID) -> StreamingHttpResponse:
    """The rows of a delivery that were not taken, as CSV: line, column, reason, the row. Recorded."""
    ingest = selectors.ingest_for(pk)
    services.record_errors_export(ingest_id=ingest.pk, by=actor_of(request))
    rows = errors_csv(selectors.rejected_lines(ingest))
    response = StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="errors-{ingest.pk}.csv"'
    response["Cache-Control"] = "no-store"
    return response


def _mapping_form(item: FileImport, request: HttpRequest) -> MappingForm:
    header = (
        header_of(Path(settings.DATA_DIR) / item.path, item.format) if item.mapping is not None and item.path else []
    )
    return MappingForm(
        request.POST or None, header=header, target=item.target, mapping=item.mapping,
        customer=item.customer_external_id, operator=item.operator_id, saved=selectors.saved_mappings(), shipped=known_mappings(),
    )  # fmt: skip


def _preview(
    request: HttpRequest, item: FileImport, form: MappingForm | None = None, status: int = 200
) -> HttpResponse:
    preview, refused = None, None
    try:
        form = form or _mapping_form(item, request)
        preview = services.preview_of(item)
    except ProbityError as error:
        refused, status = error, 422
    context = {"item": item, "form": form, "preview": preview, "refused": refused, "target": TARGETS[item.target],
               "format": formats()[item.format]}  # fmt: skip
    return render(request, "monitoring/import_preview.html", context, status=status)

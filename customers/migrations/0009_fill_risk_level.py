"""The level of the newest rating for customers that were rated before it was kept beside them."""

from itertools import islice

from django.db import migrations
from django.db.models import OuterRef, Subquery

_AT_ONCE = 5_000


def fill(apps, schema_editor):
    customers = apps.get_model("customers", "Customer").objects
    newest = apps.get_model("customers", "RiskRating").objects.filter(customer=OuterRef("pk")).order_by("-created_at", "-pk")
    rated = apps.get_model("customers", "RiskRating").objects.order_by().values_list("customer", flat=True).distinct()
    keys = rated.iterator()
    while some := list(islice(keys, _AT_ONCE)):
        customers.filter(pk__in=some).update(risk_level=Subquery(newest.values("level")[:1]))


class Migration(migrations.Migration):
    """Not atomic: each batch is committed. Run again it does the same once more."""

    atomic = False
    dependencies = [("customers", "0008_risk_level")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]

"""The database refuses to change the tree: leaves, subtrees and checkpoints."""

from django.db import migrations

from audit import triggers


def install(apps, schema_editor):
    triggers.install_tree(schema_editor.connection)


def remove(apps, schema_editor):
    triggers.remove_tree(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_merkle_tree")]
    operations = [migrations.RunPython(install, remove)]

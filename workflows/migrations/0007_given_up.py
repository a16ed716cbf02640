from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('workflows', '0006_providers_and_waiting'),
    ]

    operations = [
        migrations.AlterField(
            model_name='workflowversion',
            name='state',
            field=models.CharField(choices=[('draft', 'Draft'), ('proposed', 'Waiting for approval'), ('active', 'Active'), ('retired', 'Retired'), ('discarded', 'Given up')], default='active', max_length=10),
        ),
        migrations.AddIndex(
            model_name='steprun',
            index=models.Index(condition=models.Q(('state', 'dead'), models.Q(('failure', True), ('state', 'waiting')), _connector='OR'), fields=['created_at'], name='step_given_up'),
        ),
    ]

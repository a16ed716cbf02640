import core.ids
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('workflows', '0004_triggers_and_places'),
    ]

    operations = [
        migrations.CreateModel(
            name='StepAttempt',
            fields=[
                ('id', models.UUIDField(default=core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, db_index=True)),
                ('number', models.PositiveSmallIntegerField()),
                ('state', models.CharField(choices=[('pending', 'Pending'), ('running', 'Running'), ('waiting', 'Waiting for a person'), ('done', 'Done'), ('dead', 'Stopped by an error'), ('cancelled', 'Cancelled'), ('skipped', 'Left out'), ('failed', 'Failed, the run went on')], max_length=10)),
                ('owner', models.CharField(blank=True, max_length=120)),
                ('started_at', models.DateTimeField()),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('error', models.TextField(blank=True)),
                ('lines', models.JSONField(default=list)),
            ],
            options={
                'ordering': ['created_at'],
            },
        ),
        migrations.CreateModel(
            name='Trial',
            fields=[
                ('id', models.UUIDField(default=core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, db_index=True)),
                ('revision', models.PositiveIntegerField(default=0)),
                ('result', models.JSONField(default=dict)),
                ('started_by', models.JSONField()),
            ],
            options={
                'ordering': ['-created_at'],
            },
        ),
        migrations.AddField(
            model_name='run',
            name='replay_of',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='replays', to='workflows.run'),
        ),
        migrations.AddField(
            model_name='workflowversion',
            name='activated_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='workflowversion',
            name='approved_by',
            field=models.CharField(blank=True, max_length=150),
        ),
        migrations.AddField(
            model_name='workflowversion',
            name='author_key',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name='workflowversion',
            name='edited_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='workflowversion',
            name='note',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name='workflowversion',
            name='revision',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name='workflowversion',
            name='state',
            field=models.CharField(choices=[('draft', 'Draft'), ('proposed', 'Waiting for approval'), ('active', 'Active'), ('retired', 'Retired')], default='active', max_length=10),
        ),
        migrations.AddConstraint(
            model_name='workflowversion',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['draft', 'proposed'])), fields=('workflow',), name='one_draft_per_workflow'),
        ),
        migrations.AddField(
            model_name='stepattempt',
            name='step',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attempts', to='workflows.steprun'),
        ),
        migrations.AddField(
            model_name='trial',
            name='run',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='trials', to='workflows.run'),
        ),
        migrations.AddField(
            model_name='trial',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='trials', to='workflows.workflowversion'),
        ),
        migrations.AddField(
            model_name='trial',
            name='work',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, to='workflows.longwork'),
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ai', '0002_sealed_answers'),
    ]

    operations = [
        migrations.AddField(
            model_name='aicall',
            name='cause',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddIndex(
            model_name='aicall',
            index=models.Index(fields=['cause'], name='ai_call_cause'),
        ),
    ]

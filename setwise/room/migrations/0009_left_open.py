from datetime import timedelta

from django.db import migrations, models
from django.db.models import F


def a_day_after_opening(apps, schema_editor):
    """Rooms that are open now close themselves a day after they were opened; recordings take longer."""
    open_now = apps.get_model('room', 'Room').objects.filter(closed_at=None)
    open_now.filter(recording=False).update(closes_at=F('opened_at') + timedelta(days=1))
    open_now.filter(recording=True).update(closes_at=F('opened_at') + timedelta(days=4))


class Migration(migrations.Migration):

    dependencies = [
        ('room', '0008_shared_issue'),
    ]

    operations = [
        migrations.AddField(
            model_name='room',
            name='closes_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='room',
            name='closed_itself',
            field=models.BooleanField(default=False),
        ),
        migrations.AddIndex(
            model_name='room',
            index=models.Index(condition=models.Q(('closed_at', None)), fields=['closes_at'], name='room_left_open'),
        ),
        migrations.RunPython(a_day_after_opening, migrations.RunPython.noop),
    ]

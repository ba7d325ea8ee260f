from django.db import migrations


def by_date(apps, schema_editor):
    """A poll from before series says what it settled on at its date, as the others do."""
    Poll, PollDate = (apps.get_model("meetings", name) for name in ("Poll", "PollDate"))
    for poll in Poll.objects.exclude(meeting=None).select_related("meeting"):
        dates = PollDate.objects.filter(poll=poll)
        if not dates.exclude(meeting=None).exists():
            dates.filter(starts_at=poll.meeting.starts_at).update(meeting=poll.meeting)


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0007_calendar_feed'),
    ]

    operations = [
        migrations.RunPython(by_date, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name='poll',
            name='meeting',
        ),
    ]

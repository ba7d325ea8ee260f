import django.core.validators
import django.db.models.deletion
import setwise.people.models.person
import setwise.vault.fields
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('meetings', '0001_initial'), ('meetings', '0002_goes_ahead'), ('meetings', '0003_meeting_chair'), ('meetings', '0004_polls'), ('meetings', '0005_calendars'), ('meetings', '0006_rhythm'), ('meetings', '0007_calendar_feed'), ('meetings', '0008_poll_meetings')]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('sets', '0001_squashed_0013_own_guides'),
        ('vault', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='CalendarFeed',
            fields=[
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('digest', models.CharField(max_length=64)),
                ('changed_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='KeptRhythm',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('weeks', models.PositiveSmallIntegerField()),
                ('days', models.JSONField(default=list)),
                ('times', models.JSONField(default=list)),
                ('months_out', models.JSONField(default=list)),
                ('zone', models.CharField(max_length=64, validators=[setwise.people.models.person.validate_zone])),
                ('learning_set', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='rhythm', to='sets.learningset')),
            ],
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('title', models.CharField(blank=True, max_length=120, verbose_name='title')),
                ('starts_at', models.DateTimeField(verbose_name='starts')),
                ('ends_at', models.DateTimeField(verbose_name='ends')),
                ('zone', models.CharField(max_length=64, validators=[setwise.people.models.person.validate_zone], verbose_name='time zone')),
                ('minutes', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(30), django.core.validators.MaxValueValidator(480)], verbose_name='length, in minutes')),
                ('place', models.CharField(blank=True, max_length=200, verbose_name='place')),
                ('link', models.URLField(blank=True, max_length=500, verbose_name='link')),
                ('arranged_at', models.DateTimeField()),
                ('sequence', models.PositiveSmallIntegerField(default=0)),
                ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                ('arranged_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('learning_set', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='meetings', to='sets.learningset')),
                ('goes_ahead_at', models.DateTimeField(blank=True, null=True)),
                ('chair', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_sequence', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'indexes': [models.Index(fields=['learning_set', 'starts_at'], name='meeting_by_date')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='meeting_ends_after_it_starts')],
            },
        ),
        migrations.CreateModel(
            name='Poll',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('opened_at', models.DateTimeField()),
                ('minutes', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(30), django.core.validators.MaxValueValidator(480)], verbose_name='length, in minutes')),
                ('zone', models.CharField(max_length=64, validators=[setwise.people.models.person.validate_zone], verbose_name='time zone')),
                ('closes_at', models.DateTimeField(verbose_name='answer by')),
                ('settles_itself', models.BooleanField(default=False)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                ('asks_at', models.DateTimeField(blank=True, null=True)),
                ('times_asked', models.PositiveSmallIntegerField(default=0)),
                ('learning_set', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='polls', to='sets.learningset')),
                ('opened_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('closed_at', None)), fields=['closes_at'], name='poll_to_close'), models.Index(condition=models.Q(('closed_at', None)), fields=['asks_at'], name='poll_to_ask')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('closed_at', None)), fields=('learning_set',), name='poll_one_open_a_set'), models.CheckConstraint(condition=models.Q(('closed_at__isnull', False), models.Q(('cancelled_at', None), ('settled_at', None)), _connector='OR'), name='poll_ends_closed'), models.CheckConstraint(condition=models.Q(('settled_at', None), ('cancelled_at', None), _connector='OR'), name='poll_one_end'), models.CheckConstraint(condition=models.Q(('times_asked__lte', 2)), name='poll_asks_twice_at_most')],
            },
        ),
        migrations.CreateModel(
            name='CalendarEntry',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('sequence', models.PositiveSmallIntegerField()),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='calendar_entries', to='meetings.meeting')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('meeting', 'person'), name='calendar_entry_one_a_person')],
            },
        ),
        migrations.CreateModel(
            name='PollComment',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('words_sealed', setwise.vault.fields.SealedField(blank=True, null=True)),
                ('at', models.DateTimeField()),
                ('key', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.key')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('poll', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='meetings.poll')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PollDate',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('starts_at', models.DateTimeField(verbose_name='starts')),
                ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('poll', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='dates', to='meetings.poll')),
                ('meeting', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='proposed', to='meetings.meeting')),
                ('occurrence', models.PositiveSmallIntegerField(default=1)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('poll', 'starts_at'), name='poll_date_once')],
            },
        ),
        migrations.CreateModel(
            name='PollPlace',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('place', models.CharField(blank=True, max_length=200, verbose_name='place')),
                ('link', models.URLField(blank=True, max_length=500, verbose_name='link')),
                ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('poll', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='places', to='meetings.poll')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('poll', 'place', 'link'), name='poll_place_once'), models.CheckConstraint(condition=models.Q(models.Q(('place', ''), _negated=True), models.Q(('link', ''), _negated=True), _connector='OR'), name='poll_place_is_somewhere')],
            },
        ),
        migrations.CreateModel(
            name='Reply',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('answer', models.CharField(choices=[('yes', 'Yes, I am coming'), ('apologies', 'Apologies')], max_length=9)),
                ('answered_at', models.DateTimeField()),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='replies', to='meetings.meeting')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('meeting', 'person'), name='reply_one_a_person')],
            },
        ),
        migrations.CreateModel(
            name='PollAnswer',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('answer', models.CharField(choices=[('yes', 'Yes'), ('if need be', 'If need be'), ('no', 'No')], max_length=10)),
                ('answered_at', models.DateTimeField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('date', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='meetings.polldate')),
                ('place', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='meetings.pollplace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'date'), name='poll_answer_one_a_date'), models.UniqueConstraint(fields=('person', 'place'), name='poll_answer_one_a_place'), models.CheckConstraint(condition=models.Q(models.Q(('date', None), ('place__isnull', False)), models.Q(('date__isnull', False), ('place', None)), _connector='OR'), name='poll_answer_to_one_thing')],
            },
        ),
    ]

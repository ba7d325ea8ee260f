import django.core.validators
import django.db.models.deletion
import setwise.vault.fields
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('actions', '0001_initial'), ('actions', '0002_preparation')]

    initial = True

    dependencies = [
        ('meetings', '0001_squashed_0008_poll_meetings'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('sets', '0001_squashed_0013_own_guides'),
        ('vault', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Action',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('text_sealed', setwise.vault.fields.SealedField(blank=True, null=True)),
                ('first_step_sealed', setwise.vault.fields.SealedField(blank=True, null=True)),
                ('sign_sealed', setwise.vault.fields.SealedField(blank=True, null=True)),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='by when')),
                ('confidence', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(10)])),
                ('ally_accepted_at', models.DateTimeField(blank=True, null=True)),
                ('state', models.CharField(choices=[('open', 'Open'), ('going', 'Going'), ('done', 'Done'), ('changed', 'Changed'), ('let go', 'Let go')], default='open', max_length=8)),
                ('decided_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('ally', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('key', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.key')),
                ('learning_set', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='sets.learningset')),
                ('meeting', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='meetings.meeting')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='actions', to=settings.AUTH_USER_MODEL)),
                ('typed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['owner', 'state'], name='action_by_owner')],
                'constraints': [models.CheckConstraint(condition=models.Q(('confidence', None), ('confidence__range', (1, 10)), _connector='OR'), name='action_confidence_1_to_10')],
            },
        ),
        migrations.CreateModel(
            name='Preparation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('issue_sealed', setwise.vault.fields.SealedField(blank=True, null=True)),
                ('why_now_sealed', setwise.vault.fields.SealedField(blank=True, null=True)),
                ('success_sealed', setwise.vault.fields.SealedField(blank=True, null=True)),
                ('willing_sealed', setwise.vault.fields.SealedField(blank=True, null=True)),
                ('asked_at', models.DateTimeField(blank=True, null=True)),
                ('written_at', models.DateTimeField(blank=True, null=True)),
                ('skipped_at', models.DateTimeField(blank=True, null=True)),
                ('key', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.key')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='meetings.meeting')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('meeting', 'person'), name='preparation_one_a_person')],
            },
        ),
        migrations.CreateModel(
            name='PreparedAction',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('state_sealed', setwise.vault.fields.SealedField(blank=True, null=True)),
                ('happened_sealed', setwise.vault.fields.SealedField(blank=True, null=True)),
                ('learned_sealed', setwise.vault.fields.SealedField(blank=True, null=True)),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='actions.action')),
                ('key', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.key')),
                ('preparation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='actions', to='actions.preparation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('preparation', 'action'), name='prepared_action_once')],
            },
        ),
        migrations.CreateModel(
            name='Progress',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('open', 'Open'), ('going', 'Going'), ('done', 'Done'), ('changed', 'Changed'), ('let go', 'Let go')], max_length=8)),
                ('happened_sealed', setwise.vault.fields.SealedField(blank=True, null=True)),
                ('learned_sealed', setwise.vault.fields.SealedField(blank=True, null=True)),
                ('at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='progress', to='actions.action')),
                ('key', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.key')),
                ('meeting', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='meetings.meeting')),
                ('typed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('at',),
            },
        ),
        migrations.CreateModel(
            name='Shown',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shown', to='actions.action')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shown_actions', to='meetings.meeting')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('action', 'meeting'), name='shown_once_a_meeting')],
            },
        ),
    ]

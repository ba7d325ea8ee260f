import django.db.models.deletion
import setwise.vault.fields
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('room', '0001_initial'), ('room', '0002_parts_of_a_room'), ('room', '0003_drafts_and_attendance'), ('room', '0004_who_held_the_controls'), ('room', '0005_records'), ('room', '0006_each_writes_the_problem'), ('room', '0007_hands_and_handed'), ('room', '0008_shared_issue'), ('room', '0009_left_open'), ('room', '0010_process_notes'), ('room', '0011_a_deed_without_result')]

    initial = True

    dependencies = [
        ('actions', '0001_squashed_0002_preparation'),
        ('meetings', '0001_squashed_0008_poll_meetings'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('sets', '0001_squashed_0013_own_guides'),
        ('vault', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Deed',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.UUIDField()),
                ('route', models.CharField(max_length=200)),
                ('digest', models.BinaryField(max_length=32)),
                ('at', models.DateTimeField(db_index=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'number'), name='deed_once_a_person')],
            },
        ),
        migrations.CreateModel(
            name='ProcessNote',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('text_sealed', setwise.vault.fields.SealedField(blank=True, null=True)),
                ('at', models.DateTimeField()),
                ('expires_at', models.DateTimeField(db_index=True)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('key', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.key')),
                ('learning_set', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='sets.learningset')),
            ],
            options={
                'ordering': ('-at', 'id'),
            },
        ),
        migrations.CreateModel(
            name='Room',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveBigIntegerField(db_index=True, default=1)),
                ('course_json', models.JSONField()),
                ('recording', models.BooleanField(default=False)),
                ('opened_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('chair', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('meeting', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='room', to='meetings.meeting')),
                ('people_version', models.PositiveBigIntegerField(default=1)),
                ('words_version', models.PositiveBigIntegerField(default=1)),
                ('chair_before', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('chair_how', models.CharField(default='', max_length=5)),
                ('chair_round', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('chair_since', models.DateTimeField(blank=True, null=True)),
                ('closes_at', models.DateTimeField(blank=True, null=True)),
                ('closed_itself', models.BooleanField(default=False)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('closed_at', None)), fields=['closes_at'], name='room_left_open')],
            },
        ),
        migrations.CreateModel(
            name='Bid',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('passed', models.BooleanField(default=False)),
                ('issue_sealed', setwise.vault.fields.SealedField(blank=True, null=True)),
                ('why_now_sealed', setwise.vault.fields.SealedField(blank=True, null=True)),
                ('at', models.DateTimeField()),
                ('chosen_at', models.DateTimeField(blank=True, null=True)),
                ('key', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.key')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('typed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('room', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bids', to='room.room')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('room', 'person'), name='bid_one_a_person')],
            },
        ),
        migrations.CreateModel(
            name='CheckIn',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('knocked_at', models.DateTimeField(blank=True, null=True)),
                ('admitted_at', models.DateTimeField(blank=True, null=True)),
                ('entered_at', models.DateTimeField(blank=True, null=True)),
                ('left_at', models.DateTimeField(blank=True, null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('room', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='check_ins', to='room.room')),
                ('hand_raised_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('room', 'person'), name='check_in_one_a_person')],
            },
        ),
        migrations.CreateModel(
            name='CheckOut',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('learning_sealed', setwise.vault.fields.SealedField(blank=True, null=True)),
                ('passed', models.BooleanField(default=False)),
                ('at', models.DateTimeField()),
                ('action', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='check_out', to='actions.action')),
                ('key', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.key')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('typed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('room', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='check_outs', to='room.room')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('room', 'person'), name='check_out_one_a_person')],
            },
        ),
        migrations.CreateModel(
            name='Presence',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('until', models.DateTimeField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('room', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='presences', to='room.room')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('room', 'person'), name='presence_one_a_person')],
            },
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('helped_sealed', setwise.vault.fields.SealedField(blank=True, null=True)),
                ('change_sealed', setwise.vault.fields.SealedField(blank=True, null=True)),
                ('rule_to_discuss', models.CharField(blank=True, choices=[('time', 'Time'), ('confidentiality', 'Confidentiality'), ('attendance', 'Attendance'), ('notes', 'Notes'), ('other', 'Other')], max_length=16)),
                ('at', models.DateTimeField()),
                ('key', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.key')),
                ('room', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='review', to='room.room')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Round',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField()),
                ('statement_sealed', setwise.vault.fields.SealedField(blank=True, null=True)),
                ('first_statement_sealed', setwise.vault.fields.SealedField(blank=True, null=True)),
                ('presentation_sealed', setwise.vault.fields.SealedField(blank=True, null=True)),
                ('feedback_sealed', setwise.vault.fields.SealedField(blank=True, null=True)),
                ('decide_by', models.DateField(blank=True, null=True)),
                ('silent', models.BooleanField(default=False)),
                ('options_invited', models.BooleanField(default=False)),
                ('started_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('rule_readers', models.CharField(default='presenter', max_length=12)),
                ('readers', models.CharField(default='present', max_length=12)),
                ('key', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.key')),
                ('presenter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('room', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rounds', to='room.room')),
                ('stated', models.BooleanField(default=False)),
                ('deleted_at', models.DateTimeField(blank=True, null=True)),
                ('edited_at', models.DateTimeField(blank=True, null=True)),
                ('record_version', models.PositiveIntegerField(default=1)),
                ('problems_opened_at', models.DateTimeField(blank=True, null=True)),
                ('shared_with', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('number',),
                'constraints': [models.UniqueConstraint(fields=('room', 'number'), name='round_number'), models.CheckConstraint(condition=models.Q(('shared_with', None), models.Q(('shared_with', models.F('presenter')), _negated=True), _connector='OR'), name='round_shared_with_another')],
            },
        ),
        migrations.CreateModel(
            name='Attended',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attended', to='room.round')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('round', 'person'), name='attended_once_a_round')],
            },
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(choices=[('statement', 'statement'), ('presentation', 'presentation'), ('feedback', 'feedback')], max_length=12)),
                ('text_sealed', setwise.vault.fields.SealedField(blank=True, null=True)),
                ('at', models.DateTimeField()),
                ('key', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.key')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to='room.round')),
                ('typed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('round', 'name'), name='draft_one_a_part')],
            },
        ),
        migrations.CreateModel(
            name='Option',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('text_sealed', setwise.vault.fields.SealedField(blank=True, null=True)),
                ('at', models.DateTimeField()),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('key', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.key')),
                ('typed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='options', to='room.round')),
            ],
            options={
                'ordering': ('at', 'id'),
            },
        ),
        migrations.CreateModel(
            name='Problem',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('text_sealed', setwise.vault.fields.SealedField(blank=True, null=True)),
                ('at', models.DateTimeField()),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('key', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.key')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='problems', to='room.round')),
            ],
            options={
                'ordering': ('at', 'id'),
                'constraints': [models.UniqueConstraint(fields=('round', 'author'), name='problem_one_a_person')],
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('stage', models.CharField(max_length=40)),
                ('text_sealed', setwise.vault.fields.SealedField(blank=True, null=True)),
                ('mark', models.CharField(blank=True, choices=[('answered', 'Answered'), ('kept', 'Keep'), ('set aside', 'Set aside')], max_length=9)),
                ('at', models.DateTimeField()),
                ('opened_at', models.DateTimeField(blank=True, null=True)),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('key', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.key')),
                ('typed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='room.round')),
                ('handed', models.BooleanField(default=False)),
            ],
            options={
                'ordering': ('at', 'id'),
            },
        ),
        migrations.CreateModel(
            name='RoundAction',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('action', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='decided_in', to='actions.action')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='decided', to='room.round')),
            ],
        ),
    ]

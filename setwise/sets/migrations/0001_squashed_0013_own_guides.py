import django.core.validators
import django.db.models.deletion
import setwise.sets.countries
import setwise.vault.fields
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('sets', '0001_initial'), ('sets', '0002_who_ended_a_membership'), ('sets', '0003_handover'), ('sets', '0004_first_yes'), ('sets', '0005_prepare_days'), ('sets', '0006_closing'), ('sets', '0007_guide_offers'), ('sets', '0008_own_protocols'), ('sets', '0009_graduation'), ('sets', '0010_invitation_letters'), ('sets', '0011_country'), ('sets', '0012_coached'), ('sets', '0013_own_guides')]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('vault', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='LearningSet',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('purpose', models.TextField(blank=True, max_length=2000, verbose_name='purpose')),
                ('accent', models.CharField(choices=[('moss', 'Moss'), ('river', 'River'), ('plum', 'Plum'), ('clay', 'Clay'), ('slate', 'Slate'), ('heather', 'Heather'), ('teal', 'Teal'), ('ochre', 'Ochre')], default='moss', max_length=16, verbose_name='colour')),
                ('started_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('seats_version', models.PositiveIntegerField(default=0)),
                ('key', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.key')),
                ('started_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('closes_at', models.DateTimeField(blank=True, null=True)),
                ('closing_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('erased_at', models.DateTimeField(blank=True, null=True)),
                ('erases_at', models.DateTimeField(blank=True, db_index=True, null=True)),
                ('own_protocols', models.JSONField(blank=True, default=list)),
                ('country', models.CharField(blank=True, max_length=24, validators=[setwise.sets.countries.validate_country], verbose_name='public holidays')),
                ('coached', models.BooleanField(default=True, verbose_name='question coach')),
                ('own_skills', models.JSONField(blank=True, default=list)),
                ('skills', models.JSONField(blank=True, default=list)),
            ],
        ),
        migrations.CreateModel(
            name='GroundRules',
            fields=[
                ('meeting_minutes', models.PositiveSmallIntegerField(default=120, validators=[django.core.validators.MinValueValidator(30), django.core.validators.MaxValueValidator(480)], verbose_name='length of a meeting, in minutes')),
                ('issues_per_meeting', models.PositiveSmallIntegerField(choices=[(1, 'One'), (2, 'Two')], default=2, verbose_name='issues in a meeting')),
                ('air_time', models.CharField(choices=[('equal', 'Equal'), ('bid', 'By bid')], default='bid', max_length=8, verbose_name='air time')),
                ('protocol', models.CharField(default='classic', max_length=40, verbose_name='protocol')),
                ('outside', models.TextField(blank=True, max_length=1000, verbose_name='what may be said outside')),
                ('duty_of_care', models.TextField(blank=True, max_length=1000, verbose_name='when someone may come to harm')),
                ('steward_sees', models.CharField(choices=[('names', 'By name'), ('counts', 'As counts'), ('none', 'Not at all')], default='none', max_length=8, verbose_name='a steward sees attendance')),
                ('quorum', models.PositiveSmallIntegerField(default=3, validators=[django.core.validators.MinValueValidator(2), django.core.validators.MaxValueValidator(9)], verbose_name='quorum')),
                ('apologies_notice_hours', models.PositiveSmallIntegerField(default=24, validators=[django.core.validators.MaxValueValidator(336)], verbose_name='notice for apologies, in hours')),
                ('moves_below_quorum', models.BooleanField(default=False, verbose_name='move a meeting that is below quorum')),
                ('note_writers', models.CharField(choices=[('anyone', 'Anyone present'), ('facilitator', 'The facilitator'), ('nobody', 'Nobody')], default='anyone', max_length=12, verbose_name='who may write notes')),
                ('record_readers', models.CharField(choices=[('presenter', 'The presenter only'), ('present', 'Those who were there')], default='presenter', max_length=12, verbose_name='who may read a round’s record afterwards')),
                ('keep_days_after_close', models.PositiveSmallIntegerField(default=90, validators=[django.core.validators.MaxValueValidator(3650)], verbose_name='days that records outlive the set')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField()),
                ('state', models.CharField(choices=[('draft', 'being written'), ('proposed', 'proposed'), ('in force', 'in force'), ('past', 'past'), ('withdrawn', 'withdrawn')], default='draft', max_length=10)),
                ('written_at', models.DateTimeField()),
                ('proposed_at', models.DateTimeField(blank=True, null=True)),
                ('in_force_at', models.DateTimeField(blank=True, null=True)),
                ('past_at', models.DateTimeField(blank=True, null=True)),
                ('written_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('learning_set', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ground_rules', to='sets.learningset')),
                ('prepare_days', models.PositiveSmallIntegerField(choices=[(0, 'Not at all'), (1, 'The day before'), (2, '2 days before'), (3, '3 days before'), (5, '5 days before'), (7, '7 days before'), (14, '14 days before')], default=3, verbose_name='asked to prepare')),
                ('names_taken_away', models.BooleanField(default=False, verbose_name='a presenter who takes their record away takes the others’ names with it')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('learning_set', 'number'), name='rules_number'), models.UniqueConstraint(condition=models.Q(('state', 'in force')), fields=('learning_set',), name='rules_one_in_force'), models.UniqueConstraint(condition=models.Q(('state__in', ['draft', 'proposed'])), fields=('learning_set',), name='rules_one_being_agreed')],
            },
        ),
        migrations.CreateModel(
            name='GuideOffer',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('guide', models.CharField(max_length=40)),
                ('at', models.DateTimeField(db_index=True)),
                ('learning_set', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='sets.learningset')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('at', 'id'),
                'constraints': [models.UniqueConstraint(fields=('learning_set', 'person', 'guide'), name='guide_offer_once')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('email', models.EmailField(max_length=254)),
                ('as_facilitator', models.BooleanField(default=False)),
                ('digest', models.BinaryField(max_length=32, unique=True)),
                ('times_sent', models.PositiveSmallIntegerField(default=1)),
                ('sent_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('answer', models.CharField(blank=True, choices=[('yes', 'yes'), ('no', 'no')], max_length=3)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('invited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('learning_set', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='sets.learningset')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('answer', ''), ('withdrawn_at', None)), fields=('learning_set', 'email'), name='invitation_one_open_an_address')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('is_member', models.BooleanField(default=True)),
                ('is_facilitator', models.BooleanField(default=False)),
                ('joined_at', models.DateTimeField()),
                ('left_at', models.DateTimeField(blank=True, null=True)),
                ('left_how', models.CharField(blank=True, choices=[('left', 'left'), ('ended', 'ended'), ('closed', 'closed')], max_length=8)),
                ('suspended_at', models.DateTimeField(blank=True, null=True)),
                ('learning_set', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='sets.learningset')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('facilitates_until', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('left_at', None)), fields=('learning_set', 'person'), name='membership_one_current_seat'), models.CheckConstraint(condition=models.Q(('is_member', True), ('is_facilitator', True), _connector='OR'), name='membership_has_a_seat'), models.UniqueConstraint(condition=models.Q(('is_facilitator', True), ('left_at', None)), fields=('learning_set',), name='membership_one_facilitator')],
            },
        ),
        migrations.CreateModel(
            name='OwnGuide',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('title_sealed', setwise.vault.fields.SealedField(blank=True, null=True)),
                ('text_sealed', setwise.vault.fields.SealedField(blank=True, null=True)),
                ('for_facilitator', models.BooleanField(default=False)),
                ('written_at', models.DateTimeField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('key', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.key')),
                ('learning_set', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='own_guides', to='sets.learningset')),
                ('written_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('written_at', 'id'),
            },
        ),
        migrations.CreateModel(
            name='Variant',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('line', models.UUIDField()),
                ('number', models.PositiveSmallIntegerField(default=1)),
                ('text', models.TextField()),
                ('written_at', models.DateTimeField()),
                ('learning_set', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='variants', to='sets.learningset')),
                ('written_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('written_at', 'id'),
                'constraints': [models.UniqueConstraint(fields=('line', 'number'), name='variant_one_a_number')],
            },
        ),
        migrations.CreateModel(
            name='Assent',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('answer', models.CharField(choices=[('yes', 'Yes'), ('no', 'Not yet')], max_length=3)),
                ('would_let_sealed', setwise.vault.fields.SealedField(blank=True, null=True)),
                ('answered_at', models.DateTimeField()),
                ('key', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.key')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('rules', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assents', to='sets.groundrules')),
                ('agreed_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('rules', 'person'), name='assent_one_a_person')],
            },
        ),
        migrations.CreateModel(
            name='Clause',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('subject', models.CharField(choices=[('time', 'Time'), ('confidentiality', 'Confidentiality'), ('attendance', 'Attendance'), ('notes', 'Notes'), ('other', 'Other')], max_length=16)),
                ('text', models.TextField(max_length=1000)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('rules', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='clauses', to='sets.groundrules')),
            ],
            options={
                'ordering': ('position', 'id'),
            },
        ),
        migrations.CreateModel(
            name='Graduation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('proposed_at', models.DateTimeField()),
                ('takes_effect_at', models.DateTimeField()),
                ('agreed_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('facilitator', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='sets.membership')),
                ('learning_set', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='graduations', to='sets.learningset')),
            ],
            options={
                'indexes': [models.Index(fields=['learning_set', 'proposed_at'], name='graduation_by_date')],
            },
        ),
        migrations.CreateModel(
            name='Handover',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('giver', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='sets.membership')),
                ('learning_set', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='handovers', to='sets.learningset')),
                ('taker', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='sets.membership')),
                ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['learning_set', 'at'], name='handover_by_date')],
            },
        ),
        migrations.CreateModel(
            name='InvitationLetter',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(db_index=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('invitation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='letters', to='sets.invitation')),
            ],
        ),
        migrations.CreateModel(
            name='GraduationAnswer',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('answer', models.CharField(choices=[('yes', 'Yes'), ('no', 'Not yet')], max_length=3)),
                ('would_let_sealed', setwise.vault.fields.SealedField(blank=True, null=True)),
                ('answered_at', models.DateTimeField()),
                ('graduation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='sets.graduation')),
                ('key', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.key')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('graduation', 'person'), name='graduation_one_answer_a_person')],
            },
        ),
    ]

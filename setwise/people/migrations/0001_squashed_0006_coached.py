import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import setwise.people.models.person
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('people', '0001_initial'), ('people', '0002_link'), ('people', '0003_reminder_choice'), ('people', '0004_mail_returned'), ('people', '0005_reminder_label'), ('people', '0006_coached')]

    initial = True

    dependencies = [
        ('vault', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Person',
            fields=[
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='e-mail address')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('role', models.CharField(blank=True, max_length=200, verbose_name='role')),
                ('zone', models.CharField(default='Europe/London', max_length=64, validators=[setwise.people.models.person.validate_zone], verbose_name='time zone')),
                ('language', models.CharField(choices=[('en-gb', 'British English')], default='en-gb', max_length=16, verbose_name='language')),
                ('strengths', models.JSONField(blank=True, default=list, verbose_name='strengths')),
                ('growing', models.JSONField(blank=True, default=list, verbose_name='what I want to grow')),
                ('shows_strengths', models.BooleanField(default=False, verbose_name='show these to my sets')),
                ('is_active', models.BooleanField(default=True)),
                ('is_staff', models.BooleanField(default=False, verbose_name='operator')),
                ('joined_at', models.DateTimeField(auto_now_add=True)),
                ('key', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.key')),
                ('returned_address', models.EmailField(blank=True, max_length=254)),
                ('returned_at', models.DateTimeField(blank=True, null=True)),
                ('returned_for_good', models.BooleanField(default=False)),
                ('coached', models.BooleanField(default=True, verbose_name='hints of the question coach')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email'))), name='person_email_is_lower_case')],
            },
        ),
        migrations.CreateModel(
            name='Link',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('purpose', models.CharField(max_length=16)),
                ('about', models.UUIDField(db_index=True)),
                ('number', models.PositiveIntegerField(default=0)),
                ('made_at', models.DateTimeField()),
                ('dies_at', models.DateTimeField(blank=True, db_index=True, null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('purpose', 'person', 'about'), name='link_one_a_thing')],
            },
        ),
        migrations.CreateModel(
            name='ReminderChoice',
            fields=[
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('preparation', models.BooleanField(default=True, verbose_name='before a meeting: what might I bring?')),
                ('meeting_week', models.BooleanField(default=True, verbose_name='a meeting, a week before')),
                ('meeting_day', models.BooleanField(default=True, verbose_name='a meeting, the day before')),
                ('poll', models.BooleanField(default=True, verbose_name='dates that wait for my answer')),
                ('action_due', models.BooleanField(default=True, verbose_name='an action of mine, on its day')),
                ('action_overdue', models.BooleanField(default=True, verbose_name='an action of mine, once its day has passed')),
                ('after_meeting', models.BooleanField(default=True, verbose_name='after a meeting: my own actions')),
                ('manner', models.CharField(choices=[('single', 'Each by itself, on its day'), ('weekly', 'One e-mail a week instead, with all of it'), ('none', 'No reminders')], default='single', max_length=6, verbose_name='how')),
                ('weekday', models.PositiveSmallIntegerField(default=0, validators=[django.core.validators.MaxValueValidator(6)])),
                ('hour', models.PositiveSmallIntegerField(default=8, validators=[django.core.validators.MinValueValidator(7), django.core.validators.MaxValueValidator(20)])),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('hour__range', (7, 20)), ('weekday__range', (0, 6))), name='reminder_choice_by_day')],
            },
        ),
        migrations.CreateModel(
            name='SigninLink',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('digest', models.BinaryField(max_length=32, unique=True)),
                ('expires_at', models.DateTimeField()),
                ('reusable', models.BooleanField(default=False)),
                ('used_at', models.DateTimeField(blank=True, null=True)),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='signin_links', to=settings.AUTH_USER_MODEL)),
            ],
        ),
    ]

import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('outbox', '0001_initial'), ('outbox', '0002_pace_and_trouble'), ('outbox', '0003_letter_day_zone')]

    initial = True

    dependencies = [
        ('vault', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200, unique=True)),
                ('to_email', models.EmailField(max_length=254)),
                ('template', models.CharField(max_length=100)),
                ('subject', models.CharField(max_length=300)),
                ('body_sealed', models.BinaryField(blank=True, null=True)),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('claimed', 'claimed'), ('sent', 'sent'), ('failed', 'failed'), ('expired', 'expired')], default='waiting', max_length=8)),
                ('posted_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('lease_until', models.DateTimeField(blank=True, null=True)),
                ('expires_at', models.DateTimeField(blank=True, null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('last_answer', models.CharField(blank=True, max_length=300)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('key', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.key')),
                ('doubts', models.PositiveSmallIntegerField(default=0)),
                ('trouble', models.CharField(blank=True, max_length=30)),
                ('day_zone', models.CharField(blank=True, max_length=64)),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'due_at'], name='letter_state_due')],
            },
        ),
        migrations.CreateModel(
            name='Pace',
            fields=[
                ('only', models.BooleanField(default=True, primary_key=True, serialize=False)),
                ('next_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='PostKey',
            fields=[
                ('only', models.BooleanField(default=True, primary_key=True, serialize=False)),
                ('key', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.key')),
            ],
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='meeting',
            name='goes_ahead_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]

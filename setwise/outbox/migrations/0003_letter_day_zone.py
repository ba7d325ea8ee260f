from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("outbox", "0002_pace_and_trouble")]

    operations = [
        migrations.AddField(
            model_name="letter",
            name="day_zone",
            field=models.CharField(blank=True, default="", max_length=64),
            preserve_default=False,
        )
    ]

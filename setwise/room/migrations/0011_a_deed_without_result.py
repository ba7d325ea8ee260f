from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('room', '0010_process_notes'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='deed',
            name='result',
        ),
    ]

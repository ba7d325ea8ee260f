from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "setwise.outbox"
    default_auto_field = "django.db.models.BigAutoField"

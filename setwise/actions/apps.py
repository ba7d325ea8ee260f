from django.apps import AppConfig


class ActionsConfig(AppConfig):
    name = "setwise.actions"
    default_auto_field = "django.db.models.BigAutoField"

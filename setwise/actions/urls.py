from django.urls import path

from setwise.actions.views import actions, preparation, update

app_name = "actions"
urlpatterns = [
    path("meetings/<uuid:meeting_id>/preparation/", preparation.prepare, name="prepare"),
    path("actions/update/<str:token>/", update.update, name="update"),
    path("actions/", actions.mine, name="mine"),
    path("actions/<uuid:action_id>/", actions.action, name="action"),
    path("actions/<uuid:action_id>/edit/", actions.edit, name="edit"),
    path("actions/<uuid:action_id>/confirmation/", actions.confirm, name="confirm"),
    path("actions/<uuid:action_id>/ally/", actions.ally, name="ally"),
    path(
        "actions/<uuid:action_id>/progress/<uuid:progress_id>/confirmation/",
        actions.confirm_progress,
        name="confirm-progress",
    ),
]

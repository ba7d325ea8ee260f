from django.urls import include, path

from setwise.project.health import healthz

urlpatterns = [
    path("", include("setwise.room.urls")),  # first: a live room asks more than all the others
    path("healthz/", healthz, name="healthz"),
    path("accounts/", include("setwise.people.account_urls")),
    path("", include("setwise.outbox.urls")),
    path("", include("setwise.people.urls")),
    path("", include("setwise.sets.urls")),
    path("", include("setwise.meetings.urls")),
    path("", include("setwise.actions.urls")),
    path("", include("setwise.privacy.urls")),
    path("", include("setwise.mailin.urls")),
    path("", include("setwise.today.urls")),
]

from django.urls import path

from setwise.today.views import meetings, set_home, today

app_name = "today"
urlpatterns = [
    path("", today.today, name="today"),
    path("sets/<uuid:set_id>/meetings/", meetings.meetings, name="meetings"),
    path("sets/<uuid:set_id>/", set_home.set_home, name="set"),
]

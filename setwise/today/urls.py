from django.urls import path

from setwise.today.views import meetings, practice, set_home, today

app_name = "today"
urlpatterns = [
    path("", today.today, name="today"),
    path("practice/", practice.practice, name="practice"),
    path("practice/<int:number>/", practice.practise, name="practise"),
    path("practice/end/", practice.practised, name="practised"),
    path("sets/<uuid:set_id>/meetings/", meetings.meetings, name="meetings"),
    path("sets/<uuid:set_id>/", set_home.set_home, name="set"),
]

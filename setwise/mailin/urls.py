from django.urls import path

from setwise.mailin.views import arrivals

app_name = "mailin"
urlpatterns = [path("operating/mail/in/", arrivals.arrivals, name="arrivals")]

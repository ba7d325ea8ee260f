from django.urls import path

from setwise.outbox import views

app_name = "outbox"
urlpatterns = [path("", views.demo_mail, name="demo-mail")]

from django.urls import path

from setwise.outbox import views

app_name = "outbox"
urlpatterns = [
    path("demo/mail/", views.demo_mail, name="demo-mail"),
    path("operating/mail/", views.mail, name="mail"),
    path("operating/mail/again/", views.mail_again, name="mail-again"),
]

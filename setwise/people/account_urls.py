"""Of allauth's pages only those that Setwise has: there are no passwords to set or to forget."""

from allauth.account import views
from django.urls import path
from django.views.generic import RedirectView

from setwise.people.views.refused import refusing

urlpatterns = [
    # allauth's own sign-in page asks for a password; ours asks for a code, and nothing else
    path("login/", refusing(views.request_login_code), name="account_login"),
    path(
        "login/code/",
        RedirectView.as_view(pattern_name="account_login", query_string=True),
        name="account_request_login_code",
    ),
    path(
        "login/code/confirm/",
        refusing(views.confirm_login_code),
        name="account_confirm_login_code",
    ),
    path("logout/", views.logout, name="account_logout"),
    path("signup/", refusing(views.signup), name="account_signup"),
    path(
        "confirm-email/",
        refusing(views.email_verification_sent),
        name="account_email_verification_sent",
    ),
    path("inactive/", views.account_inactive, name="account_inactive"),
    # allauth sends people here for the address they sign in with, which their account page shows
    path("email/", RedirectView.as_view(pattern_name="people:account"), name="account_email"),
]

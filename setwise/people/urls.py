from django.urls import path

from setwise.people.views import account, address, enter, reminders

app_name = "people"
urlpatterns = [
    path("enter/<str:token>/", enter.enter, name="enter"),
    path("begin/<str:token>/", enter.begin, name="begin"),
    path("account/", account.account, name="account"),
    path("account/address/", account.address_is_right, name="address-is-right"),
    path("account/address/new/", address.address, name="new-address"),
    path("account/coach/", account.coach, name="coach"),
    path("account/sessions/", account.sessions, name="sessions"),
    path("account/sessions/<int:session_id>/end/", account.end_session, name="end-session"),
    path("account/sessions/end-others/", account.end_others, name="end-others"),
    path("account/reminders/", reminders.reminders, name="reminders"),
    path("reminders/<str:token>/", reminders.by_foot, name="reminders-by-link"),
    path("reminders/<str:token>/<str:kind>/", reminders.stop, name="stop-reminder"),
]

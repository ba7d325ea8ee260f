from django.urls import path

from setwise.privacy.views import closing

app_name = "privacy"
urlpatterns = [
    path("sets/<uuid:set_id>/closing/", closing.closing, name="closing"),
    path("sets/<uuid:set_id>/closing/withdrawal/", closing.take_back, name="take-back"),
]

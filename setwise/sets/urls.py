from django.urls import path

from setwise.sets.views import answer, guides, people, rules, start

app_name = "sets"
urlpatterns = [
    path("playbook/", guides.playbook, name="playbook"),
    path("guides/<slug:key>/", guides.guide, name="guide"),
    path("guides/offers/<uuid:offer_id>/away/", guides.put_away, name="put-away"),
    path("sets/<uuid:set_id>/facilitating/guides/", guides.offer, name="offer-guide"),
    path("sets/new/", start.start, name="start"),
    path("sets/<uuid:set_id>/about/", start.about, name="about"),
    path("sets/<uuid:set_id>/people/", people.people, name="people"),
    path("sets/<uuid:set_id>/people/facilitator/", people.facilitator, name="facilitator"),
    path("sets/<uuid:set_id>/people/leave/", people.leave, name="leave"),
    path(
        "sets/<uuid:set_id>/people/<uuid:membership_id>/suspension/", people.suspend, name="suspend"
    ),
    path("sets/<uuid:set_id>/people/<uuid:membership_id>/end/", people.end, name="end"),
    path("sets/<uuid:set_id>/invitations/<uuid:invitation_id>/again/", people.again, name="again"),
    path(
        "sets/<uuid:set_id>/invitations/<uuid:invitation_id>/withdrawal/",
        people.withdraw,
        name="withdraw",
    ),
    path("sets/<uuid:set_id>/rules/", rules.rules, name="rules"),
    path("sets/<uuid:set_id>/rules/edit/", rules.edit, name="edit-rules"),
    path("sets/<uuid:set_id>/rules/answer/", answer.answer, name="answer"),
    path("sets/<uuid:set_id>/rules/withdrawal/", rules.withdraw, name="withdraw-rules"),
    path("sets/<uuid:set_id>/rules/versions/<int:number>/", rules.version, name="version"),
]

from django.urls import path

from setwise.sets.views import (
    answer,
    given,
    graduation,
    guides,
    own_guides,
    people,
    protocols,
    rules,
    start,
    variants,
)

app_name = "sets"
G = "sets/<uuid:set_id>/guides/"
P = "sets/<uuid:set_id>/protocols/"
urlpatterns = [
    path("playbook/", guides.playbook, name="playbook"),
    path("guides/", guides.guides, name="guides"),
    path("guides/<slug:key>/", guides.guide, name="guide"),
    path("guides/offers/<uuid:offer_id>/away/", guides.put_away, name="put-away"),
    path("sets/<uuid:set_id>/facilitating/guides/", guides.offer, name="offer-guide"),
    path(G, own_guides.set_guides, name="set-guides"),
    path(G + "new/", own_guides.write, name="write-guide"),
    path(G + "<uuid:guide_id>/", own_guides.own_guide, name="own-guide"),
    path(G + "<uuid:guide_id>/edit/", own_guides.edit, name="edit-guide"),
    path(G + "<uuid:guide_id>/deletion/", own_guides.delete, name="delete-guide"),
    path("sets/<uuid:set_id>/skills/", own_guides.skills, name="skills"),
    path("sets/new/", start.start, name="start"),
    path("sets/<uuid:set_id>/about/", start.about, name="about"),
    path("sets/<uuid:set_id>/people/", people.people, name="people"),
    path("sets/<uuid:set_id>/people/facilitator/", people.facilitator, name="facilitator"),
    path("sets/<uuid:set_id>/graduation/", graduation.graduation, name="graduation"),
    path("handovers/<uuid:handover_id>/", given.given, name="given"),
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
    path(P, protocols.index, name="protocols"),
    path(P + "from-file/", variants.from_file, name="protocol-from-file"),
    path(P + "<slug:way>/", protocols.show, name="protocol"),
    path(P + "<slug:way>/file/", protocols.file, name="protocol-file"),
    path(P + "<slug:way>/own/", variants.vary, name="vary"),
    path(P + "<slug:way>/next/", variants.revise, name="revise"),
    path(P + "<slug:way>/at-hand/", variants.at_hand, name="at-hand"),
]

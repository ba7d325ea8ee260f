from django.urls import path

from setwise.room.views import changes, page, records

app_name = "room"
R = "rooms/<uuid:meeting_id>/"
N = R + "rounds/<uuid:round_id>/"
urlpatterns = [
    path(R, page.room, name="room"),
    path(R + "stream/", page.stream, name="stream"),
    path(R + "opening/", page.open_, name="open"),
    path(R + "position/<int:expected>/", changes.position, name="position"),
    path(R + "clock/", changes.clock, name="clock"),
    path(R + "today/", changes.today, name="today"),
    path(R + "closing/", changes.close, name="close"),
    path(R + "knock/", changes.knock, name="knock"),
    path(R + "check-ins/", changes.check_in, name="check-in"),
    path(R + "departures/", changes.leave, name="depart"),
    path(R + "latecomers/", changes.let_see, name="let-see"),
    path(R + "chair/", changes.chair, name="chair"),
    path(R + "rules/", changes.rules, name="rules"),
    path(R + "bids/", changes.bid, name="bid"),
    path(R + "rounds/", changes.choose, name="choose"),
    path(N + "words/<str:name>/", changes.say, name="say"),
    path(N + "manner/", changes.manner, name="manner"),
    path(N + "questions/", changes.ask, name="ask"),
    path(N + "options/", changes.offer, name="offer"),
    path(N + "notes/<uuid:note_id>/", changes.note, name="note"),
    path(N + "actions/", changes.decide, name="decide"),
    path(R + "review/", changes.review, name="review"),
    path(R + "check-outs/", changes.check_out, name="check-out"),
    path(R + "progress/<uuid:action_id>/", changes.progress, name="progress"),
    path("records/<uuid:round_id>/", records.record, name="record"),
    path("records/<uuid:round_id>/readers/", records.readers, name="readers"),
    path("records/<uuid:round_id>/notes/<uuid:note_id>/", records.mark, name="mark"),
]

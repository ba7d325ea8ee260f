from django.urls import path

from setwise.room.views import changes, keeping, page, records, screen, writing

app_name = "room"
R = "rooms/<uuid:meeting_id>/"
N = R + "rounds/<uuid:round_id>/"
urlpatterns = [
    path(R, page.room, name="room"),
    path(R + "stream/", page.stream, name="stream"),
    path(R + "screen/", screen.screen, name="screen"),
    path(R + "screen/stream/", page.stream, name="screen-stream"),
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
    path(R + "recording/", changes.recording, name="recording"),
    path(R + "drafts/<str:kind>/<uuid:row_id>/", writing.draft, name="draft"),
    path(R + "bids/", writing.bid, name="bid"),
    path(R + "rounds/", changes.choose, name="choose"),
    path(N + "words/<str:name>/", writing.say, name="say"),
    path(N + "manner/", changes.manner, name="manner"),
    path(N + "questions/", writing.ask, name="ask"),
    path(N + "problems/", writing.problem, name="problem"),
    path(N + "options/", writing.offer, name="offer"),
    path(N + "notes/<uuid:note_id>/", writing.note, name="note"),
    path(N + "actions/", writing.decide, name="decide"),
    path(R + "review/", writing.review, name="review"),
    path(R + "check-outs/", writing.check_out, name="check-out"),
    path(R + "progress/<uuid:action_id>/", writing.progress, name="progress"),
    path("records/", records.mine, name="records"),
    path("records/markdown/", records.take_all, name="take-all"),
    path("records/<uuid:round_id>/", records.record, name="record"),
    path("records/<uuid:round_id>/edit/", keeping.edit, name="record-edit"),
    path("records/<uuid:round_id>/redaction/", keeping.redact, name="record-redact"),
    path("records/<uuid:round_id>/deletion/", keeping.delete, name="record-delete"),
    path("records/<uuid:round_id>/print/", keeping.printed, name="record-print"),
    path("records/<uuid:round_id>/markdown/", records.take, name="take"),
    path("records/<uuid:round_id>/readers/", records.readers, name="readers"),
    path("records/<uuid:round_id>/notes/<uuid:note_id>/", records.mark, name="mark"),
    path(
        "records/<uuid:round_id>/drafts/<str:kind>/<uuid:row_id>/",
        records.draft,
        name="record-draft",
    ),
]

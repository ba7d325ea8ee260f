from django.urls import path

from setwise.meetings.views import (
    answer,
    calendar,
    invitation,
    meeting,
    poll_by_link,
    polls,
    proposing,
    rhythm,
    schedule,
    settling,
)

app_name = "meetings"
urlpatterns = [
    path("invitations/<str:token>/", invitation.invitation, name="invitation"),
    path("meetings/answer/<str:token>/", answer.answer, name="answer"),
    path("sets/<uuid:set_id>/meetings/new/", schedule.fix, name="fix"),
    path("meetings/<uuid:meeting_id>/", meeting.meeting, name="meeting"),
    path("meetings/<uuid:meeting_id>/calendar.ics", calendar.file, name="calendar-file"),
    path("account/calendar/", calendar.subscribing, name="subscribing"),
    path("calendar/<str:token>.ics", calendar.feed, name="feed"),
    path("meetings/<uuid:meeting_id>/reply/", meeting.reply, name="reply"),
    path("meetings/<uuid:meeting_id>/chair/", meeting.chair, name="chair"),
    path("meetings/<uuid:meeting_id>/date/", schedule.move, name="move"),
    path("meetings/<uuid:meeting_id>/date/next/", meeting.next_date, name="next-date"),
    path("meetings/<uuid:meeting_id>/going-ahead/", meeting.hold, name="hold"),
    path("meetings/<uuid:meeting_id>/cancellation/", schedule.cancel, name="cancel"),
    path("sets/<uuid:set_id>/meetings/rhythm/", rhythm.rhythm, name="rhythm"),
    path("sets/<uuid:set_id>/polls/new/", polls.find, name="find"),
    path("polls/<uuid:poll_id>/", polls.poll, name="poll"),
    path("polls/<uuid:poll_id>/dates/", proposing.dates, name="poll-dates"),
    path("polls/<uuid:poll_id>/places/", proposing.places, name="poll-places"),
    path(
        "polls/<uuid:poll_id>/dates/<uuid:row_id>/removal/",
        proposing.remove_date,
        name="remove-date",
    ),
    path(
        "polls/<uuid:poll_id>/places/<uuid:row_id>/removal/",
        proposing.remove_place,
        name="remove-place",
    ),
    path("polls/<uuid:poll_id>/settlement/", settling.settle, name="settle"),
    path("polls/<uuid:poll_id>/closing/", polls.close, name="close-poll"),
    path("polls/<uuid:poll_id>/cancellation/", polls.cancel, name="cancel-poll"),
    path("polls/answer/<str:token>/", poll_by_link.answer, name="poll-by-link"),
]

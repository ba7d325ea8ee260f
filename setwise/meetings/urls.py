from django.urls import path

from setwise.meetings.views import answer, invitation, meeting, schedule

app_name = "meetings"
urlpatterns = [
    path("invitations/<str:token>/", invitation.invitation, name="invitation"),
    path("meetings/answer/<str:token>/", answer.answer, name="answer"),
    path("sets/<uuid:set_id>/meetings/new/", schedule.fix, name="fix"),
    path("meetings/<uuid:meeting_id>/", meeting.meeting, name="meeting"),
    path("meetings/<uuid:meeting_id>/reply/", meeting.reply, name="reply"),
    path("meetings/<uuid:meeting_id>/chair/", meeting.chair, name="chair"),
    path("meetings/<uuid:meeting_id>/date/", schedule.move, name="move"),
    path("meetings/<uuid:meeting_id>/going-ahead/", meeting.hold, name="hold"),
    path("meetings/<uuid:meeting_id>/cancellation/", schedule.cancel, name="cancel"),
]

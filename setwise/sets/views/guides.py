"""The guides, open to whoever comes; the facilitator's playbook; offering a guide to somebody."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from setwise.coaching import cards
from setwise.coaching import guides as texts
from setwise.people.models import Person
from setwise.people.practising import may_practise
from setwise.people.requests import SignedInRequest, signed_in
from setwise.sets import guides_here, offering_guides
from setwise.sets.models import LearningSet
from setwise.sets.seats import Seat, seated
from setwise.ui import prose

LONGEST_SEARCH = 100  # characters


@require_safe
def guides(request: HttpRequest) -> HttpResponse:
    """All guides by whom they are for, or those in which the words of `q` are found."""
    language, words = _language(), request.GET.get("q", "")[:LONGEST_SEARCH].strip()
    context = {
        "words": words,
        "found": texts.search(words, guides_here.known(language).values()),
        "own": list(guides_here.own().values()),
        "sets": _sets(request),
        "groups": [(title, texts.of(key, language)) for key, title in texts.AUDIENCES.items()],
        "may_practise": may_practise(request),
    }
    return render(request, "sets/guides.html", context)


def _sets(request: HttpRequest) -> list[LearningSet]:
    """The sets of whoever reads: each may have written guides of its own."""
    if not isinstance(request.user, Person):
        return []
    return list(LearningSet.objects.visible_to(request.user).order_by("name"))


@require_safe
def guide(request: HttpRequest, key: str) -> HttpResponse:
    """One guide; whoever was offered it may put the offer away here."""
    known = guides_here.known(_language())
    found = known.get(key)
    if found is None:
        raise Http404
    same = [each for each in known.values() if each.audience == found.audience]
    context = {
        "guide": found,
        "body": prose.html(found.body),
        "lede": prose.line(found.lede),
        "next": next(iter(same[same.index(found) + 1 :]), None),
        "offer": _offered(request, key),
        "may_practise": may_practise(request) and found.audience == "everyone",
    }
    return render(request, "sets/guide.html", context)


def _offered(request: HttpRequest, key: str) -> offering_guides.Offer | None:
    if not isinstance(request.user, Person):
        return None
    offers = offering_guides.offered_to(request.user, at=timezone.now())
    return next((each for each in offers if each.guide.key == key), None)


def _language() -> str:
    return get_language() or texts.FALLBACK


@require_safe
@signed_in
def playbook(request: SignedInRequest) -> HttpResponse:
    """What may go wrong in a meeting, and what one might say: for everyone, as anyone may chair."""
    rows = [(card, texts.beside(card.key, _language())) for card in cards.playbook()]
    return render(request, "sets/playbook.html", {"cards": rows})


@require_POST
@seated
def offer(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Offer somebody a guide from the page of whoever facilitates."""
    try:
        to = UUID(request.POST.get("to", ""))
    except ValueError:
        to = seat.person.id  # nobody was chosen
    guide = request.POST.get("guide", "")
    try:
        offering_guides.offer(seat, to=to, guide=guide, at=timezone.now())
    except offering_guides.NobodyHere as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, "It is offered. Only they see it; they may read it or not.")
    return redirect("room:facilitating", seat.learning_set.id)


@require_POST
@signed_in
def put_away(request: SignedInRequest, offer_id: UUID) -> HttpResponse:
    if not offering_guides.put_away(request.user, offer_id):
        raise Http404
    return redirect("today:today")

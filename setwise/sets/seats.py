"""The gate. One definition of belonging; every page and every use-case rests on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Concatenate, ParamSpec, cast
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase

from setwise.people.models import Person
from setwise.people.requests import SignedInRequest, signed_in
from setwise.prepared import prepared
from setwise.sets.models import LearningSet, Membership

P = ParamSpec("P")
_MINT = object()


@dataclass(frozen=True, slots=True)
class Seat:
    """Proof that `person` belongs to `learning_set` now. Only this module can make one."""

    person: Person
    learning_set: LearningSet
    is_member: bool
    is_facilitator: bool
    minted_by: object = field(repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.minted_by is not _MINT:
            raise TypeError("A seat is taken with seats.take, never made by hand.")

    def must(self, allowed: bool, why: str = "") -> None:
        """Raise PermissionDenied (a 403) unless `allowed`; `why` is shown to the person."""
        if not allowed:
            raise PermissionDenied(why)

    def must_go_on(self) -> None:
        """Raise PermissionDenied where the set is closed: from then on it can only be read."""
        self.must(self.learning_set.goes_on, "This set is closed. What it kept can be read.")


def of(membership: Membership) -> Seat | None:
    """The seat behind a membership row, or None where it has ended or is suspended."""
    facilitates = membership.facilitates
    belongs = membership.is_member or facilitates
    if membership.left_at or membership.suspended_at or not belongs:
        return None
    return Seat(
        membership.person,
        membership.learning_set,
        membership.is_member,
        facilitates,
        _MINT,
    )


def take(person: Person, set_id: UUID) -> Seat:
    """The person's seat in the set; raises Http404 for whoever has none, as for a set that is not."""
    membership = _membership.first(person.id, set_id)
    if membership is None:
        raise Http404
    membership.person = person
    seat = of(membership)
    if seat is None:
        raise Http404
    return seat


@prepared(UUID, UUID)
def _membership(person_id: UUID, set_id: UUID) -> QuerySet[Membership]:
    rows = Membership.objects.seated().filter(person_id=person_id, learning_set_id=set_id)
    return rows.select_related("learning_set")


def seated(
    view: Callable[Concatenate[SignedInRequest, Seat, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, UUID, P], HttpResponseBase]:
    """Gate a view whose first URL argument is a set's id: it gets the Seat instead."""

    @wraps(view)
    def gated(
        request: SignedInRequest, set_id: UUID, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        return view(request, take(request.user, set_id), *args, **kwargs)

    return cast("Callable[Concatenate[HttpRequest, UUID, P], HttpResponseBase]", signed_in(gated))

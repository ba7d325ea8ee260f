"""What a set practises, and what its members chose to show of what they want to grow."""

from __future__ import annotations

from setwise.people.models import Person
from setwise.sets.models import LearningSet
from tests.cast import Cast
from tests.sets.test_own_guides import browser, company, folder, page

__all__ = ["company"]


def test_a_set_names_skills_and_each_leads_to_its_guide(company: Cast) -> None:
    url = f"/sets/{company.learning_set.pk}/skills/"
    member = browser(company.people["member"])
    body = {"skills": ["listening", "silence"], "own_skills": "Rota talks\n\n Laughing "}
    assert member.post(url, body).status_code == 302
    row = LearningSet.objects.get(pk=company.learning_set.pk)
    assert (row.skills, row.own_skills) == (["listening", "silence"], ["Rota talks", "Laughing"])
    for path in (folder(company), f"/sets/{row.pk}/", f"/sets/{row.pk}/facilitating/"):
        html = page(browser(company.people["facilitator"]), path)
        assert "/guides/listening/" in html and "Laughing" in html, path
    assert member.post(url, {"own_skills": ""}).status_code == 302
    row.refresh_from_db()
    assert (row.skills, row.own_skills) == ([], [])


def test_a_skill_that_is_none_and_a_line_too_long_are_refused(company: Cast) -> None:
    url = f"/sets/{company.learning_set.pk}/skills/"
    member = browser(company.people["member"])
    assert member.post(url, {"skills": ["flying"]}).status_code == 422
    answer = member.post(url, {"own_skills": "x" * 81})
    assert answer.status_code == 422 and "x" * 81 in answer.content.decode()


def test_wishes_are_those_that_are_shown_and_suggest_guides(company: Cast) -> None:
    dele = company.people["apologies"]
    Person.objects.filter(pk=dele.pk).update(growing=["Saying no"], shows_strengths=True)
    ruth = browser(company.people["facilitator"])
    for path in (folder(company), f"/sets/{company.learning_set.pk}/facilitating/"):
        html = page(ruth, path)
        assert "Saying no" in html and "/guides/challenging-kindly/" in html
    Person.objects.filter(pk=dele.pk).update(shows_strengths=False)
    assert "Saying no" not in page(ruth, folder(company))


def test_ones_own_account_suggests_guides_shown_or_not(company: Cast) -> None:
    dele = company.people["apologies"]
    Person.objects.filter(pk=dele.pk).update(growing=["Listening longer"], shows_strengths=False)
    assert "/guides/listening/" in page(browser(dele), "/account/")
    Person.objects.filter(pk=dele.pk).update(growing=["Finance"])
    assert "Guides for what you want" not in page(browser(dele), "/account/")

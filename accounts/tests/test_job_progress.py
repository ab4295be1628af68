"""The progress of background work, as a part of a page that follows itself."""

import pytest

from accounts import jobs
from accounts.models import Job


@pytest.fixture
def job(db, monkeypatch):
    """Work that everyone but the people of Bảo trợ xã hội may follow."""
    monkeypatch.setattr(jobs, "KINDS", {})
    jobs.register(
        "count", compute=print, store=print, followed_by=lambda job, user, on: not user.username.startswith("btxh")
    )
    return Job.objects.create(
        kind="count", key="Q1", state="running", progress=42, stage="Đang tính số liệu", payload={"secret": "x9y"}
    )


def test_it_tells_percent_and_stage_and_nothing_of_the_content(cast, client, job):
    client.force_login(cast.head("ldvl"))
    answer = client.get(f"/viec-nen/{job.pk}/")
    page = answer.content.decode()
    assert "42 %" in page
    assert "Đang tính số liệu" in page
    assert "x9y" not in page
    assert "HX-Refresh" not in answer


@pytest.mark.parametrize(("state", "word"), [("done", "Xong"), ("failed", "Không làm được")])
def test_when_it_is_over_the_page_is_loaded_anew(cast, client, job, state, word):
    Job.objects.update(state=state)
    client.force_login(cast.clerk)
    answer = client.get(f"/viec-nen/{job.pk}/")
    assert answer["HX-Refresh"] == "true"
    assert word in answer.content.decode()


def test_who_does_not_see_what_it_works_on_finds_no_job(cast, client, job):
    client.force_login(cast.head("btxh"))
    assert client.get(f"/viec-nen/{job.pk}/").status_code == 404


def test_work_that_names_nobody_is_followed_by_nobody(cast, client, job):
    Job.objects.update(kind="mail")
    client.force_login(cast.director)
    assert client.get(f"/viec-nen/{job.pk}/").status_code == 404


def test_a_stranger_is_asked_to_sign_in(client, job):
    assert client.get(f"/viec-nen/{job.pk}/").status_code == 302


def test_a_page_with_running_work_polls_and_without_scripts_reloads(rf, cast, job):
    from django.template.loader import render_to_string

    part = render_to_string("components/progress.html", {"job": job, "title": "Tổng hợp"})
    assert f'hx-get="/viec-nen/{job.pk}/"' in part
    request = rf.get("/")
    request.user = cast.clerk
    frame = render_to_string("base.html", {"job": job}, request=request)
    assert "htmx" in frame
    assert '<noscript><meta http-equiv="refresh"' in frame
    job.state = "done"
    assert "htmx" not in render_to_string("base.html", {"job": job}, request=request)
    assert "hx-get" not in render_to_string("components/progress.html", {"job": job})

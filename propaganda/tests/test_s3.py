"""Files in an S3-compatible store: a real server, started here; handed out by the authorising view alone."""

import uuid

import pytest

from accounts.file_store import file_store
from documents.tests.files import picture, png
from propaganda.actions import add_evidence, remove_result
from propaganda.models import Evidence


@pytest.fixture
def bucket(settings):
    """The names of what the store holds, as a function."""
    import boto3
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    endpoint = "http://{}:{}".format(*server.get_host_and_port())
    login = {"region_name": "us-east-1", "aws_access_key_id": "thu", "aws_secret_access_key": "thu"}
    client = boto3.client("s3", endpoint_url=endpoint, **login)
    name = f"cchc-{uuid.uuid4().hex}"  # what one server held the next of this process knows
    client.create_bucket(Bucket=name)
    store = file_store(bucket=name, endpoint=endpoint, region="us-east-1", key="thu", secret="thu")
    settings.STORAGES = settings.STORAGES | {"default": store}
    yield lambda: [row["Key"] for row in client.list_objects_v2(Bucket=name).get("Contents", ())]
    server.stop()


def test_without_a_bucket_files_stay_on_this_machine():
    assert file_store()["BACKEND"].endswith("Folder")


def test_a_file_is_kept_in_the_store_and_leaves_by_the_authorising_view_alone(bucket, client, cast, result_of, at):
    result = result_of()
    evidence = add_evidence(result, file=png("ảnh.png"), by=cast.editor("ldvl"), now=at(2022, 3, 10))
    assert bucket() == [evidence.file.name]
    client.force_login(cast.editor("ldvl"))
    answer = client.get(f"/minh-chung/{evidence.pk}/")
    assert b"".join(answer.streaming_content)[:8] == picture()[:8]
    assert answer["Content-Type"] == "image/png"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    client.force_login(cast.editor("khtc"))
    assert client.get(f"/minh-chung/{evidence.pk}/").status_code == 404


def test_two_results_with_one_picture_have_a_file_each_and_removing_one_leaves_the_other(
    bucket, client, cast, result_of, at, django_capture_on_commit_callbacks
):
    by, now = cast.editor("ldvl"), at(2022, 3, 10)
    first, second = result_of(evidence=[png()]), result_of(key=str(uuid.uuid4()), evidence=[png()])
    assert len(bucket()) == 2
    with django_capture_on_commit_callbacks(execute=True):
        remove_result(first, by=by, now=now, reason="Ghi nhầm.")
    assert bucket() == [second.evidence.get().file.name]


def test_what_the_store_has_lost_is_a_page_of_ours(bucket, client, cast, result_of):
    result = result_of(evidence=[png()])
    evidence = Evidence.objects.get(result=result)
    evidence.file.storage.delete(evidence.file.name)
    client.force_login(cast.editor("ldvl"))
    assert client.get(f"/minh-chung/{evidence.pk}/").status_code == 404

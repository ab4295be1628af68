"""The folder of messages: what is put comes out whole and once, also while others look; a torn one stops nobody."""

from queue import Empty
from threading import Thread

import pytest
from kombu import Connection

MESSAGES = 1_500


@pytest.fixture
def folder(tmp_path):
    return tmp_path


def channel(folder):
    """A channel of its own to the folder, as each process has one."""
    options = dict.fromkeys(("data_folder_in", "data_folder_out", "control_folder"), str(folder))
    return Connection("filesystem://localhost", transport_options=options).channel()


def take_all(folder, wanted: list, taken: list) -> None:
    source = channel(folder)
    while len(wanted) < MESSAGES or any(folder.glob("*.celery.msg")):
        try:
            taken.append(source._get("celery")["number"])
        except Empty:
            continue


def test_two_who_look_while_messages_are_written_get_each_one_whole_and_once(folder):
    put, taken = [], []
    lookers = [Thread(target=take_all, args=(folder, put, taken)) for _looker in range(2)]
    for looker in lookers:
        looker.start()
    writer = channel(folder)
    for number in range(MESSAGES):
        writer._put("celery", {"number": number, "text": "đ" * 2_000})
        put.append(number)
    for looker in lookers:
        looker.join(60)
    assert sorted(taken) == put
    assert not list(folder.glob("*.taken"))


def test_a_message_torn_by_a_crash_is_left_out_and_the_next_one_comes(folder):
    (folder / "1_torn.celery.msg").write_text("")
    writer = channel(folder)
    writer._put("celery", {"number": 7})
    assert writer._get("celery") == {"number": 7}


def test_a_message_for_another_queue_stays(folder):
    writer = channel(folder)
    writer._put("other", {"number": 1})
    with pytest.raises(Empty):
        writer._get("celery")
    assert writer._get("other") == {"number": 1}

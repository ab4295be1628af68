"""Deadlines in the wordings of many offices: where the phrase stands in its sentence and what follows from it."""

import pytest

from documents.phrase_search import find_deadlines
from documents.phrases import read_deadline


@pytest.mark.parametrize(
    ("sentence", "phrase", "day"),
    [
        ("nộp bài không muộn hơn ngày 12 tháng 5 năm 2024", "không muộn hơn ngày 12 tháng 5 năm 2024", "2024-05-12"),
        ("gửi về Sở không quá ngày 12/5/2024", "không quá ngày 12/5/2024", "2024-05-12"),
        ("hạn cuối là ngày 12/5", "hạn cuối là ngày 12/5", "2024-05-12"),
        ("trễ nhất 12.5.2024", "trễ nhất 12.5.2024", "2024-05-12"),
        ("chấm điểm xong trước tháng 6/2024", "trước tháng 6/2024", "2024-05-31"),
        ("thanh toán trong tháng 12", "trong tháng 12", "2024-12-31"),
        ("chậm nhất trong tháng 3/2024", "chậm nhất trong tháng 3/2024", "2024-03-31"),
        ("ngày hội từ ngày 02/5/2024 đến hết ngày 12/5/2024", "từ ngày 02/5/2024 đến hết ngày 12/5/2024", "2024-05-12"),
        ("tổ chức trong quý II, quý III", "trong quý II, quý III", "2024-09-30"),
        ("họp vào tuần thứ hai của tháng 8", "vào tuần thứ hai của tháng 8", "2024-08-31"),
        ("lắp pa nô trước ngày hội 13/5/2024", "trước ngày hội 13/5/2024", "2024-05-12"),
        ("chốt số liệu trước ngày 10 các tháng 3, 6, 9 và 12", "trước ngày 10 các tháng 3, 6, 9 và 12", "2024-03-09"),
        ("báo cáo vào ngày 20/6 và ngày 20/11", "vào ngày 20/6 và ngày 20/11", "2024-06-20"),
        ("Ngày 12/5/2024 mở hội thi", "Ngày 12/5/2024", "2024-05-12"),
    ],
)
def test_the_last_day(sentence, phrase, day):
    assert find_deadlines(sentence) == [phrase]
    assert read_deadline(phrase, 2024).instant.date().isoformat() == day


@pytest.mark.parametrize(
    ("sentence", "recurrence"),
    [
        ("viết 02 bài/tháng", "monthly"),
        ("ít nhất 03 tin, bài/quý", "quarterly"),
        ("phát sóng 02 chuyên mục một tháng", "monthly"),
        ("kiểm tra 01 lần/quý", "quarterly"),
        ("họp dân vào tuần cuối của mỗi quý", "quarterly"),
        ("chào cờ vào thứ Hai tuần đầu hằng tháng", "monthly"),
        ("báo cáo định kỳ hằng tháng, quý", "monthly"),
        ("báo cáo định kỳ (quý, 6 tháng, năm)", "quarterly"),
        ("báo cáo quý I, 6 tháng, quý III và năm", "quarterly"),
        ("báo cáo 6 tháng trước ngày 03/6 và cả năm trước ngày 03/12", "half_yearly"),
        ("gửi số liệu trước ngày 10/6 và 10/12/2024", "half_yearly"),
        ("gửi số liệu trước ngày 5/3, 5/6, 5/9 và 5/12", "quarterly"),
        ("Hằng tháng, trước ngày 25, gửi số liệu", "monthly"),
        ("trước ngày mùng 5 hằng tháng", "monthly"),
        ("sơ kết 6 tháng/lần", "half_yearly"),
        ("báo cáo Sở Nội vụ 6 tháng, năm theo mẫu", "half_yearly"),
        ("chốt số liệu trước ngày 10 các tháng 3, 6, 9 và 12", "quarterly"),
        ("lấy phiếu mỗi quý 1 lần", "quarterly"),
        ("ngày 15 tháng cuối quý", "quarterly"),
        ("mỗi tuần 02 tin", "continuous"),
    ],
)
def test_the_rhythm(sentence, recurrence):
    (phrase,) = find_deadlines(sentence)
    assert read_deadline(phrase, 2024).recurrence == recurrence


@pytest.mark.parametrize(
    "phrase",
    [
        "trong vòng 05 ngày sau khi kết thúc đợt kiểm tra",
        "trong thời hạn 03 ngày làm việc kể từ ngày nhận được đơn",
        "không chậm hơn 02 ngày sau khi kết thúc quý",
        "ngay sau khi Kế hoạch được duyệt",
        "khi cơ quan cấp trên có yêu cầu",
    ],
)
def test_what_hangs_on_an_event_has_a_phrase_and_no_day(phrase):
    assert find_deadlines(f"gửi báo cáo {phrase}.") == [phrase]
    assert read_deadline(phrase, 2024).instant is None


def test_an_hour_with_its_weekday():
    (phrase,) = find_deadlines("gửi trước 16 giờ 30 phút, thứ Sáu ngày 14/6/2024 về Sở")
    assert read_deadline(phrase, 2024).instant.isoformat() == "2024-06-14T16:29:59.999999+07:00"


@pytest.mark.parametrize(
    "sentence",
    ["theo Quyết định số 12/QĐ-UBND ngày 12/3/2024", "phát sóng từ tháng 4 năm 2024", "chiếm 30/60 điểm", "họp 02 lần"],
)
def test_no_deadline(sentence):
    assert find_deadlines(sentence) == []

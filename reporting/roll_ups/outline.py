"""The outline of a roll-up (đề cương of the reform report): its parts in their order, as data. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Part:
    """A heading and what stands under it.

    `texts` names the heading of the unit reports offered here, `area` the content area whose texts are;
    `empty` is printed where nothing was written.
    """

    code: str
    level: Literal["roman", "number"]
    label: str
    title: str
    texts: str = ""
    area: str = ""
    empty: str = ""

    @property
    def name(self) -> str:
        """ "II.3. Cải cách thủ tục hành chính" without its chapter: "3. Cải cách …", "IV. Phương hướng …"."""
        return f"{self.label}. {self.title}"


NOTHING = "Không có."
CHAPTERS = (
    Part("steering", "roman", "I", "Công tác chỉ đạo, điều hành"),
    Part("reporting", "number", "1", "Chế độ báo cáo"),
    Part("plan", "number", "2", "Thực hiện kế hoạch"),
    Part("directives", "number", "3", "Thực hiện chỉ đạo kỳ trước", empty=NOTHING),
    Part("results", "roman", "II", "Kết quả thực hiện theo nội dung"),
    # here the content areas of the plan
    Part("assessment", "roman", "III", "Đánh giá chung"),
    Part("highlights", "number", "1", "Kết quả nổi bật", texts="highlights", empty=NOTHING),
    Part("shortcomings", "number", "2", "Tồn tại, hạn chế", texts="shortcomings", empty=NOTHING),
    Part("causes", "number", "3", "Nguyên nhân", texts="causes", empty=NOTHING),
    Part("next_steps", "roman", "IV", "Phương hướng, nhiệm vụ kỳ tới", texts="next_steps", empty=NOTHING),
    Part("requests", "roman", "V", "Khó khăn, kiến nghị, đề xuất"),
    Part("difficulties", "number", "1", "Khó khăn, vướng mắc", texts="difficulties", empty=NOTHING),
    Part("proposals", "number", "2", "Kiến nghị, đề xuất", texts="proposals", empty=NOTHING),
)


def outline(content: dict) -> list[Part]:
    """The parts of a roll-up of this content; the areas follow the heading of chapter II.

    A content made before directives were told has no part for them.
    """
    parts: list[Part] = []
    for part in CHAPTERS:
        if part.code == "directives" and content.get("directives") is None:
            continue
        parts.append(part)
        if part.code == "results":
            parts += [
                Part(area["code"], "number", str(number), f"{area['name'][0].upper()}{area['name'][1:]}",
                     area=area["code"])
                for number, area in enumerate(content["areas"], start=1)
            ]  # fmt: skip
    return parts


def with_areas(own: str, of_areas: Iterable[tuple[str, str]]) -> str:
    """A report's words under a common heading: its own, then those on single areas (title, words), one a line."""
    return "\n".join(filter(None, (own, *(f"{title}: {words}" for title, words in of_areas if words))))


def unit_texts(content: dict, part: Part) -> list[dict]:
    """What the units wrote that belongs here: {unit, report, period, text, version}."""
    if part.area:
        return content["texts"]["areas"].get(part.area, [])
    return content["texts"].get(part.texts, []) if part.texts else []

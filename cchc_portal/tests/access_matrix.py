"""Who gets which answer at which address. Every address of the portal has its row; a missing one fails.

The columns are people. The object asked for belongs to Phòng Lao động - Việc làm ("own" for its
editor and head); the editor and head of Phòng Giáo dục nghề nghiệp are "other".

200 the page · 302 sent on · 403 a colleague without the power · 404 not theirs to know of ·
405 a page where an act is meant, or the reverse
"""

from dataclasses import dataclass, field

WHO = {
    "editor": "ldvl.soan",
    "head": "ldvl.truong",
    "other_editor": "gdnn.soan",
    "other_head": "gdnn.truong",
    "office_staff": "hoa",
    "chief": "binh",
    "director": "duc",
    "clerk": "lan",
    "inspector": "huy",
    "administrator": "nam",
}


@dataclass(frozen=True)
class Row:
    """The expected answers in the order of WHO; one number stands for all ten.

    `of` names the object of World whose key the address carries; `post` sends these fields, where
    a page by GET is not what the address is for. `anonymous` is the answer without signing in.
    """

    answers: str
    of: str = ""
    post: dict | None = None
    query: dict = field(default_factory=dict)
    anonymous: int = 302

    def expected(self, who: str) -> int:
        answers = [int(answer) for answer in self.answers.split()]
        return answers[list(WHO).index(who)] if len(answers) > 1 else answers[0]


REASON = {"reason": "Ghi nhầm đơn vị."}

# editor head | other editor head | staff chief director clerk inspector administrator
MATRIX = {
    # accounts
    "sign_in": Row("302", anonymous=200),
    "sign_out": Row("302", post={}),
    "change_password": Row("200"),
    "resume": Row("302"),
    "notices": Row("200"),
    "read_all_notices": Row("302", post={}),
    "open_notice": Row("302 404  404 404  404 404 404 404 404 404", of="notice", post={}),
    "job_progress": Row("200", of="job"),
    "help": Row("200", anonymous=200),
    "demo_clock": Row("404", post={}, anonymous=404),
    "enter_as": Row("404", post={"username": "duc"}, anonymous=404),
    # propaganda
    "result_list": Row("200"),
    "activity_list": Row("200"),
    "result_add": Row("200 200  200 200  403 403 403 403 403 403"),
    "result_detail": Row("200 200  404 404  200 200 200 200 200 200", of="result"),
    "result_edit": Row("200 200  404 404  403 403 403 403 403 403", of="result"),
    "result_remove": Row("302 302  404 404  403 403 403 403 403 403", of="result", post=REASON),
    "evidence_add": Row("200 200  404 404  403 403 403 403 403 403", of="result", post={}),
    "evidence_file": Row("200 200  404 404  200 200 200 200 200 200", of="evidence"),
}

"""What a reviewer writes beside a part, and what is answered to it."""

from django.utils.translation import gettext_lazy as _

from accounts.forms import CleanForm, CleanTextField, KeyField
from plans.remarks import REMARK_MAX


class RemarkForm(CleanForm):
    """A remark on one part; `key` makes two presses one remark."""

    text = CleanTextField(label=_("Ý kiến"), max_length=REMARK_MAX)
    key = KeyField()


class AnswerForm(CleanForm):
    """What was done about a remark, or why nothing was."""

    text = CleanTextField(label=_("Trả lời"), max_length=REMARK_MAX)

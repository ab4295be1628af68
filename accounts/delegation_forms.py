"""The form of a delegation: to whom, in which form, from when to when, on which document."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.delegations import gaps
from accounts.forms import CleanCharField, CleanForm, VietnameseDateField
from accounts.models import AuthorityForm, Delegation, Post, Role, Unit, User


class DelegationForm(CleanForm):
    """Filled in by `by` on `today`; `units` are those in which they may delegate."""

    delegate = forms.ModelChoiceField(
        queryset=Post.objects.none(), label=_("Người được ủy quyền"), empty_label=_("Chọn người của đơn vị"),
    )  # fmt: skip
    form = forms.ChoiceField(
        label=_("Hình thức ký"), choices=AuthorityForm.choices,
        help_text=_("In trên văn bản, trước chức vụ của trưởng đơn vị."),
    )  # fmt: skip
    title = CleanCharField(
        label=_("Chức vụ của người ký"), max_length=100, help_text=_("In dưới dòng ủy quyền, ví dụ Phó Trưởng phòng.")
    )
    starts = VietnameseDateField(label=_("Từ ngày"))
    ends = VietnameseDateField(label=_("Đến hết ngày"), help_text=_("Tối đa một năm."))
    document = CleanCharField(
        label=_("Số, ký hiệu văn bản ủy quyền"), max_length=100, required=False,
        help_text=_("Bắt buộc khi ký thừa ủy quyền, và khi Chánh Văn phòng lập thay trưởng đơn vị vắng mặt."),
    )  # fmt: skip
    document_date = VietnameseDateField(label=_("Ngày văn bản"), required=False)

    def __init__(self, *args, units: list[Unit], by: User, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.by, self.today = by, today
        posts = Post.objects.on(today).filter(unit__in=units, role=Role.UNIT_EDITOR, user__is_active=True)
        self.fields["delegate"].queryset = posts.select_related("user", "unit").order_by("unit__position", "pk")
        self.fields["delegate"].label_from_instance = lambda post: f"{post.user}, {post} – {post.unit}"
        self.fields["starts"].earliest = self.fields["ends"].earliest = today

    def clean(self):
        data = super().clean()
        if post := data.get("delegate"):
            heads = [head.user for head in post.unit.posts.on(self.today).filter(role=Role.UNIT_HEAD).order_by("pk")]
            self.head = self.by if self.by in heads else next(iter(heads), None)
            if self.head is None:
                self.add_error("delegate", _("%s chưa có trưởng đơn vị để ủy quyền.") % post.unit)
            elif self.head == post.user:
                self.add_error("delegate", _("Người này là trưởng đơn vị. Hãy chọn người khác."))
            for field, message in gaps(data, by_head=self.head == self.by):
                self.add_error(field, message)
        return data

    def delegation(self) -> Delegation:
        """The row that a valid form describes, not stored."""
        data = self.cleaned_data
        post = data["delegate"]
        return Delegation(
            unit=post.unit, head=self.head, delegate=post.user,
            **{name: data[name] for name in ("form", "title", "starts", "ends", "document", "document_date")},
        )  # fmt: skip

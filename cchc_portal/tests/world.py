"""One object of every kind, all of Phòng Lao động - Việc làm, as they stand on NOW."""

import uuid
from datetime import date, datetime, timedelta
from functools import cached_property
from io import BytesIO

from django.core.files.base import ContentFile
from django.db import transaction

from accounts.cast import load_cast
from accounts.clock import VIETNAM
from accounts.delegations import delegate
from accounts.jobs import run
from accounts.models import Delegation, Notice, Webhook
from accounts.succession.recording import Change, record
from documents import uploads
from documents.tests.files import pdf, png
from plans import remarks
from plans.deadlines import extensions, reminders
from plans.department import versions
from plans.department.corrections import take_out
from plans.department.reading_in import begin_import, correct
from plans.difficulties.acts import raise_difficulty
from plans.directives import acts as directives
from plans.directives.about import About
from plans.handing_in import submit, submit_paper
from plans.models import Audience, CalendarFeed, Channel, ContentArea, Holiday, LegalDocument, Obligation
from plans.printing import ask_for
from plans.registers import register
from plans.scans import check_scan
from plans.tests.amendments import begun, registered_plan, sent_up
from plans.tests.excel_sheets import GOOD as EXCEL_ROW
from plans.tests.excel_sheets import keys_of, row_of, send, sheet
from plans.tests.factories import draft_plan, filled_unit_plan, issued_plan, unit_plan_of
from plans.tests.real_plan import real_text
from plans.units.asked import asked_of
from plans.workflow import UNIT_PLAN
from propaganda.actions import record_result
from reporting.analysis import saving
from reporting.director.stock_takes import take
from reporting.models import Period, RollUp, UnitReport, UnitReportState
from reporting.opening import make_periods, open_reports, open_roll_ups
from reporting.roll_ups.building import start_build
from reporting.workflow import UNIT_REPORT

# The first quarter ended on 14/3/2022 (Nghị định 09/2019/NĐ-CP, Điều 12): its reports may be handed in.
NOW = datetime(2022, 3, 16, 10, 0, tzinfo=VIETNAM)


class World:
    """The objects named by the matrix, all made at once; one that cannot be made fails only where it is asked for."""

    def __init__(self, names):
        self.cast = load_cast()
        self._failures: dict[str, Exception] = {}
        for name in names:
            try:
                with transaction.atomic():
                    getattr(self, name)
            except Exception as failure:
                self._failures[name] = failure

    def keys(self, name: str) -> tuple:
        """The arguments of an address that shows the object of this name; none without a name."""
        if not name:
            return ()
        if name in self._failures:
            raise self._failures[name]
        found = getattr(self, name)
        return found if isinstance(found, tuple) else (found.pk,)

    @cached_property
    def notice(self):
        return Notice.objects.create(recipient=self.cast.editor("ldvl"), key="matrix", title="Việc mới", created_at=NOW)

    @cached_property
    def job(self):
        """It prints the unit's plan."""
        return self.printout.job

    @cached_property
    def plan(self):
        return issued_plan(self.cast)

    @cached_property
    def difficulty(self):
        """Raised by the unit's editor and not yet received."""
        key, by = uuid.UUID(int=77), self.cast.editor("ldvl")
        return raise_difficulty(unit=self.cast.units["ldvl"], by=by, now=NOW, key=key, title="Hỏng máy quét")

    def _directive(self, key: str):
        return directives.give(
            agency_id=self.cast.agency.pk, by=self.cast.director, now=NOW, key=key, owner=self.cast.units["ldvl"],
            text="Phát lại tờ gấp tại bộ phận một cửa.", day=date(2022, 3, 31), about=About(),
        )  # fmt: skip

    @cached_property
    def directive(self):
        """Given by the director to the unit and not yet taken up."""
        return self._directive("matrix")

    @cached_property
    def answered_directive(self):
        """Another, answered with a picture."""
        row = self._directive("matrix-2")
        file = uploads.check(png(), "anh.png")
        directives.answer(
            row, by=self.cast.editor("ldvl"), now=NOW, key="matrix", text="Đã phát 500 tờ gấp.", files=[file]
        )
        return row

    @cached_property
    def directive_file(self):
        return self.answered_directive.answers.get().files.get()

    @cached_property
    def saved_analysis(self):
        """Of the Office's staff, shared."""
        return saving.save(name="Theo đơn vị", query="", shared=True, by=self.cast.office_staff, now=NOW)

    @cached_property
    def succession(self):
        """Trung tâm Công tác xã hội, merged into another centre since 01/3, its work not yet handed over."""
        assert self.plan
        before, after = self.cast.units["ctxh"], self.cast.units["ttbtxh"]
        day, basis_day = date(2022, 3, 1), date(2022, 2, 20)
        change = Change("merged", day, "15/QĐ-UBND", basis_day, before=[before], after=[after])
        return record(change, self.cast.agency, by=self.cast.chief, now=NOW, key=uuid.UUID(int=15))

    @cached_property
    def draft(self):
        """Next year's plan, on the drafting table."""
        return draft_plan(self.cast, year=2023, now=NOW)

    @cached_property
    def draft_section(self) -> tuple:
        return self.draft.pk, self.draft.sections.first().pk

    @cached_property
    def plan_section(self) -> tuple:
        return self.plan.pk, self.plan.sections.first().pk

    @cached_property
    def defect(self) -> tuple:
        row = self.draft.defects.create(position=1, code="matrix", severity="warning", text="Ngày ký còn trống.")
        return self.draft.pk, row.pk

    def _import(self, key: int):
        """The real plan's text as it was sent, for a year that has no plan yet."""
        text = real_text().replace("2022", "2024")
        by = self.cast.office_staff
        return begin_import(agency=self.cast.agency, by=by, now=NOW, key=uuid.UUID(int=key), text=text)

    @cached_property
    def import_reading(self):
        """Waiting for the worker."""
        return self._import(1)

    @cached_property
    def import_ready(self):
        """Read by the worker's own function, with one block taken out."""
        row = self._import(2)
        assert run(row.job_id)
        row.refresh_from_db()

        def remove_the_last(content: dict) -> str:
            take_out(content, content["sections"][-1]["id"])
            return "Bỏ đoạn cuối"

        return correct(row, remove_the_last, by=self.cast.office_staff, now=NOW)

    @cached_property
    def import_part(self) -> tuple:
        return self.import_ready.pk, "khung"

    @cached_property
    def import_item(self) -> tuple:
        """Its second block, a paragraph."""
        return self.import_ready.pk, "doan", self.import_ready.content["sections"][1]["id"]

    @cached_property
    def import_duty(self) -> tuple:
        return self.import_ready.pk, "nhiem-vu", self.import_ready.content["duties"][0]["id"] + 1

    @cached_property
    def import_target(self) -> tuple:
        return self.import_ready.pk, "chi-tieu", 1

    @cached_property
    def import_recipients(self) -> tuple:
        return self.import_ready.pk, "noi-nhan"

    @cached_property
    def import_defect(self) -> tuple:
        return self.import_ready.pk, 1

    @cached_property
    def import_removed(self) -> tuple:
        return self.import_ready.pk, self.import_ready.content["set_aside"][-1]["row"]["id"]

    @cached_property
    def approved(self):
        """A plan of 2018, approved: number and date are what it waits for."""
        return sent_up(draft_plan(self.cast, year=2018, now=NOW), self.cast, NOW)

    @cached_property
    def amendment(self):
        """Of the plan of 2019, being drafted."""
        return begun(registered_plan(self.cast, year=2019, now=NOW.replace(year=2019)), self.cast, NOW)

    @cached_property
    def edition(self) -> tuple:
        """The plan of 2022 as it was issued."""
        return self.plan.pk, versions.freeze(self.plan, "issued", by=self.cast.clerk, now=NOW).number

    @cached_property
    def signed_entry(self):
        """Its line in the register, with the signed file."""
        entry = register.enter_plan(self.plan, object_id=self.plan.pk)
        entry.signed_file.save("matrix.pdf", ContentFile(pdf()))
        return entry

    @cached_property
    def plan_signed(self) -> tuple:
        assert self.signed_entry
        return (self.plan.pk,)

    def _letter(self, subject: str, **more):
        return register.enter_by_hand(
            agency=self.cast.agency, by=self.cast.clerk, now=NOW, key=subject, series="SLĐTBXH-VP",
            signed_on=NOW.date(), type="Công văn", subject=subject, **{"signer": "Lê Minh Đức"} | more,
        )  # fmt: skip

    @cached_property
    def letter(self):
        """A công văn of the register, number 1; number 2 corrects its layout."""
        letter = self._letter("V/v phối hợp tuyên truyền")
        self._letter("V/v đính chính")
        return letter

    @cached_property
    def reserved(self):
        assert self.letter
        return self._letter("V/v báo cáo quý", is_reserved=True, signer="")

    @cached_property
    def legal(self):
        return LegalDocument.objects.create(
            key="45/2016/QĐ-TTg", type="Quyết định", symbol="45/2016/QĐ-TTg", date=date(2016, 10, 19)
        )

    @cached_property
    def legal_pair(self) -> tuple:
        """The same document, once more without its year."""
        return self.legal.pk, LegalDocument.objects.create(key="45/QĐ-TTg", type="Quyết định", symbol="45/QĐ-TTg").pk

    @cached_property
    def unit_plan(self):
        """Complete, being drafted."""
        return filled_unit_plan(self.plan, "ldvl")

    @cached_property
    def line(self) -> tuple:
        return self.unit_plan.pk, self.unit_plan.activities.first().pk

    @cached_property
    def excel_upload(self) -> tuple:
        """The unit's file, read and not yet taken in: a new line, a changed one, one in error."""
        line = self.unit_plan.activities.first()
        rows = (row_of(line, NOW, money=7_000_000), EXCEL_ROW, EXCEL_ROW | {"quantity": "không"})
        content = sheet(*rows, keys=keys_of(self.unit_plan, line))
        upload = send(self.unit_plan, content, by=self.cast.editor("ldvl"), now=NOW)
        return self.unit_plan.pk, upload.pk

    @cached_property
    def absence(self) -> tuple:
        return self.unit_plan.pk, "apparatus"

    @cached_property
    def asked(self) -> tuple:
        """Something asked in an area in which the unit plans nothing."""
        item = next(item for item in asked_of(self.unit_plan) if item.area == "apparatus")
        return self.unit_plan.pk, item.key

    @cached_property
    def handed_in(self):
        """The unit plan of the year before, submitted by its head."""
        unit_plan = filled_unit_plan(issued_plan(self.cast, year=2021, now=NOW.replace(year=2021)), "ldvl")
        submit(UNIT_PLAN, unit_plan, by=self.cast.head("ldvl"), now=NOW, key="matrix")
        return unit_plan

    @cached_property
    def handed_in_line(self) -> tuple:
        return self.handed_in.pk, self.handed_in.activities.first().pk

    @cached_property
    def handed_in_absence(self) -> tuple:
        return self.handed_in.pk, "apparatus"

    @cached_property
    def handed_in_asked(self) -> tuple:
        return self.handed_in.pk, next(item.key for item in asked_of(self.handed_in) if item.area == "apparatus")

    @cached_property
    def receipt(self) -> tuple:
        return (self.handed_in.obligation.receipts.get().number,)

    @cached_property
    def paper_receipt(self) -> tuple:
        """Of the unit plan of the year before that, brought on paper and entered by the Office."""
        unit_plan = unit_plan_of(issued_plan(self.cast, year=2020, now=NOW.replace(year=2020)), "ldvl")
        receipt = submit_paper(
            UNIT_PLAN, unit_plan, by=self.cast.office_staff, now=NOW, key="matrix paper",
            reason="Công văn số 05; bà Hà giao.", scan=check_scan(BytesIO(pdf()), "Kế hoạch 05.pdf"),
        )  # fmt: skip
        return (receipt.number,)

    @cached_property
    def delegation(self):
        """Of the unit's head to its editor, from tomorrow on."""
        cast, day = self.cast, NOW.date() + timedelta(days=1)
        row = Delegation(
            unit=cast.units["ldvl"], head=cast.head("ldvl"), delegate=cast.editor("ldvl"), form="KT.",
            title="Phó Trưởng phòng", starts=day, ends=day,
        )  # fmt: skip
        return delegate(row, by=cast.head("ldvl"), now=NOW)

    @cached_property
    def remark(self):
        """On the unit plan of 2017, returned with it."""
        unit_plan = filled_unit_plan(issued_plan(self.cast, year=2017, now=NOW.replace(year=2017)), "ldvl")
        submit(UNIT_PLAN, unit_plan, by=self.cast.head("ldvl"), now=NOW, key="matrix remark")
        staff = self.cast.office_staff
        remark = remarks.make(unit_plan, part="text:purpose", text="Nêu rõ hơn.", by=staff, now=NOW, key="matrix")
        UNIT_PLAN.move(unit_plan_of(unit_plan.plan, "ldvl"), "send_back", by=staff, now=NOW)
        remark.refresh_from_db()
        return remark

    @cached_property
    def remarked(self) -> tuple:
        return "ke-hoach-don-vi", self.remark.object_id

    @cached_property
    def remarkable(self) -> tuple:
        return "ke-hoach-don-vi", self.handed_in.pk

    @cached_property
    def printout(self):
        unit_plan = self.unit_plan
        made = ask_for("unit_plan", unit_plan, content_key="matrix", title=str(unit_plan), unit=unit_plan.unit)
        made.sha256 = "0" * 64
        made.file.save("matrix.pdf", ContentFile(b"%PDF-1.7"))
        return made

    @cached_property
    def printout_code(self) -> tuple:
        return (self.printout.code,)

    @cached_property
    def obligation(self):
        """The unit plan of 2022, which was due on 26 February."""
        assert self.plan
        return Obligation.objects.get(plan=self.plan, unit=self.cast.units["ldvl"], kind="unit_plan")

    @cached_property
    def occasion(self) -> tuple:
        return self.obligation.duty_id, "2022"

    @cached_property
    def extension(self):
        """Asked for the report of the first quarter, unanswered."""
        assert self.plan
        owed = Obligation.objects.get(plan=self.plan, unit=self.cast.units["ldvl"], occasion="2022-Q1")
        return extensions.ask(
            owed, by=self.cast.head("ldvl"), now=NOW, reason="Chờ số liệu.", day=date(2022, 3, 25), key=uuid.uuid4()
        )

    @cached_property
    def pause(self):
        return reminders.pause(
            unit=self.cast.units["ldvl"], starts=NOW.date(), ends=date(2022, 3, 31), reason="Lũ lụt.",
            by=self.cast.office_staff, now=NOW,
        )  # fmt: skip

    @cached_property
    def holiday(self):
        return Holiday.objects.create(day=date(2022, 9, 10), name="Làm bù", works=True)

    @cached_property
    def indicator(self) -> tuple:
        _needs_the_lists = self.plan
        return ("initiatives",)

    @cached_property
    def ranking_index(self) -> tuple:
        _needs_the_lists = self.plan
        return ("par-index",)

    @cached_property
    def feed(self) -> tuple:
        return (CalendarFeed.objects.create(user=self.cast.editor("ldvl"), made_at=NOW).token,)

    @cached_property
    def webhook(self):
        return Webhook.objects.create(
            agency=self.cast.agency, name="Zalo", url="https://bot.example.vn/", secret="0" * 64, made_at=NOW
        )

    @cached_property
    def result(self):
        _needs_the_lists = self.plan
        return record_result(
            unit=self.cast.units["ldvl"],
            by=self.cast.editor("ldvl"),
            now=NOW,
            key="matrix",
            title="Phát tờ gấp tại bộ phận một cửa",
            happened_on=date(2022, 3, 1),
            area=ContentArea.objects.get(code="procedures"),
            channel=Channel.objects.get(code="leaflet"),
            audience=Audience.objects.get(code="people"),
            evidence=[png()],
        )

    @cached_property
    def evidence(self):
        return self.result.evidence.get()

    @cached_property
    def quarter(self) -> tuple:
        """The first quarter of 2022, opened for the units."""
        self.result, self.handed_in  # noqa: B018  makes the plans of both years
        for year in (2021, 2022):
            make_periods(self.cast.agency, year)
        open_reports(NOW)
        open_roll_ups(NOW)
        return ("2022-Q1",)

    def _report_of(self, period: str, **values) -> UnitReport:
        assert self.quarter
        report = UnitReport.objects.get(unit=self.cast.units["ldvl"], period__code=period)
        for name, value in {"state": UnitReportState.DRAFTING, **values}.items():
            setattr(report, name, value)
        report.save()
        return report

    @cached_property
    def report(self):
        """Complete, being drafted."""
        return self._report_of("2022-Q1", highlights="Phát 500 tờ gấp tại bộ phận một cửa.")

    @cached_property
    def report_figure(self) -> tuple:
        return self.report.pk, "leaflets"

    @cached_property
    def report_handed_in(self):
        """That of a quarter of the year before, in which nothing was done."""
        report = self._report_of("2021-Q1", nil=True, nil_reason="Tập trung phòng, chống dịch.")
        submit(UNIT_REPORT, report, by=self.cast.head("ldvl"), now=NOW, key="matrix report")
        return report

    @cached_property
    def roll_up(self) -> tuple:
        """The quarter's, built once by the worker's own function."""
        assert self.report
        roll_up = RollUp.objects.get(period__code="2022-Q1")
        assert run(start_build(roll_up, by=self.cast.office_staff, now=NOW).pk)
        return self.quarter

    @cached_property
    def roll_up_part(self) -> tuple:
        return (*self.roll_up, "highlights")

    @cached_property
    def roll_up_paragraph(self) -> tuple:
        """A paragraph made from the figures."""
        code = self.roll_up
        paragraph = RollUp.objects.get(period__code="2022-Q1").paragraphs.get(rule="tasks")
        return (*code, paragraph.pk)

    @cached_property
    def stock_take(self):
        """Of the first quarter, by the Office's staff."""
        period = Period.objects.get(code=self.quarter[0])
        key = uuid.UUID("5b0e7d0a-2f4c-4f0e-9d55-0c6e7e0b1a11")
        return take(period, key=key, promises="Binh: xong trước 15/4.", by=self.cast.office_staff, now=NOW)

    @cached_property
    def director_table(self) -> tuple:
        return self.quarter and ("nhiem-vu",)

    @cached_property
    def roll_up_area(self) -> tuple:
        return (*self.roll_up, "procedures")

"""Addresses of deadlines: extensions, reminders, days off, calendars, changed deadlines."""

from django.urls import path

from plans.views import calendar, deadline_changes, extensions, holidays, obligations, reminders, return_days

deadline_urls = [
    path("han-nop/<int:pk>/", obligations.obligation_detail, name="obligation_detail"),
    path("han-nop/<int:pk>/gia-han/", extensions.extension_ask, name="extension_ask"),
    path("han-nop/<int:pk>/nop-lai/", return_days.return_day, name="return_day"),
    path("han-nop/doi/<int:pk>/<slug:occasion>/", deadline_changes.deadline_change, name="deadline_change"),
    path("gia-han/", extensions.extension_list, name="extension_list"),
    path("gia-han/<int:pk>/", extensions.extension_detail, name="extension_detail"),
    path("gia-han/<int:pk>/chuyen/", extensions.extension_move, name="extension_move"),
    path("nhac-han/", reminders.reminder_plan, name="reminder_plan"),
    path("nhac-han/ngay/", reminders.remind, name="remind_now"),
    path("nhac-han/tam-dung/", reminders.reminder_pause, name="reminder_pause"),
    path("nhac-han/tam-dung/<int:pk>/thoi/", reminders.reminder_pause_end, name="reminder_pause_end"),
    path("ngay-nghi/", holidays.holiday_list, name="holiday_list"),
    path("ngay-nghi/them/", holidays.holiday_edit, name="holiday_add"),
    path("ngay-nghi/nhap/", holidays.holiday_import, name="holiday_import"),
    path("ngay-nghi/<int:pk>/", holidays.holiday_edit, name="holiday_edit"),
    path("ngay-nghi/<int:pk>/bo/", holidays.holiday_remove, name="holiday_remove"),
    path("lich-han-nop/", calendar.my_calendar, name="my_calendar"),
    path("lich-han-nop/doi/", calendar.my_calendar_renew, name="my_calendar_renew"),
    path("lich/<str:token>.ics", calendar.calendar_feed, name="calendar_feed"),
]

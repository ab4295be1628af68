"""Forms of people: signing in, posts, delegations, units, messages."""

from accounts.succession.handing_over import open_work
from cchc_portal.tests.inputs.form import KEY, Form
from cchc_portal.tests.world import NOW

WEBHOOK_KINDS = {"name": "text", "url": "path"}


PEOPLE = {
    "sign_in": Form(
        "sign_in", None, {"username": "hoa", "password": "cai-cach-2022", "next": "/ket-qua/"},
        {"username": "text", "password": "text", "next": "path"}, secret=("password",),
    ),
    "change_password": Form(
        "change_password", "editor",
        {"old": "cai-cach-2022", "new": "bốn từ ghép lại 1", "again": "bốn từ ghép lại 1"},
        {"old": "text", "new": "text", "again": "text"}, secret=("old", "new", "again"),
    ),
    "delegation_add": Form(
        "delegation_add", "head",
        {"delegate": lambda world: str(world.cast.editor("ldvl").posts.get().pk), "form": "KT.",
         "title": "Phó Trưởng phòng", "starts": "20/03/2022", "ends": "25/03/2022"},
        {"delegate": "choice", "form": "choice", "title": "text", "starts": "date", "ends": "date", "document": "text",
         "document_date": "date"},
    ),
    "succession_add": Form(
        "succession_add", "chief",
        lambda world: {
            "kind": "merged", "before": str(world.cast.units["khtc"].pk), "after": str(world.cast.units["gdnn"].pk),
            "effective_on": "01/04/2022", "basis": "12/QĐ-SLĐTBXH", "basis_date": "10/03/2022", "key": KEY,
            "step": "save",
        },
        {"kind": "choice", "before": "choice", "after": "choice", "effective_on": "date", "basis": "text",
         "basis_date": "date", "key": "hidden", "name_1": "text", "symbol_1": "text", "unit_kind_1": "choice"},
    ),
    "succession_hand_over": Form(
        "succession_hand_over", "chief",
        lambda world: {
            f"item-{item.key}": "ttbtxh"
            for group in open_work([world.cast.units["ctxh"]], NOW)
            for item in group.items
        },
        {}, of="succession",
    ),
    "demo_clock": Form(
        "demo_clock", "editor", {"day": "01/03/2022", "time": "08:00", "next": "/"},
        {"day": "date", "time": "date", "preset": "date", "next": "path"}, demo=True,
    ),
    "enter_as": Form("enter_as", "editor", {"username": "hoa"}, {"username": "text"}, demo=True),
    "open_notice": Form("open_notice", "editor", {}, {}, of="notice"),
    "webhook_add": Form(
        "webhook_add", "administrator", {"name": "Zalo nhóm", "url": "https://bot.example.vn/", "secret": "0" * 64},
        WEBHOOK_KINDS | {"secret": "hidden"}, secret=("secret",),
    ),
    "webhook_detail": Form(
        "webhook_detail", "administrator", {"name": "Zalo", "url": "https://bot.example.vn/"}, WEBHOOK_KINDS,
        of="webhook",
    ),
    "webhook_secret": Form(
        "webhook_secret", "administrator", {"secret": "f" * 64}, {"secret": "hidden"}, of="webhook",
        secret=("secret",),
    ),
}  # fmt: skip

"""Ways through the editor of a draft, for tests of its pages."""

import re


def url(plan, rest: str = "") -> str:
    return f"/ke-hoach/{plan.pk}/soan/{rest}"


def part(plan, start: str):
    return next(row for row in plan.sections.all() if f"{row.title}{row.text}".startswith(start))


def send(client, plan, section, act: str = "save", version: int | None = None, **words):
    data = {"title": section.title, "text": section.text, "level": section.level} | words
    data |= {"act": act, "version": section.version if version is None else version}
    return client.post(url(plan, f"muc/{section.pk}/"), data)


def shown(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def frame(plan) -> dict:
    return {
        "title": plan.title, "symbol": plan.symbol, "place": plan.place, "date_day": "", "date_month": "2",
        "date_year": "2022", "motto": plan.motto, "signer_authority": "", "signer_title": plan.signer_title,
        "signer_name": plan.signer_name, "keeps_labels": "True",
    }  # fmt: skip


def rows(client, address: str) -> dict:
    """What the page's form would send."""
    page = shown(client, address).split("<template>")[0]
    data = {"seen": re.search(r'name="seen" value="(\w+)"', page)[1]}
    for name, value in re.findall(r'<input type="(?:text|hidden)"[^>]*name="(rows-[^"]*)"[^>]*value="([^"]*)"', page):
        data[name] = value
    for name, value in re.findall(r'<textarea[^>]*name="(rows-[^"]*)"[^>]*>\n([^<]*)</textarea>', page):
        data[name] = value
    for name, options in re.findall(r'<select[^>]*name="(rows-[^"]*)"[^>]*>(.*?)</select>', page):
        chosen = re.search(r'value="([^"]*)" selected', options)
        data[name] = chosen[1] if chosen else ""
    for name in re.findall(r'<input type="checkbox"[^>]*name="(rows-[^"]*-every_unit)"[^>]*checked', page):
        data[name] = "on"
    return data

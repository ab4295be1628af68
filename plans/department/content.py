"""The whole content of a plan as plain JSON.

A reading becomes one, a correction changes one, a version freezes one, an undo step restores one, and
next year's plan starts from one. The keys:

`year`; `frame` (the fields of FRAME); `sections` (id, parent, level, label, mark, title, text, area as code,
cells; in order); `documents` (key → type, symbol, date, issuer); `citations` (key, as_written, section);
`targets`, `duties` (due_at in ISO with offset), `recipients`, `channels`, `audiences`.
A reading has besides `defects` (code, severity, where, text, section, settled) and `set_aside`.
Ids of sections and duties are primary keys where the content is a stored plan's, else numbers of its own.
"""

from collections.abc import Container, Iterable
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import F

from accounts.search_text import folded
from documents.reading.facts import read_citations
from documents.reading.model import Node, PlanReading
from documents.vietnamese import fold
from plans.models import (
    Citation,
    Duty,
    IndexTarget,
    LegalDocument,
    ObligationKind,
    Plan,
    PlanAudience,
    PlanChannel,
    PlanSection,
    Recipient,
)
from plans.registers.legal import match

STORED_PARTS = ("body", "appendix")
EVERY_UNIT = ("cac phong", "cac don vi", "phong chuyen mon", "don vi truc thuoc", "don vi thuoc so", "thu truong")
OFFICE = ("van phong so", "giao van phong")
FRAME = (
    "title", "number", "symbol", "place", "date_day", "date_month", "date_year", "motto", "signer_authority",
    "signer_title", "signer_name", "keeps_labels", "absences",
)  # fmt: skip
WORDS = ("title", "text", "cells")
SECTION = ("level", "label", "mark", *WORDS)
TARGET = ("index", "kind", "value", "value_max", "unit", "baseline_year", "by_year")
DUTY = ("kind", "who", "every_unit", "what", "phrase", "recurrence", "to")
AWAY = 10_000_000  # positions out of the way while sections change places
MANY = 500  # sections that are named one by one in a statement


def fit(model, field: str, value) -> str:
    """The text as far as its column holds it."""
    return str(value or "")[: model._meta.get_field(field).max_length]


def content_of_reading(reading: PlanReading) -> dict:
    """What was read, ready to be shown, corrected and stored; what the text does not say is empty."""
    signer = reading.signer
    nodes = [node for node in reading.outline if node.part in STORED_PARTS]
    kept = {node.position for node in nodes}
    content = {
        "year": reading.year,
        "frame": {
            "title": reading.title or "",
            "number": reading.number or "",
            "symbol": reading.symbol or "",
            "place": reading.place or "",
            "date_day": reading.day if reading.date else None,  # what is in no calendar is a defect
            "date_month": reading.month,
            "date_year": reading.date_year,
            "motto": reading.motto or "",
            "signer_authority": signer.authority if signer else "",
            "signer_title": signer.title if signer else "",
            "signer_name": signer.name if signer else "",
            "keeps_labels": True,
            "absences": {},
        },
        "sections": [
            {
                "id": node.position,
                "parent": node.parent if node.parent in kept else None,
                "area": node.area or "",
                **{name: getattr(node, name) for name in SECTION},
                "cells": list(node.cells),
            }
            for node in nodes
        ],
        "targets": [target_of_reading(row) for row in reading.targets],
        "duties": [duty_of_reading(number, row, kept) for number, row in enumerate(reading.duties)],
        "recipients": [{"name": row.name, "purpose": row.purpose or ""} for row in reading.recipients],
        "channels": list(reading.channels),
        "audiences": list(reading.audiences),
        "defects": [
            {
                "code": row.code,
                "severity": row.severity,
                "where": row.where,
                "text": row.text,
                "section": row.node if row.node in kept else None,
                "settled": False,
            }
            for row in reading.defects
        ],
        "set_aside": [{"line": row.line, "text": row.text, "reason": row.reason} for row in reading.set_aside],
    }
    return cite(content)


def _plain(value):
    return str(value) if isinstance(value, Decimal) else value


def target_of_reading(row) -> dict:
    """A target that was read (documents.reading.model.Target)."""
    return {name: _plain(getattr(row, name)) for name in TARGET} | {"basis": row.basis or ""}


def duty_of_reading(number: int, row, kept: Container[int]) -> dict:
    """A duty that was read (documents.reading.model.Duty), by the id `number`; `kept` are the sections there are."""
    return {
        "id": number,
        "section": row.node if row.node in kept else None,
        "kind": duty_kind(row),
        "who": row.who,
        "every_unit": asks_every_unit(row.who),
        "what": row.what,
        "phrase": row.phrase or "",
        "due_at": row.instant.isoformat() if row.instant else None,
        "recurrence": row.recurrence or "",
        "to": row.to or "",
    }


def asks_every_unit(who: str) -> bool:
    """ "Các phòng chuyên môn, đơn vị trực thuộc", "các đơn vị liên quan": every unit is meant."""
    return any(words in fold(who) for words in EVERY_UNIT)


def duty_kind(duty) -> str:
    """What is handed in for a duty: a unit's plan, a unit's report, the Office's roll-up, or nothing."""
    if asks_every_unit(duty.who):
        if duty.recurrence:
            return ObligationKind.UNIT_REPORT.value
        return ObligationKind.UNIT_PLAN.value if duty.instant and "ke hoach" in fold(duty.what) else ""
    is_office = any(words in fold(duty.who) for words in OFFICE)
    return ObligationKind.ROLL_UP.value if is_office and duty.recurrence else ""


def cite(content: dict) -> dict:
    """Read anew which documents the sections cite; targets keep their basis as far as it is still cited."""
    nodes = [
        Node(row["level"], row["text"], position=row["id"], title=row["title"], mark=row["mark"])
        for row in content["sections"]
    ]
    found = read_citations(nodes)
    content["documents"] = {
        row.key: {
            "type": row.type,
            "symbol": row.written[0],
            "date": row.date.isoformat() if row.date else None,
            "issuer": row.issuer or "",
        }
        for row in found
    }
    order = {row["id"]: number for number, row in enumerate(content["sections"])}
    mentions = [(section, row.key, row.as_written[n]) for row in found for n, section in enumerate(row.nodes)]
    content["citations"] = [
        {"key": key, "as_written": written, "section": section}
        for section, key, written in sorted(mentions, key=lambda mention: order[mention[0]])
    ]
    for target in content["targets"]:
        if target["basis"] not in content["documents"]:
            target["basis"] = ""
    return content


def content_of_plan(plan: Plan) -> dict:
    """What is stored of a plan, in nine queries whatever its length."""
    citations = plan.citations.select_related("document")
    documents = {row.document.key: row.document for row in citations}
    return {
        "year": plan.year,
        "frame": {name: getattr(plan, name) for name in FRAME},
        "sections": [
            {"id": row.pk, "parent": row.parent_id, "area": row.area.code if row.area else ""}
            | {name: getattr(row, name) for name in SECTION}
            for row in plan.sections.select_related("area")
        ],
        "documents": {
            key: {
                "type": row.type,
                "symbol": row.symbol,
                "date": row.date.isoformat() if row.date else None,
                "issuer": row.issuer,
            }
            for key, row in documents.items()
        },
        "citations": [
            {"key": row.document.key, "as_written": row.as_written, "section": row.section_id} for row in citations
        ],
        "targets": [
            {name: _plain(getattr(row, name)) for name in TARGET} | {"basis": row.basis.key if row.basis else ""}
            for row in plan.targets.select_related("basis")
        ],
        "duties": [
            {
                "id": row.pk,
                "section": row.section_id,
                "due_at": row.due_at.isoformat() if row.due_at else None,
                **{name: getattr(row, name) for name in DUTY},
                **({"origin": row.origin_id} if row.origin_id else {}),
            }
            for row in plan.duties.current()
        ],
        "recipients": list(plan.recipients.values("name", "purpose")),
        "channels": list(plan.channels.values_list("text", flat=True)),
        "audiences": list(plan.audiences.values_list("text", flat=True)),
    }


@transaction.atomic
def store_content(plan: Plan, content: dict) -> dict[int, PlanSection]:
    """Bring a draft's rows to `content`; sections and duties that it names by their ids keep their rows.

    Gives the stored sections by the ids of the content.
    """
    for name, value in content["frame"].items():
        setattr(plan, name, value)
    plan.save(update_fields=[*content["frame"], "search_text"])
    sections = _store_sections(plan, content["sections"])
    documents = known_documents(content["documents"])
    _store_citations(plan, content["citations"], documents, sections)
    _store_duties(plan, content["duties"], sections)
    _replace(
        plan.targets,
        (
            IndexTarget(**{name: row[name] for name in TARGET}, basis=documents.get(row["basis"]))
            for row in content["targets"]
        ),
    )
    _replace(
        plan.recipients,
        (
            Recipient(name=fit(Recipient, "name", row["name"]), purpose=fit(Recipient, "purpose", row["purpose"]))
            for row in content["recipients"]
        ),
    )
    _replace(plan.channels, (PlanChannel(text=text) for text in content["channels"]))
    _replace(plan.audiences, (PlanAudience(text=text) for text in content["audiences"]))
    return sections


def _replace(manager, rows: Iterable) -> None:
    """Put `rows` in the place of a plan's list."""
    manager.all().delete()
    rows = list(rows)
    for position, row in enumerate(rows):
        row.plan, row.position = manager.instance, position
    manager.bulk_create(rows)


def _store_sections(plan: Plan, rows: list[dict]) -> dict[int, PlanSection]:
    """The stored sections by the id that the content gives them; only what changed is written."""
    areas = {area.code: area.pk for area in plan.scheme.areas.all()}
    old = {section.pk: section for section in plan.sections.all()}
    stored = {row["id"]: old.pop(row["id"], None) or PlanSection(plan=plan) for row in rows}
    places = _places(rows, stored)
    moved = [section for number, section in stored.items() if section.pk and places[number] != _place_of(section)]
    if moved or old:
        # They leave their places first: neither the unique position nor the cascade over parents may get in the way.
        away = plan.sections if len(moved) > MANY else plan.sections.filter(pk__in=[row.pk for row in moved])
        away.update(parent=None, position=F("position") + AWAY)
        moved = [section for section in stored.values() if section.pk] if len(moved) > MANY else moved
    PlanSection.objects.filter(pk__in=old).delete()
    changed = [stored[row["id"]] for row in rows if _fill(stored[row["id"]], row, areas)]
    for number, (_parent, position, depth) in places.items():
        stored[number].position, stored[number].depth = position, depth
    new = [section for section in stored.values() if section.pk is None]
    kept = [section for section in changed if section.pk]
    PlanSection.objects.bulk_create(new)
    for row in rows:
        stored[row["id"]].parent = stored.get(row["parent"])
    PlanSection.objects.bulk_update(new, ["parent"], batch_size=500)
    PlanSection.objects.bulk_update(moved, ["parent", "position", "depth"], batch_size=500)
    PlanSection.objects.bulk_update(kept, ["area", "search_text", "version", *SECTION], batch_size=200)
    return stored


def _places(rows: list[dict], stored: dict[int, PlanSection]) -> dict[int, tuple[int | None, int, int]]:
    """By id: the key of the stored parent (None where it is new or there is none), position, depth."""
    places: dict[int, tuple[int | None, int, int]] = {}
    for position, row in enumerate(rows):
        above = places.get(row["parent"])
        parent = stored[row["parent"]].pk if above else None
        places[row["id"]] = (parent, position, above[2] + 1 if above else 0)
    return places


def _place_of(section: PlanSection) -> tuple[int | None, int, int]:
    return section.parent_id, section.position, section.depth


def _fill(section: PlanSection, row: dict, areas: dict[str, int]) -> bool:
    """Whether anything but its place changed; its version counts what people write in it."""
    before = [section.area_id, *(getattr(section, name) for name in SECTION)]
    words = [getattr(section, name) for name in WORDS]
    section.area_id = areas.get(row["area"])
    for name in SECTION:
        setattr(section, name, row[name])
    section.label, section.mark = fit(PlanSection, "label", row["label"]), fit(PlanSection, "mark", row["mark"])
    if words != [getattr(section, name) for name in WORDS] or not section.pk:
        section.search_text = folded(PlanSection, row)
        section.version += 1 if section.pk else 0
    return before != [section.area_id, *(getattr(section, name) for name in SECTION)]


def known_documents(facts: dict[str, dict]) -> dict[str, LegalDocument]:
    """The register's rows by key, made where they are missing; what is known stays, blanks are filled."""
    found = _in_register(facts)
    LegalDocument.objects.bulk_create(
        (
            LegalDocument(
                key=fit(LegalDocument, "key", key),
                date=_day(facts[key]["date"]),
                **{name: fit(LegalDocument, name, facts[key][name]) for name in ("type", "symbol", "issuer")},
            )
            for key in facts
            if found[key] is None
        ),
        ignore_conflicts=True,
    )
    for key, row in found.items():
        day, issuer = _day(facts[key]["date"]), fit(LegalDocument, "issuer", facts[key]["issuer"])
        if row and ((not row.date and day) or (not row.issuer and issuer)):
            row.date, row.issuer = row.date or day, row.issuer or issuer
            row.save(update_fields=["date", "issuer", "search_text"])
    return _in_register(facts)


def _in_register(facts: dict[str, dict]) -> dict[str, LegalDocument | None]:
    """For each cited key the row that is meant, by the day of the mention."""
    stored: dict[str, list[LegalDocument]] = {}
    for row in LegalDocument.objects.filter(key__in=[fit(LegalDocument, "key", key) for key in facts]):
        stored.setdefault(row.key, []).append(row)
    return {
        key: match(stored.get(fit(LegalDocument, "key", key), ()), _day(fact["date"])) for key, fact in facts.items()
    }


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _store_citations(plan: Plan, rows: list[dict], documents: dict, sections: dict) -> None:
    plan.citations.all().delete()
    Citation.objects.bulk_create(
        Citation(
            plan=plan,
            position=position,
            document=documents[row["key"]],
            section=sections.get(row["section"]),
            as_written=fit(Citation, "as_written", row["as_written"]),
        )
        for position, row in enumerate(rows)
    )


def _store_duties(plan: Plan, rows: list[dict], sections: dict) -> None:
    old = {duty.pk: duty for duty in plan.duties.current()}
    stored = []
    for position, row in enumerate(rows):
        duty = old.pop(row["id"], None) or Duty(plan=plan, origin_id=row.get("origin"))
        for name in DUTY:
            setattr(duty, name, row[name])
        duty.who, duty.to = fit(Duty, "who", row["who"]), fit(Duty, "to", row["to"])
        duty.phrase = fit(Duty, "phrase", row["phrase"])
        duty.due_at = datetime.fromisoformat(row["due_at"]) if row["due_at"] else None
        duty.section, duty.position = sections.get(row["section"]), position
        stored.append(duty)
    Duty.objects.filter(pk__in=old).delete()
    Duty.objects.bulk_create(duty for duty in stored if duty.pk is None)
    Duty.objects.bulk_update(stored, ["section", "position", "due_at", *DUTY])

"""A reading as one JSON object; the format is described in docs/import-format.md."""

from documents.reading.model import HEADINGS

_RECURRENCES = ("monthly", "quarterly", "half_yearly", "yearly")


def to_json(reading):
    """The reading as plain dicts, lists, strings and numbers, ready for json.dumps."""
    return {
        "document_type": reading.document_type,
        "agency": reading.agency,
        "parent_agency": reading.parent_agency,
        "symbol": reading.symbol,
        "number": reading.number,
        "date": reading.date.isoformat() if reading.date else None,
        "day": reading.day,
        "month": reading.month,
        "date_year": reading.date_year,
        "place": reading.place,
        "title": reading.title,
        "year": reading.year,
        "motto": reading.motto,
        "signer": _signer(reading.signer),
        "headings": [
            {"level": node.level, "label": node.label, "title": node.name or node.text}
            for node in reading.outline
            if node.level in HEADINGS and node.part in ("body", "appendix")
        ],
        "areas": [
            {"letter": area.letter, "code": area.code, "title": area.title, "items": list(area.items)}
            for area in reading.areas
        ],
        "citations": [_citation(citation) for citation in reading.citations],
        "targets": [_target(target) for target in reading.targets],
        "indices": list(reading.indices),
        "channels": list(reading.channels),
        "audiences": list(reading.audiences),
        "duties": [_duty(duty) for duty in reading.duties],
        "tasks": [_task(task) for task in reading.tasks],
        "recipients": [{"name": recipient.name, "purpose": recipient.purpose} for recipient in reading.recipients],
        "defects": [
            {"code": defect.code, "severity": defect.severity, "where": defect.where, "text": defect.text}
            for defect in reading.defects
        ],
        "outline": [_node(node) for node in reading.outline],
        "source_kind": reading.source.kind,
        "set_aside": [{"line": item.line, "text": item.text, "reason": item.reason} for item in reading.set_aside],
    }


def _signer(signer):
    return (
        {"title": signer.title, "name": signer.name, "authority": signer.authority}
        if signer
        else {"title": None, "name": None, "authority": None}
    )


def _citation(citation):
    return {
        "key": citation.key,
        "type": citation.type,
        "date": citation.date.isoformat() if citation.date else None,
        "issuer": citation.issuer,
        "mentions": citation.mentions,
        "written": list(citation.written),
    }


def _number(value):
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _target(target):
    return {
        "index": target.index,
        "kind": target.kind,
        "value": _number(target.value),
        "value_max": _number(target.value_max),
        "unit": target.unit,
        "baseline_year": target.baseline_year,
        "by_year": target.by_year,
        "basis": target.basis,
    }


def _duty(duty):
    return {
        "who": duty.who or None,
        "what": duty.what,
        "phrase": duty.phrase,
        "instant": duty.instant.isoformat() if duty.instant else None,
        "inclusive": duty.inclusive,
        "recurrence": duty.recurrence if duty.recurrence in _RECURRENCES else None,
        "to": duty.to,
    }


def _task(task):
    return {
        "area": task.group or None,
        "area_code": task.area,
        "title": task.title,
        "product": task.product,
        "lead": task.lead,
        "support": list(task.support),
        "time": task.time,
        "money": task.money,
        "note": task.note,
    }


def _node(node):
    return {
        "position": node.position,
        "level": node.level,
        "label": node.label,
        "mark": node.mark,
        "title": node.title,
        "text": node.text,
        "parent": node.parent,
        "area": node.area,
        "part": node.part,
        "line": node.line,
    }

"""How well the reader reads the corpus: precision and recall of every field, against truths written by hand.

`python -m documents.tests.scores [a folder of the corpus …] [--verbose]`; without a folder all of them.
"""

import json
import os
import re
import sys
from collections import Counter
from pathlib import Path

import django

from documents.reading import read_file, to_json
from documents.vietnamese import compare_key, fold

CORPUS = Path(__file__).with_name("corpus")
FOLDERS = ("seen", "aside", "fresh", "third", "third-aside", "fourth", "fourth-aside", "fifth")
SUFFIXES = (".txt", ".docx", ".pdf")
HEAD = ("document_type", "agency", "parent_agency", "symbol", "number", "date", "place", "title", "year")
NUMBERS = ("value", "value_max", "baseline_year", "by_year")
ENOUGH = 0.9
"""The part of their words two texts of one duty must share."""


def scores(folder):
    """{field: (precision, recall)} over every plan of a folder, micro-averaged; None where nothing is to be counted."""
    totals = Counter()
    for _name, field, found, misses, extras in compared(folder):
        totals[field, "found"] += found
        totals[field, "missed"] += len(misses)
        totals[field, "extra"] += len(extras)
    fields = dict.fromkeys(field for field, _kind in totals)
    return {field: (_precision(totals, field), _ratio(totals, field, "missed")) for field in fields}


def compared(folder):
    """(plan, field, number found, what was missed, what was too much) for every plan and field."""
    for truth_file in sorted((CORPUS / folder).glob("*.json")):
        truth = json.loads(truth_file.read_text(encoding="utf-8"))
        said = _read(next(truth_file.with_suffix(end) for end in SUFFIXES if truth_file.with_suffix(end).exists()))
        for field, facts, same in FIELDS:
            yield truth_file.stem, field, *_matched(facts(truth, truth), facts(said, truth), same)


def _read(path):
    return json.loads(json.dumps(to_json(read_file(path.read_bytes())), ensure_ascii=False))


def _matched(expected, said, same):
    left, misses = list(said), []
    for fact in expected:
        hit = next((other for other in left if same(fact, other)), None)
        if hit is None:
            misses.append(fact)
        else:
            left.remove(hit)
    return len(expected) - len(misses), misses, left


def _precision(totals, field):
    return None if field == "defects" else _ratio(totals, field, "extra")


def _ratio(totals, field, wrong):
    of = totals[field, "found"] + totals[field, wrong]
    return totals[field, "found"] / of if of else None


def _key(text):
    return compare_key(text or "").strip(" .,;:–-")


def _equal(one, other):
    return one == other


def _head(plan, truth):
    facts = [(name, plan[name]) for name in HEAD] + [(f"signer {name}", text) for name, text in plan["signer"].items()]
    return [(name, _key(str(value))) for name, value in facts if value]


def _headings(plan, truth):
    return [(entry["level"], _label(entry["label"]), _key(entry["title"])) for entry in plan["headings"]]


def _label(label):
    return re.sub(r"^(dieu|phan|muc)\s+", "", fold(label or "")).strip(" .)")


def _areas(plan, truth):
    return [_area(area) for area in _areas_of_text(plan, truth)]


def _area(area):
    return _letter(area["letter"]), area["code"], _key(area["title"])


def _areas_of_text(plan, truth):
    """The areas without those read off the group rows of a task table: whether a group is one is not judged.

    An area of the text that bears the name of a group is judged.
    """
    groups = {_group(task["area"]) for task in truth["tasks"]}
    own = {_area(area) for area in truth["areas"]}
    return [area for area in plan["areas"] if _area(area) in own or _group(area["title"]) not in groups]


def _group(text):
    return _key(re.sub(r"^([IVX]+|[A-ZĐ]|\d+(\.\d+)*|[a-zđ])[.)]\s*", "", text or ""))


def _letter(letter):
    return (letter or "").lower().strip(" .)/-–")


def _items(plan, truth):
    return [(area["code"], _key(item)) for area in _areas_of_text(plan, truth) for item in area["items"]]


def _citations(plan, truth):
    own = f"{truth['number']}/{truth['symbol']}"
    return [
        (one["key"], one["type"], one["date"], one["mentions"], _key(re.sub(r"\(.*?\)", "", one["issuer"] or "")))
        for one in plan["citations"]
        if one["key"] != own
    ]


def _same_citation(fact, other):
    return fact[:4] == other[:4] and (not fact[4] or fact[4] == other[4])


def _citation_keys(plan, truth):
    return [fact[0] for fact in _citations(plan, truth)]


def _targets(plan, truth):
    return [
        (
            *(None if target[name] is None else float(target[name]) for name in NUMBERS),
            *(target[name] for name in ("index", "kind", "unit", "basis")),
        )
        for target in plan["targets"]
    ]


def _same_target(fact, other):
    return fact[:-1] == other[:-1] and fact[-1] in (None, other[-1])


def _texts(field):
    return lambda plan, truth: [_key(text) for text in plan[field]]


def _duties(plan, truth):
    return [
        (_key(duty["who"]), duty["instant"], duty["recurrence"], _what(duty), _key(duty["to"]))
        for duty in plan["duties"]
    ]


def _what(duty):
    """The words of what is to be done, whole and without the deadline; not the words that only assign it."""
    whole = re.sub(r"^\W*((co|chiu) trach nhiem|giao|de nghi)\b", " ", fold(duty["what"] or ""))
    less = whole
    for phrase in filter(None, (duty["phrase"] or "").split("; ")):
        less = less.replace(fold(phrase), " ")
    return whole, less


def _same_duty(fact, other):
    return fact[:3] == other[:3] and any(
        _overlap(one, two) >= ENOUGH for one, two in zip(fact[3], other[3], strict=True)
    )


def _same_duty_and_addressee(fact, other):
    return _same_duty(fact, other) and fact[4] == other[4]


def _overlap(one, other):
    one, other = re.findall(r"\w+", one), re.findall(r"\w+", other)
    shared = sum((Counter(one) & Counter(other)).values())
    return 2 * shared / ((len(one) + len(other)) or 1)


def _tasks(plan, truth):
    return [
        (
            _group(task["area"]),
            *(_words(task[name]) for name in ("title", "product", "lead", "time", "money", "note")),
            tuple(_words(name) for name in task["support"]),
        )
        for task in plan["tasks"]
    ]


def _words(text):
    return " ".join(re.findall(r"[^\s,;]+", compare_key(text or ""))).strip(".")


def _recipients(plan, truth):
    return [(_key(one["name"]), _key(one["purpose"])) for one in plan["recipients"]]


def _defects(plan, truth):
    codes = {defect if isinstance(defect, str) else defect["code"] for defect in plan["defects"]}
    return sorted(codes if plan is truth else codes & set(truth["defects"]))


FIELDS = (
    ("head", _head, _equal),
    ("headings", _headings, _equal),
    ("areas", _areas, _equal),
    ("area items", _items, _equal),
    ("citations", _citations, _same_citation),
    ("citation keys", _citation_keys, _equal),
    ("targets", _targets, _same_target),
    ("channels", _texts("channels"), _equal),
    ("audiences", _texts("audiences"), _equal),
    ("duties", _duties, _same_duty),
    ("duty addressees", _duties, _same_duty_and_addressee),
    ("tasks", _tasks, _equal),
    ("recipients", _recipients, _equal),
    ("defects", _defects, _equal),
)


def main(arguments):
    folders = [name for name in arguments if (CORPUS / name).is_dir()] or FOLDERS
    for folder in folders:
        print(f"{folder}: {len(list((CORPUS / folder).glob('*.json')))} plans")
        for field, (precision, recall) in scores(folder).items():
            print(f"  {field:16} precision {_shown(precision)}  recall {_shown(recall)}")
        if "--verbose" in arguments:
            _print_differences(folder)


def _shown(value):
    return "    –" if value is None else f"{value:.3f}"


def _print_differences(folder):
    for name, field, _found, misses, extras in compared(folder):
        for mark, facts in (("missed", misses), ("too much", extras)):
            for fact in facts:
                print(f"  {name} · {field} · {mark}: {fact}")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cchc_portal.settings")
    django.setup()
    main(sys.argv[1:])

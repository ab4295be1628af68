from propaganda.views.evidence import evidence_add, evidence_file
from propaganda.views.lists import activity_list, result_list
from propaganda.views.many import result_many, result_many_excel, result_many_template
from propaganda.views.results import result_add, result_detail, result_edit, result_remove

__all__ = [
    "activity_list",
    "evidence_add",
    "evidence_file",
    "result_add",
    "result_detail",
    "result_edit",
    "result_list",
    "result_many",
    "result_many_excel",
    "result_many_template",
    "result_remove",
]

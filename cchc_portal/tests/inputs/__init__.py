"""Whatever is sent, the answer is a page of ours, nothing half is stored, and what was typed is still there.

Generated from cchc_portal/tests/bad_inputs.py (forms and values), access_matrix.py (addresses) and hostile/ (files).
"""

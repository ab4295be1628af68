"""Whatever is sent, the answer is a page of ours, nothing half is stored, and what was typed is still there.

Generated from forms.py, values.py, access_matrix.py (addresses) and hostile/ (files).
"""

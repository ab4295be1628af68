"""The long table of a PDF: WeasyPrint lays out what has layout, rows that only repeat it are set here.

See :mod:`documents.long_table.joining`.
"""

"""The two registers: documents cited, documents sent out."""

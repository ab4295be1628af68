"""Template filters that every page may use without loading (a builtin library)."""

from django import template

register = template.Library()

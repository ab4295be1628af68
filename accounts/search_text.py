"""Text kept ready for search: folded (no marks, đ as d, lower case) beside what it was made of."""

from collections.abc import Callable, Iterable, Mapping

from django.db import models

from documents.snippets import beginning
from documents.vietnamese import fold


class SearchText(models.TextField):
    """The folded text of the fields named in `of`; written by save() and bulk_create() alike.

    What goes around both (`update()`, `save(update_fields=…)`) names the column itself: `folded`
    gives its value. One column serves PostgreSQL and SQLite, which know different ways to compare.
    """

    def __init__(self, *args, of: Iterable[str] = (), **kwargs):
        self.of = tuple(of)
        super().__init__(*args, **{"editable": False, "default": "", "blank": True} | kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"of": self.of}

    def pre_save(self, model_instance, add: bool) -> str:
        value = self.made_of(lambda name: getattr(model_instance, name))
        setattr(model_instance, self.attname, value)
        return value

    def made_of(self, value_of: Callable[[str], object]) -> str:
        return fold("\n".join(filter(None, (_words(value_of(name)) for name in self.of))))


def _words(value) -> str:
    return " ".join(map(str, value)) if isinstance(value, list | tuple) else str(value or "")


def folded(model: type[models.Model], values: Mapping) -> str:
    """The value of `search_text` for an update() that writes all of its fields."""
    return model._meta.get_field("search_text").made_of(values.__getitem__)


def begins(field: str, word: str) -> models.Q:
    """Rows in whose folded `field` a syllable begins with `word`: "an" finds "an ninh", not "ban".

    The plain comparison comes first: a pattern costs far more a row, and more on SQLite.
    """
    return models.Q(**{f"{field}__contains": word}) & models.Q(**{f"{field}__regex": beginning(word)})


def fill(*labels: str):
    """A migration's step: fold what was stored before the column was there. Safe to repeat."""

    def forwards(apps, schema_editor) -> None:
        for label in labels:
            rows = apps.get_model(label).objects.using(schema_editor.connection.alias)
            for row in rows.iterator(chunk_size=500):
                row.save(update_fields=["search_text"])

    return forwards

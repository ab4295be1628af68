from django.apps import AppConfig
from django.db.backends.signals import connection_created

COLLATION = "vi-x-icu"


def register_collation(connection, **kwargs) -> None:
    """Give SQLite the Vietnamese order that PostgreSQL has from ICU, under the same name."""
    if connection.vendor != "sqlite":
        return
    from documents.vietnamese import sort_key

    def compare(left: str, right: str) -> int:
        a, b = sort_key(left), sort_key(right)
        return (a > b) - (a < b)

    connection.connection.create_collation(COLLATION, compare)


class DocumentsConfig(AppConfig):
    name = "documents"

    def ready(self) -> None:
        connection_created.connect(register_collation, dispatch_uid="documents.collation")

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage


class CheckedStaticFiles(StaticFilesStorage):
    """As strict as the manifest of production, without collecting: an unknown static file is an error."""

    def url(self, name: str) -> str:
        if name and finders.find(name) is None:
            raise ValueError(f"không có tệp tĩnh {name}")
        return super().url(name)

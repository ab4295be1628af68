from django.contrib.staticfiles.storage import StaticFilesStorage


class NoStaticFiles(StaticFilesStorage):
    """As when the files were never collected."""

    def url(self, name: str) -> str:
        raise ValueError(name)

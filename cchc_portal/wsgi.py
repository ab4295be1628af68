"""WSGI entry point, served by gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cchc_portal.settings")


class WholeBody:
    """What is sent, of which the end must not be missing.

    When the connection breaks, a server gives what has come and then nothing. Django takes that for the end: a form
    whose file was cut off would be stored without it. An OSError it takes for what it is and answers nobody.
    """

    def __init__(self, stream, length: int):
        self._stream, self._left = stream, length

    def _counted(self, content: bytes, asked: int | None) -> bytes:
        self._left -= len(content)
        if not content and self._left > 0 and asked != 0:
            raise ConnectionError(f"the connection broke with {self._left} bytes to come")
        return content

    def read(self, size: int | None = None) -> bytes:
        return self._counted(self._stream.read() if size is None else self._stream.read(size), size)

    def readline(self, size: int | None = None) -> bytes:
        return self._counted(self._stream.readline() if size is None else self._stream.readline(size), size)


def of_whole_bodies(server):
    """The application, given only bodies that are whole."""

    def application(environ, start_response):
        length = environ.get("CONTENT_LENGTH") or ""
        if length.isdecimal():
            environ["wsgi.input"] = WholeBody(environ["wsgi.input"], int(length))
        return server(environ, start_response)

    return application


application = of_whole_bodies(get_wsgi_application())

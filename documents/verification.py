"""The look-up code of a printed document: a line and a QR that lead from the paper back to the portal. Pure."""

from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO

from django.utils.html import format_html
from django.utils.safestring import SafeString

MM = 14  # each side of the QR, without the quiet zone that the white paper around it gives
PNG_SCALE = 8  # pixels of the picture to one square


@dataclass(frozen=True)
class Verification:
    """``code`` as a person types it and the ``address`` of the page that tells about it, which the QR holds.

    Printed at the foot of the last page: "Mã tra cứu A7F3-K2Q9 tại https://…/tra-cuu/A7F3-K2Q9/".
    """

    code: str
    address: str

    @property
    def line(self) -> str:
        return f"Mã tra cứu {self.code} tại {self.address}"

    @property
    def words(self) -> str:
        """What the QR is, for who does not see it."""
        return f"Mã QR dẫn đến {self.address}"

    @property
    def key(self) -> str:
        """A name for the picture: equal addresses have equal keys."""
        return sha256(self.address.encode()).hexdigest()[:12]

    @property
    def svg(self) -> SafeString:
        """The QR as squares: one path, 14 mm."""
        squares = self._qr.matrix
        path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(squares) for x, dark in enumerate(row) if dark)
        return format_html(
            '<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{}" width="{}mm" height="{}mm" '
            'viewBox="0 0 {} {}" shape-rendering="crispEdges"><path d="{}"/></svg>',
            self.words, MM, MM, len(squares), len(squares), path,
        )  # fmt: skip

    def png(self) -> bytes:
        """The QR as a picture without margin; the same address gives the same bytes."""
        out = BytesIO()
        self._qr.save(out, kind="png", scale=PNG_SCALE, border=0)
        return out.getvalue()

    @property
    def _qr(self):
        """Level M bears a stamp's edge or a fold over it (15 %)."""
        import segno

        return segno.make(self.address, error="m", micro=False, boost_error=False)

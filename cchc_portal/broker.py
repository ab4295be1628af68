"""The embedded broker: Kombu's folder of messages, in which a message appears whole and is taken by one.

Kombu writes a message under its final name, so a worker that looks in that moment reads half of it and
ends with an "unrecoverable error"; and it takes messages through the machine's temporary folder.
"""

import logging
from pathlib import Path
from queue import Empty
from time import monotonic
from uuid import uuid4

from kombu.transport import filesystem
from kombu.utils.json import dumps, loads

logger = logging.getLogger(__name__)


class Channel(filesystem.Channel):
    def _put(self, queue, payload, **kwargs) -> None:
        name = f"{round(monotonic() * 1000)}_{uuid4()}.{queue}.msg"
        part = Path(self.data_folder_out) / f"{name}.part"
        part.write_text(dumps(payload), encoding="utf-8")
        part.rename(part.with_suffix(""))

    def _get(self, queue):
        for path in sorted(Path(self.data_folder_in).iterdir()):
            if path.name.partition(".")[2] != f"{queue}.msg":
                continue
            taken = path.with_suffix(".taken")
            try:
                path.rename(taken)
            except FileNotFoundError:
                continue  # another worker was quicker
            text = taken.read_text(encoding="utf-8", errors="replace")
            taken.unlink()
            try:
                return loads(text)
            except ValueError:
                logger.warning("broker: a message torn by a crash was left out; the sweep finds its job")
        raise Empty


class Transport(filesystem.Transport):
    Channel = Channel

"""What the accepted plans together leave out, and what two units would do twice. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from documents.vietnamese import fold
from plans.reference import AUDIENCE_PARTS
from plans.synthesis.gathering import Synthesis, Task

EVENT_DAYS = 31  # what runs longer is a standing task, not an event
NEAR = timedelta(days=7)
ALIKE = 0.6  # share of words that two titles have in common
FEWEST_WORDS = 3


@dataclass(frozen=True)
class Coverage:
    """How many tasks reach whom, by which channel, about which area.

    `audiences` and `channels` are (code, name); `counts` holds (area, channel, audience) → tasks, a cell that
    nobody fills is absent. A task for everybody reaches every audience.
    """

    areas: tuple[tuple[str, str], ...]
    channels: tuple[tuple[str, str], ...]
    audiences: tuple[tuple[str, str], ...]
    counts: Mapping[tuple[str, str, str], int]

    def of(self, area: str, channel: str, audience: str) -> int:
        return self.counts.get((area, channel, audience), 0)

    @property
    def cells(self) -> int:
        return len(self.areas) * len(self.channels) * len(self.audiences)

    @property
    def blanks(self) -> int:
        return self.cells - len(self.counts)

    def unreached(self) -> list[tuple[str, list[str]]]:
        """(area, names of the audiences that no task about it reaches by any channel), where there are any."""
        reached = {(area, audience) for area, _channel, audience in self.counts}
        missing = (
            (name, [label[:1].lower() + label[1:] for code, label in self.audiences if (area, code) not in reached])
            for area, name in self.areas
        )
        return [(name, labels) for name, labels in missing if labels]

    def unused(self) -> list[str]:
        """Names of the channels that no task uses."""
        used = {channel for _area, channel, _audience in self.counts}
        return [name for code, name in self.channels if code not in used]


def coverage(found: Synthesis, channels: Iterable, audiences: Iterable) -> Coverage:
    """Every area × channel × audience; `channels` and `audiences` are the catalogue's rows of the year.

    A line frozen under a name that the catalogue no longer has is left out: it belongs to no cell.
    """
    channels = {row.name: (row.code, row.name) for row in channels}
    audiences = list(audiences)
    reached = {row.name: AUDIENCE_PARTS.get(row.code, (row.code,)) for row in audiences}
    single = tuple((row.code, row.name) for row in audiences if row.code not in AUDIENCE_PARTS)
    counts: Counter = Counter()
    for task in found.tasks:
        channel = channels.get(task.line.channel)
        for audience in reached.get(task.line.audience, ()):
            if channel:
                counts[task.area, channel[0], audience] += 1
    return Coverage(found.areas, tuple(channels.values()), single, counts)


def overlaps(tasks: Sequence[Task]) -> list[tuple[Task, Task]]:
    """Pairs of events of two units that look like one: one channel, alike titles, at most a week apart."""
    by_channel: dict[str, list[tuple[Task, frozenset[str]]]] = defaultdict(list)
    for task in tasks:
        words = frozenset(fold(task.line.title).split())
        if (task.line.ends - task.line.starts).days < EVENT_DAYS and len(words) >= FEWEST_WORDS:
            by_channel[task.line.channel].append((task, words))
    found = []
    for events in by_channel.values():
        events.sort(key=lambda event: event[0].line.starts)
        for (one, words), (other, others) in _near(events):
            if one.unit != other.unit and len(words & others) >= ALIKE * len(words | others):
                found.append((one, other))
    return sorted(found, key=lambda pair: (pair[0].line.starts, pair[0].line.title))


def _near(events: list):
    """Pairs of events, ordered by their first day, of which the second begins at most a week after the first ends."""
    for place, one in enumerate(events):
        for other in events[place + 1 :]:
            if other[0].line.starts > one[0].line.starts + timedelta(days=EVENT_DAYS) + NEAR:
                break
            if other[0].line.starts <= one[0].line.ends + NEAR:
                yield one, other

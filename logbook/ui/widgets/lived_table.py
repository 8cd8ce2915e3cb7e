"""The sessions that were lived, beside the routine they belong to."""

from collections.abc import Sequence

from logbook.domain import labels
from logbook.domain.plan import Lived, Pace
from logbook.domain.vocabulary import Severity
from logbook.ui.widgets.short_table import Cell, ShortTable


class LivedTable(ShortTable):
    """Each session with its days since the one before; only what came early is marked."""

    def __init__(self) -> None:
        """Begin without sessions."""
        super().__init__(("Day", "Days since", "By the routine"), wide=2, most_rows=6)
        self.setAccessibleName("Sessions beside the routine, the latest first")

    def show_lived(self, lived: Sequence[Lived], every_days: int) -> None:
        """Show *lived*, the latest first, beside a routine of *every_days*."""
        self.show_rows(
            [
                (
                    Cell(labels.short_day(one.session.date)),
                    Cell(labels.NOTHING if one.days is None else str(one.days)),
                    Cell(pace_words(one, every_days), Severity.INFO if one.is_flagged else None),
                )
                for one in reversed(lived)
            ]
        )


def pace_words(lived: Lived, every_days: int) -> str:
    """Return how *lived* stands to a routine of *every_days*, as it stands alone."""
    if lived.days is None:
        return "The first"
    if lived.pace is Pace.EARLY:
        return f"Early ({labels.count(every_days - lived.days, 'day')})"
    return labels.title(lived.pace)

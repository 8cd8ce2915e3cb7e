"""What is typed beside the forms of the pages, and how it gets there again."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QWidget

from logbook.domain.session import RecordId
from logbook.services.typed_lines import Line, TypedLine

if TYPE_CHECKING:
    from logbook.ui.pages.sessions_page import SessionsPage
    from logbook.ui.pages.shedding_page import SheddingPage
    from logbook.ui.pages.warnings_page import WarningsPage

PAGE_OF = {Line.COUNT: "shedding", Line.REASON_TO_SAVE: "sessions", Line.REASON_TO_ACKNOWLEDGE: "warnings"}


def typed_lines(pages: Mapping[str, QWidget], person_id: RecordId) -> tuple[TypedLine, ...]:
    """Return what is typed beside the forms of those *pages* that were made, for the person *person_id*."""
    found = []
    if "shedding" in pages and (count := cast("SheddingPage", pages["shedding"]).quick).has_unsaved:
        day, method = count.day.value(), count.method.value()
        found.append(TypedLine(Line.COUNT, person_id, count.number.text(), count.record_id, day, method))
    if "sessions" in pages and (answer := (page := cast("SessionsPage", pages["sessions"])).editor.reason_panel.typed):
        session_id = page.form.draft().session.id
        found.append(TypedLine(Line.REASON_TO_SAVE, person_id, answer.words, session_id, reason=answer.reason))
    if "warnings" in pages:
        row = cast("WarningsPage", pages["warnings"]).detail.acknowledge_row
        if row.words.text().strip():
            text, reason = row.words.text(), row.reason.value()
            found.append(TypedLine(Line.REASON_TO_ACKNOWLEDGE, person_id, text, reason=reason))
    return tuple(found)


def put_line(page: QWidget, one: TypedLine) -> None:
    """Put *one* where it was typed, on its *page*."""
    if one.line is Line.COUNT:
        cast("SheddingPage", page).quick.go_on_with(one.text, one.date, one.method, one.record_id)
    elif one.line is Line.REASON_TO_SAVE:
        cast("SessionsPage", page).editor.reason_panel.expect(one.reason, one.text)
    else:
        cast("WarningsPage", page).detail.acknowledge_row.go_on_with(one.reason, one.text)

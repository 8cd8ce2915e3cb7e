"""What draws, imported off the window's thread: it takes half a second that the frame of the page does not wait for."""

from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from threading import Event
from types import ModuleType
from weakref import WeakMethod

from PySide6.QtCore import QCoreApplication

from logbook.domain.errors import LogbookError
from logbook.ui.tasks import Tasks

_Receive = Callable[[ModuleType], None]


def load_panel(roles: Mapping[str, str], receive: _Receive, gone: Event) -> None:
    """Import the panel, and hand its module to the method *receive* unless its page is *gone* by then.

    *roles* are the colours of a drawing that nobody sees.
    """
    hand_over = partial(_hand_over_panel, WeakMethod(receive), gone)
    _background().run(partial(_warm_up, roles), hand_over, _raise)


def load(imports: Callable[[], ModuleType], receive: _Receive, gone: Event) -> None:
    """Have *imports* return a module elsewhere, and hand it to the method *receive* unless its page is *gone*."""
    # Known weakly: a thread that let go of the last reference would destroy a widget off the window's own.
    _background().run(imports, partial(_hand_over, WeakMethod(receive), gone), _raise)


def _warm_up(roles: Mapping[str, str]) -> None:
    """Import what knows nothing of Qt, and draw something once."""
    from logbook.charts.warming import warm_up  # noqa: PLC0415

    warm_up(roles)


def _hand_over_panel(receive: "WeakMethod[_Receive]", gone: Event, _: None) -> None:
    # Here, in the window's thread: PySide may crash where a class of Qt is made while a widget is, in two threads.
    if not gone.is_set():
        from logbook.ui.pages import chart_panel  # noqa: PLC0415

        _hand_over(receive, gone, chart_panel)


@lru_cache
def _background() -> Tasks:
    """Return what imports; it outlives the page, so that no answer meets a sender that is gone."""
    app = QCoreApplication.instance()
    assert app is not None  # noqa: S101 - there is no page without it
    tasks = Tasks(app)
    app.aboutToQuit.connect(tasks.finish)
    return tasks


def _hand_over(receive: "WeakMethod[_Receive]", gone: Event, module: ModuleType) -> None:
    method = receive()
    if method is not None and not gone.is_set():
        method(module)


def _raise(error: LogbookError) -> None:
    raise error

"""Work in another thread ends where the window hears of it, whatever happens in it."""

import pytest

from logbook.domain.errors import StorageError
from logbook.ui.tasks import Tasks


@pytest.fixture
def tasks(qapp):
    return Tasks()


def test_an_error_nobody_expected_gives_back_what_was_switched_off_and_is_told(tasks, qtbot):
    heard = []
    with qtbot.capture_exceptions() as caught:
        tasks.run(lambda: 1 // 0, heard.append, heard.append, after_bug=lambda: heard.append("after"))
        qtbot.waitUntil(lambda: bool(caught))
    assert [kind for kind, *_ in caught] == [ZeroDivisionError]
    assert heard == ["after"]


def test_a_known_error_and_a_value_go_to_whom_they_are_for(tasks, qtbot):
    heard = []

    def refuse():
        raise StorageError("no room")

    tasks.run(refuse, heard.append, lambda error: heard.append(str(error)), after_bug=lambda: heard.append("after"))
    tasks.run(lambda: 7, heard.append, heard.append, after_bug=lambda: heard.append("after"))
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert heard == ["no room", 7]

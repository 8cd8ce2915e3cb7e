"""The Guidance page: agreed limits and changed verdicts behind two tabs."""

import pytest

from logbook.ui.pages.guidance_page import GuidancePage


@pytest.fixture
def page(store, qtbot):
    page = GuidancePage(store)
    qtbot.addWidget(page)
    page.resize(900, 600)
    page.show()
    return page


def test_no_line_is_drawn_beside_the_tabs_in_colours_of_no_theme(page):
    assert not page.tabs.tabBar().drawBase()


def test_it_begins_with_its_tabs(page, qtbot):
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.focus_first()
    assert page.tabs.tabBar().hasFocus()
    assert [page.tabs.tabText(place) for place in range(page.tabs.count())] == ["&Agreed limits", "&Changed verdicts"]
    assert not page.has_unsaved

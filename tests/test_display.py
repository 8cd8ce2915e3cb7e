"""Why no window can be opened, said before Qt would end the program."""

import subprocess
import sys
from pathlib import Path

import pytest

from logbook import display

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has displays to miss")


def test_a_platform_without_a_display_needs_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert display.why_no_window() is None


def test_a_missing_library_is_named_by_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setitem(display._ALWAYS, "libnobody-has-this.so.7", "libnobody-has-this7")
    reason = display.why_no_window()
    assert reason is not None
    assert reason.endswith("please install: libnobody-has-this7")


def test_the_libraries_of_a_real_window_are_asked_for_only_where_one_opens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(display._FOR_X, "libnobody-has-this.so.7", "libnobody-has-this7")
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    assert "libnobody-has-this7" in (display.why_no_window() or "")
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert display.why_no_window() is None


def test_the_program_ends_with_one_sentence_and_status_2(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = (
        "from logbook import display; display._ALWAYS['libnobody-has-this.so.7'] = 'libnobody-has-this7';"
        "from logbook.app import main; raise SystemExit(main(['--database', 'new.sqlite']))"
    )
    monkeypatch.setenv("PYTHONPATH", str(Path(display.__file__).parents[1]))
    run = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False, cwd=tmp_path
    )
    assert run.returncode == 2
    assert run.stderr.count("\n") == 1
    assert "libnobody-has-this7" in run.stderr
    assert list(tmp_path.glob("*.sqlite")) == []


@pytest.mark.parametrize("arguments", [["--database"], ["--database="], ["--database", "a", "b"]])
def test_wrong_arguments_of_the_window_are_one_sentence(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    from logbook.app import main

    assert main(arguments) == 2
    assert capsys.readouterr().err.count("\n") == 1

"""`judge`: what it prints, in what order, and what it refuses."""

import json
import shutil
import subprocess
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from builders import SAM, TODAY

from logbook.assets import find
from logbook.domain.history import History
from logbook.guidance.judge import next_dates_after
from logbook.guidance.loader import load_rules
from logbook.services.guidance_in_use import keep_copy, load_guidance
from logbook.services.sessions_csv import read_sessions

CASES = Path(__file__).parents[1] / "guidance" / "cases"
LOGS = sorted(CASES.glob("*.csv"))
RULES = load_rules()
KEYS = ["row", "date", "severity", "findings", "unjudged", "earliest", "clear"]
FINDING_KEYS = ["rule", "severity", "message", "facts", "sources"]
SHEDDING_KEYS = ["row", "date", "method", "value", "severity", "findings", "unjudged"]
HEADER = "date,setting,depth_mm,zones"

Run = Callable[..., Any]
Write = Callable[..., Path]


def judged(run: Run, *arguments: str | Path) -> list[dict[str, Any]]:
    ran = run("judge", *arguments, "--format", "json")
    assert (ran.status, ran.err) == (0, "")
    return json.loads(ran.out)


@pytest.mark.parametrize("log", LOGS, ids=lambda log: log.stem)
def test_a_case_prints_the_findings_expected_of_it(log: Path, run: Run) -> None:
    got = [
        {
            "row": one["row"],
            "date": one["date"],
            "severity": one["severity"],
            "findings": {finding["rule"]: finding["severity"] for finding in one["findings"]},
        }
        for one in judged(run, log)
    ]
    assert got == json.loads(log.with_suffix(".expected.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("log", LOGS, ids=lambda log: log.stem)
def test_every_object_has_the_shape_promised(log: Path, run: Run) -> None:
    for one in judged(run, log):
        assert list(one) == KEYS
        assert all(list(finding) == FINDING_KEYS for finding in one["findings"])
        assert all(list(lack) == ["rule", "missing"] and lack["missing"] for lack in one["unjudged"])
        for key in ("findings", "unjudged"):
            assert [part["rule"] for part in one[key]] == sorted(part["rule"] for part in one[key])
        for finding in one["findings"]:
            assert set(finding["sources"]) == {source.key for source in RULES.of(finding["rule"]).sources}
        assert one["earliest"].keys() == one["clear"].keys()
        assert all(one["date"] <= one["earliest"][zone] <= one["clear"][zone] for zone in one["clear"])


@pytest.mark.parametrize("log", LOGS, ids=lambda log: log.stem)
def test_next_dates_rest_on_the_history_up_to_each_session(log: Path, run: Run) -> None:
    sessions = [session for _, session in read_sessions(log, SAM, TODAY).rows]
    whole = History(sessions)
    for session, one in zip(whole, judged(run, log), strict=True):
        dates = next_dates_after(RULES, whole, session)
        assert one["earliest"] == {zone.value: next_.earliest.isoformat() for zone, next_ in dates.items()}
        assert one["clear"] == {zone.value: next_.clear.isoformat() for zone, next_ in dates.items()}


def test_the_golden_object(run: Run, a_csv: Write) -> None:
    log = a_csv(
        "date,setting,device,depth_mm,zones,professional_advice",
        "2026-01-05,supervised,pen,1.50,crown,yes",
        "2026-01-12,supervised,pen,1.50,crown,yes",
    )
    _, second = judged(run, log)
    (finding,) = second.pop("findings")
    message = finding.pop("message")
    sources = finding.pop("sources")
    missing = {lack["rule"]: lack["missing"] for lack in second.pop("unjudged")}
    facts = finding.pop("facts")
    assert second == {
        "row": 3,
        "date": "2026-01-12",
        "severity": "info",
        "earliest": {"crown": "2026-01-19"},
        "clear": {"crown": "2026-02-02"},
    }
    assert finding == {"rule": "I02", "severity": "info"}
    assert {key: facts[key] for key in ("zone", "days", "earlier_depth_mm")} == {
        "zone": "crown",
        "days": 7,
        "earlier_depth_mm": 1.5,
    }
    assert "1.5 mm" in message
    assert message.endswith(".")
    assert "T5" in sources
    assert missing["H04"] == ["needle_state"]


def test_sessions_come_by_date_and_keep_their_lines(run: Run, a_csv: Write) -> None:
    log = a_csv(HEADER, "2026-02-01,home,0.25,crown", "2026-01-01,home,0.25,crown", "2026-01-15,home,0.25,crown")
    assert [(one["row"], one["date"]) for one in judged(run, log)] == [
        (3, "2026-01-01"),
        (4, "2026-01-15"),
        (2, "2026-02-01"),
    ]


def test_a_setting_that_was_assumed_is_named(run: Run, a_csv: Write) -> None:
    log = a_csv(HEADER, "2026-01-01,,0.25,crown", "2026-02-01,home,0.25,crown")
    first, second = judged(run, log)
    assert first["assumed"] == ["setting"]
    assert "assumed" not in second


def test_an_unrecorded_zone_is_the_whole_scalp(run: Run, a_csv: Write) -> None:
    (one,) = judged(run, a_csv("date", "2026-01-01"))
    assert list(one["earliest"]) == ["whole_scalp"]
    assert list(one) == [*KEYS, "assumed"]


def test_a_file_without_sessions_is_an_empty_array(run: Run, a_csv: Write) -> None:
    log = a_csv(HEADER)
    assert run("judge", log, "--format", "json").out == "[]\n"
    assert run("judge", log).out == "There is no session in the file.\n"


def test_the_birth_date_is_judged(run: Run, a_csv: Write) -> None:
    log = a_csv("date,conditions", "2026-01-01,none")
    lacks = {lack["rule"]: lack["missing"] for one in judged(run, log) for lack in one["unjudged"]}
    assert "birth_date" in lacks["C06"]
    (child,) = judged(run, log, "--birth-date", "2014-01-01", "--sex", "female")
    assert "C06" in {finding["rule"] for finding in child["findings"]}
    (adult,) = judged(run, log, "--birth-date", "1984-01-01", "--sex", "male")
    assert "C06" not in {part["rule"] for part in [*adult["findings"], *adult["unjudged"]]}


def counts_csv(a_csv: Write, *rows: str) -> Path:
    return a_csv("date,method,value,notes", *rows, name="s.csv")


def own_baseline(days: int = 7) -> list[str]:
    """Ten hairs on each of the days before 8 January."""
    return [f"2026-01-{8 - back:02d},comb_60s,10," for back in range(days, 0, -1)]


def test_shedding_records_are_judged_after_the_sessions(run: Run, a_csv: Write) -> None:
    log = a_csv(HEADER, "2026-01-08,home,0.25,crown")
    counts = counts_csv(a_csv, "2026-01-09,pull_test,7,", "2026-01-02,pull_test,>3,", "2026-01-03,estimate,,")
    session, more, blank, last = judged(run, log, "--shedding", counts)
    assert list(session) == KEYS
    assert list(last) == list(blank) == SHEDDING_KEYS
    assert (last["row"], last["date"], last["method"], last["value"]) == (2, "2026-01-09", "pull_test", 7)
    assert (more["value"], more["more_than"], blank["value"]) == (3, True, None)
    assert [one["severity"] for one in (more, blank, last)] == ["caution", "clean", "warning"]
    (finding,) = last["findings"]
    assert list(finding) == FINDING_KEYS
    assert (finding["rule"], finding["severity"]) == ("S01", "warning")
    assert finding["facts"] == {"value": 7, "amount": "7", "limit": 2}
    assert "PULL" in finding["sources"]
    assert finding["message"].startswith("Hairs that came with the pull test: 7. ")
    assert blank["findings"] == blank["unjudged"] == []


def test_what_a_shedding_record_lacks_is_unjudged(run: Run, a_csv: Write) -> None:
    counts = counts_csv(a_csv, "2026-01-02,day_total,300,", "2026-01-03,pull_test,,", "2026-01-04,pull_test,>2,")
    for one in judged(run, a_csv(HEADER), "--shedding", counts):
        assert (one["severity"], one["findings"]) == ("clean", [])
        assert one["unjudged"] == [{"rule": "S01", "missing": ["value"]}]


def test_sex_and_birth_date_decide_which_range_counts(run: Run, a_csv: Write) -> None:
    counts = counts_csv(a_csv, *(f"2026-01-0{day},comb_60s,60," for day in (1, 2, 3)))
    call = (a_csv(HEADER), "--shedding", counts)
    assert judged(run, *call)[-1]["unjudged"] == [{"rule": "S01", "missing": ["birth_date", "sex"]}]
    assert judged(run, *call, "--sex", "male")[-1]["unjudged"] == [{"rule": "S01", "missing": ["birth_date"]}]
    for more, severity in (
        (("--sex", "male", "--birth-date", "1980-01-01"), "warning"),
        (("--sex", "male", "--birth-date", "1996-01-01"), "clean"),
        (("--sex", "female", "--birth-date", "1980-01-01"), "clean"),
        (("--sex", "female"), "clean"),
    ):
        last = judged(run, *call, *more)[-1]
        assert (last["severity"], last["unjudged"]) == (severity, [])


def test_a_raised_run_is_told_with_the_first_session_before_it(run: Run, a_csv: Write) -> None:
    log = a_csv(HEADER, "2026-01-08,home,0.25,crown")
    counts = counts_csv(a_csv, *own_baseline(), "2026-03-09,comb_60s,20,", "2026-05-05,comb_60s,20,")
    *_, before, begins, goes_on = judged(run, log, "--shedding", counts, "--sex", "female")
    assert before["findings"] == []
    assert {finding["rule"]: finding["severity"] for finding in begins["findings"]} == {"S02": "info", "S03": "info"}
    assert begins["findings"][1]["facts"]["events"] == ["the first session on 8 January 2026"]
    assert {finding["rule"]: finding["severity"] for finding in goes_on["findings"]} == {"S02": "caution"}
    assert goes_on["findings"][0]["facts"]["days"] == 57
    *_, few = judged(run, log, "--shedding", counts_csv(a_csv, *own_baseline(6), "2026-03-09,comb_60s,20,"))
    assert few["findings"] == []


def test_redness_taken_for_hair_loss_silences_the_other_rules(run: Run, a_csv: Write) -> None:
    log = a_csv("date,setting,depth_mm,zones,redness_hours", "2026-01-08,home,0.25,crown,", "2026-02-01,home,0.25,,24")
    baseline = [f"2026-01-0{day},pull_test,5," for day in range(1, 8)]
    counts = counts_csv(a_csv, *baseline, "2026-02-03,pull_test,7,I am losing hair", "2026-02-04,pull_test,7,")
    *_, calmed, plain = judged(run, log, "--shedding", counts)
    assert [finding["rule"] for finding in calmed["findings"]] == ["S03"]
    assert (calmed["severity"], calmed["unjudged"]) == ("info", [])
    assert [finding["rule"] for finding in plain["findings"]] == ["S01"]


def test_the_text_of_a_shedding_record_reads_like_that_of_a_session(run: Run, a_csv: Write) -> None:
    counts = counts_csv(a_csv, "2026-01-02,day_total,>200,", "2026-01-03,pull_test,3,", "2026-01-04,estimate,,")
    ran = run("judge", a_csv(HEADER), "--shedding", counts)
    assert (ran.status, ran.err) == (0, "")
    more, pulled, blank = ran.out.rstrip("\n").split("\n\n")
    assert more.splitlines() == [
        "clean: 2 January 2026, line 2: shedding by daily total: more than 200",
        "  No published warning found by these rules.",
        "  Not judged for want of value: S01",
    ]
    assert pulled.startswith(
        "caution: 3 January 2026, line 3: shedding by pull test: 3\n  S01 caution: Hairs that came"
    )
    assert "\n    Sources: " in pulled
    assert "shedding by estimate, 0–3: not counted\n" in blank


def test_text_says_the_severity_first_and_what_was_not_judged(run: Run) -> None:
    ran = run("judge", CASES / "zones_apart.csv")
    assert (ran.status, ran.err) == (0, "")
    blocks = ran.out.split("\n\n")
    assert [block.split(":")[0] for block in blocks] == ["warning", "info", "warning", "caution", "caution"]
    assert "I01 warning: Crown: 1.5 mm on 15 January 2024, 10 days before." in blocks[2]
    assert "Sources: " in blocks[2]
    assert "Not judged for want of topicals: M01, M02" in blocks[0]
    assert "next from 5 February 2024" in blocks[2]
    assert "without any remark from 6 March 2024" in blocks[4]


def test_clean_is_said_without_a_promise(run: Run, a_csv: Write) -> None:
    out = run("judge", a_csv(f"{HEADER},professional_advice", "2026-01-01,home,0.25,crown,yes")).out
    assert out.startswith("clean: 1 January 2026, line 2: crown 0.25 mm, at home\n")
    assert "No published warning found by these rules." in out
    assert "safe" not in out


def test_unknown_columns_are_named_and_ignored(run: Run, a_csv: Write) -> None:
    ran = run("judge", a_csv("date,mood,\x1b[31mred", "2026-01-01,good,x"), "--format", "json")
    assert ran.status == 0
    assert len(json.loads(ran.out)) == 1
    assert "log.csv, line 1" in ran.err
    assert "mood" in ran.err
    assert "\x1b" not in ran.err


def test_two_runs_print_the_same_bytes(finish: Run) -> None:
    log = CASES / "home_over_pustules.csv"
    runs = [
        finish("judge", log, "--format", form, environment={"PYTHONHASHSEED": seed, "LC_ALL": locale})
        for form in ("json", "text")
        for seed, locale in (("1", "C"), ("2", "C.UTF-8"))
    ]
    assert all(ran.status == 0 and not ran.err for ran in runs)
    assert runs[0] == runs[1]
    assert runs[2] == runs[3]


# What is refused


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("03/04/2026,home,0.25,crown", "date"),
        ("2026-02-30,home,0.25,crown", "date"),
        (f"{(date.today() + timedelta(days=2)).isoformat()},home,0.25,crown", "date"),
        (",home,0.25,crown", "date"),
        ("2026-01-01,office,0.25,crown", "setting"),
        ("2026-01-01,home,15,crown", "depth_mm"),
        ("2026-01-01,home,0.255,crown", "depth_mm"),
        ("2026-01-01,home,0.25,scalp", "zones"),
    ],
)
def test_a_refused_row_is_named_and_nothing_is_judged(row: str, column: str, run: Run, a_csv: Write) -> None:
    ran = run("judge", a_csv(HEADER, "2026-01-01,home,0.25,crown", row), "--format", "json")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"log.csv, line 3, column {column}: ")
    assert ran.err.count("\n") == 1


def test_every_refused_row_is_named(run: Run, a_csv: Write) -> None:
    log = a_csv(HEADER, "yesterday,home,99,crown", "2026-01-01,office,0.25,crown")
    counts = a_csv("date,method,value", "2026-01-01,guess,3", name="s.csv")
    ran = run("judge", log, "--shedding", counts)
    assert (ran.status, ran.out) == (2, "")
    assert [line.split(":")[0] for line in ran.err.splitlines()] == [
        "log.csv, line 2, column date",
        "log.csv, line 2, column depth_mm",
        "log.csv, line 3, column setting",
        "s.csv, line 2, column method",
    ]


def test_the_depth_that_was_meant_is_offered(run: Run, a_csv: Write) -> None:
    assert "Did you mean 1.5?" in run("judge", a_csv(HEADER, "2026-01-01,home,15,crown")).err


UNREADABLE = {
    "empty": b"",
    "not UTF-8": b"date,notes\n2026-01-01,caf\xe9\n",
    "NUL": b"date,notes\n2026-01-01,a\0b\n",
    "unclosed quotation mark": b'date,notes\n2026-01-01,"lost\n2026-01-02,found\n',
    "another delimiter": b"date:setting\n2026-01-01:home\n",
    "no date column": b"day,setting\n2026-01-01,home\n",
    "a column twice": b"date,date\n2026-01-01,2026-01-01\n",
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
}


@pytest.mark.parametrize("content", UNREADABLE.values(), ids=UNREADABLE.keys())
@pytest.mark.parametrize("command", ["judge", "import"])
def test_an_unreadable_file_is_one_sentence(command: str, content: bytes, run: Run, tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    log.write_bytes(content)
    database = tmp_path / "new.sqlite"
    ran = run(command, log, *(["--database", database] if command == "import" else []))
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("log.csv")
    assert ran.err.count("\n") == 1
    assert ran.err.endswith(".\n")
    assert log.read_bytes() == content
    assert [path.name for path in tmp_path.iterdir()] == ["log.csv"]


def test_a_missing_file_and_a_folder_are_one_sentence(run: Run, tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere.csv", tmp_path):
        for ran in (run("judge", path), run("judge", CASES / "zones_apart.csv", "--shedding", path)):
            assert (ran.status, ran.out) == (2, "")
            assert ran.err.startswith(path.name)
            assert ran.err.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["judge"],
        ["judge", ""],
        ["jugde", "log.csv"],
        ["judge", "log.csv", "--format", "xml"],
        ["judge", "log.csv", "--sex", "yes"],
        ["judge", "log.csv", "--birth-date", "01.02.1990"],
        ["judge", "log.csv", "--birth-date", "9000-01-01"],
        ["judge", "log.csv", "--form", "json"],
        ["judge", "log.csv", "--database", "x"],
        ["export", "--database", "x"],
    ],
)
def test_wrong_usage_is_status_2(arguments: list[str], run: Run) -> None:
    ran = run(*arguments)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("usage: ")
    assert "Traceback" not in ran.err


def test_help_and_version_are_status_0(run: Run) -> None:
    assert "judge" in run("--help").out
    assert run("judge", "--help").status == 0
    assert run("--version").out.split()[-1][0].isdigit()


# As a program of its own


def test_a_reader_who_leaves_is_no_error(start: Run) -> None:
    with start("judge", CASES / "zones_apart.csv") as process:
        process.stdout.close()
        err = process.stderr.read()
    assert (process.returncode, err) == (141, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
def test_an_output_that_is_full_is_one_sentence(finish: Run) -> None:
    with Path("/dev/full").open("wb") as full:
        ran = finish("judge", CASES / "zones_apart.csv", stdout=full, stderr=subprocess.PIPE)
    assert ran.status == 2
    assert ran.err == "The answer cannot be written: No space left on device.\n"


def test_an_interruption_is_quiet(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("logbook.cli.judging.read_sessions", interrupt)
    assert run("judge", "log.csv") == (130, "", "")


# Guidance that is refused


@pytest.fixture
def shipped(tmp_path, monkeypatch):
    """A copy of the guidance in the place of the one that the program came with."""
    folder = Path(shutil.copytree(find("guidance"), tmp_path / "shipped"))
    monkeypatch.setattr("logbook.services.guidance_in_use.find", lambda name: folder)
    return folder


def misspell(folder):
    path = folder / "interval.toml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("window_days = 60", "widow_days = 60", 1), encoding="utf-8"
    )


def test_with_refused_guidance_the_last_good_one_judges_and_the_line_is_named(run, shipped):
    log = CASES / "home_1_5_mm_every_other_day.csv"
    before = run("judge", log)
    assert (before.status, before.err) == (0, "")
    keep_copy(load_guidance())  # as the window does at its start
    misspell(shipped)
    after = run("judge", log)
    assert (after.status, after.out) == (0, before.out)
    assert "interval.toml, line 12: I01: params.widow_days is not known" in after.err
    assert "judged by the last good guidance" in after.err


def test_with_refused_guidance_and_no_good_one_nothing_is_judged(run, shipped):
    misspell(shipped)
    ran = run("judge", CASES / "home_1_5_mm_every_other_day.csv")
    assert (ran.status, ran.out) == (2, "")
    assert "interval.toml, line 12" in ran.err

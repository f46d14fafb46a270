"""What a run shows on standard error while it grades."""

import io

import pytest
from rich.console import Console

from grader.cli import pace
from grader.cli.pace import Pace


@pytest.fixture
def printed(monkeypatch):
    text = io.StringIO()
    monkeypatch.setattr(pace, "errors", Console(file=text, width=200))
    return text


class Clock:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def test_where_nothing_can_be_redrawn_a_line_is_printed_every_half_minute(printed):
    clock = Clock()
    with Pace(20_000, 1_000, clock) as run:
        for _ in range(1_200):
            clock.seconds += 0.0625
            run.advance()
    assert printed.getvalue().splitlines() == [
        "graded 1,480 of 20,000, 16 a second, 19 min left",
        "graded 1,960 of 20,000, 16 a second, 19 min left",
    ]


@pytest.mark.parametrize(("left", "told"), [(45, "45 s"), (600, "10 min"), (3 * 3600 + 120, "3 h 02 min")])
def test_the_time_left_is_told_in_a_fitting_unit(left, told):
    clock = Clock()
    run = Pace(left + 10, 0, clock)
    for _ in range(10):
        run.advance()
    clock.seconds = 10.0
    assert run.line().endswith(f", 1 a second, {told} left")


def test_nothing_is_foretold_before_anything_is_done(printed):
    assert Pace(10, 3, Clock()).line() == "graded 3 of 10"


def test_a_terminal_has_a_bar_with_a_rate(monkeypatch):
    text = io.StringIO()
    monkeypatch.setattr(pace, "errors", Console(file=text, width=120, force_terminal=True, legacy_windows=False))
    with Pace(4, 0) as run:
        run.advance()
        run.print(pace.Text("held: learner-001"))
    assert "1/4" in text.getvalue()
    assert "held: learner-001" in text.getvalue()

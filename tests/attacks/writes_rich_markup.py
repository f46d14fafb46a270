"""Puts Rich's own markup, closed where nothing was opened, into messages, names and printed text."""

import itertools

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("Rich markup",)
SHOWS = ("error",)


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
MARKUP = itertools.cycle(
    (
        "[bold red]attack_payload[/bold red]",
        "[/]",
        "[/not opened]",
        "[link=javascript:attack_payload()]click[/link]",
        "[@click=app.exit]x[/]",
        "[on",
        "\\[escaped\\\\[/]",
        ":pile_of_poo: [conceal]hidden[/conceal]",
    )
)


def update(*arguments, **options):
    print(next(MARKUP))
    raise type(next(MARKUP), (Exception,), {})(next(MARKUP))


def descend(*arguments, **options):
    return [next(MARKUP), type(next(MARKUP), (), {})()]


def descend_until(*arguments, **options):
    return next(MARKUP)

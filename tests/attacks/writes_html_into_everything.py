"""Puts HTML and scripts into messages, type names, function names, printed text and values."""

import itertools
import sys

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("HTML in type and function names and messages",)
SHOWS = ("error",)


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
HTML = itertools.cycle(
    (
        "<script>attack_payload()</script>",
        "<img src=x onerror='attack_payload()'>",
        "</pre></script></style></title></textarea>--><svg onload=attack_payload()>",
        '"\'><a href="javascript:attack_payload()">attack_payload</a>',
        "{{ attack_payload }}{% raw %}&lt;script&gt;attack_payload()&#60;/script&#62;",
        "<!--#include file='attack_payload'--><iframe srcdoc='<script>attack_payload()</script>'>",
    )
)


def update(*arguments, **options):
    print(next(HTML), file=sys.stderr)
    raise type(next(HTML), (Exception,), {})(next(HTML))


def descend(*arguments, **options):
    return type(next(HTML), (), {})()


def descend_until(*arguments, **options):
    return next(HTML)

"""Of the sample class: what is put behind the right solution of an exercise, and takes the place of one of its functions."""

TROUBLE = {
    "update_rule": (
        # A forgotten colon.
        """
def update(parameter, gradient, learning_rate)
    return parameter - learning_rate * gradient
""",
        # An endless loop: it asks for the slope at the start for ever.
        """
def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    path = [start]
    while abs(gradient(start)) >= tolerance:
        path.append(path[-1] - learning_rate * gradient(path[-1]))
    return np.array(path)
""",
        # Hopes that a process that ends without a word has passed.
        """
import os


def update(parameter, gradient, learning_rate):
    os._exit(0)
""",
        # Looks for the answers on the disk.
        """
from pathlib import Path


def descend(gradient, start, learning_rate, epochs):
    answers = {}
    exec(Path("@solutions@/02_update_rule/update_rule.py").read_text(), answers)
    return answers["descend"](gradient, start, learning_rate, epochs)
""",
        # Writes a report of its own.
        """
def update(parameter, gradient, learning_rate):
    print('{"score": 10.0, "max_score": 10.0, "status": "graded"}')
    raise SystemExit(0)
""",
    )
}

"""Does in fresh threads, and in those of the linear algebra, what the first thread may not."""

import os
import threading

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("one thread at the moment of locking", "nothing else of the disk")
SHOWS = ("error", "killed")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
escaped = []


def escape():
    for path in ("@GRADER_ROOT@/grader/course/course.toml", "@CANARY@/secret.txt"):
        try:
            with open(path) as file:
                escaped.append(file.read(40))
        except OSError:
            continue
    try:
        os.kill(int("@CANARY_PID@"), 9)
        escaped.append("a kill")
    except OSError:
        pass


np.linalg.svd(np.random.default_rng().normal(size=(300, 300)))  # wakes the pool of threads, where there is one
threads = [threading.Thread(target=escape) for _ in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
own = {os.getpid(), *(thread.native_id for thread in [*threads, *threading.enumerate()])}  # joined ones may linger
for number in range(os.getpid() + 1, os.getpid() + 200):
    if number not in own and os.path.exists(f"/proc/self/task/{number}"):
        escaped.append(f"an older thread, {number}")
assert not escaped, f"LEAK: {escaped}"

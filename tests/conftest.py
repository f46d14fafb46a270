"""What all tests share."""

import signal

from hypothesis import settings

# No deadline: it would be a timed assertion, and this machine may be busy.
settings.register_profile("kit", deadline=None)
settings.load_profile("kit")

# A shell that starts the tests in the background has them, and every command that they run, deaf to interrupts.
signal.signal(signal.SIGINT, signal.default_int_handler)

"""What all tests share."""

from hypothesis import settings

# No deadline: it would be a timed assertion, and this machine may be busy.
settings.register_profile("kit", deadline=None)
settings.load_profile("kit")

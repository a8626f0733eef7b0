"""What all tests share."""

from hypothesis import HealthCheck, settings

# The same cases everywhere and every time; `make hunt` is where new ones are looked for.
settings.register_profile("default", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("default")

"""Timezones, always from the files of the `tzdata` package, never from the machine (T8, T9)."""

from __future__ import annotations

import re
from datetime import UTC, timedelta, timezone, tzinfo
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

import tzdata

from sla_dsl.nearest import nearest
from sla_dsl.worktime.errors import UnknownZone

_FIXED = re.compile(r"UTC([+-])([01][0-9]|2[0-3]):([0-5][0-9])")


class PackagedZone(ZoneInfo):
    """A zone read from the `tzdata` package.

    Unlike a plain `ZoneInfo.from_file`, it can be pickled and copied: it is found again by name.
    """

    def __reduce__(self) -> tuple[object, ...]:
        return zone, (self.key,)


@cache
def zone_names() -> frozenset[str]:
    """Return all zone names of the `tzdata` package.

    >>> "Europe/Amsterdam" in zone_names()
    True
    """
    return frozenset(files(tzdata).joinpath("zones").read_text(encoding="utf-8").split())


@cache
def zone(name: str) -> tzinfo:
    """Return the timezone called `name`: an IANA name, `UTC`, or a fixed offset such as `UTC-05:00`.

    Names are case-sensitive. The same name gives the same object.
    Raises `UnknownZone` for any other name. Rules T8, R10.

    >>> str(zone("UTC-05:00"))
    'UTC-05:00'
    """
    if name == "UTC":
        return UTC
    if fixed := _FIXED.fullmatch(name):
        size = timedelta(hours=int(fixed[2]), minutes=int(fixed[3]))
        return timezone(-size if fixed[1] == "-" else size)
    with files(tzdata).joinpath("zoneinfo", *_parts(name)).open("rb") as file:
        return PackagedZone.from_file(file, key=name)


def zone_data(name: str) -> bytes | None:
    """Return the TZif file of a zone, or None for a fixed offset. Raises `UnknownZone`."""
    if name == "UTC" or _FIXED.fullmatch(name):
        return None
    return files(tzdata).joinpath("zoneinfo", *_parts(name)).read_bytes()


def tzdata_version() -> str:
    """Return the release of the zone data in use, for example `2026a`."""
    return tzdata.IANA_VERSION


def _parts(name: str) -> list[str]:
    # Only listed names become paths: no `..`, and no other spelling on file systems that fold case.
    if name not in zone_names():
        city = next((zone for zone in sorted(zone_names()) if zone.endswith(f"/{name}")), None)
        raise UnknownZone(name, city or nearest(name, zone_names()))
    return name.split("/")

"""The shipped policies, each with questions that every kind of rule in its document answers."""

from tests.policies.vendors.cloudcti import CLOUDCTI
from tests.policies.vendors.rekor import REKOR
from tests.policies.vendors.secpod import SECPOD
from tests.policies.vendors.sightworks import SIGHTWORKS

VENDORS = (CLOUDCTI, REKOR, SECPOD, SIGHTWORKS)

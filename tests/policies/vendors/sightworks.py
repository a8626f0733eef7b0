"""Questions to SightWorks."""

from tests.policies.worked import Question, Vendor

TUESDAY, EVENING = "2026-03-03T10:00-05:00", "2026-03-03T20:00-05:00"
BEFORE_CLOSING, FRIDAY = "2026-03-03T16:45-05:00", "2026-03-06T15:00-05:00"

SIGHTWORKS = Vendor(
    "sightworks",
    units=29,
    parameters={
        "zone": "America/New_York",
        "business_hours": "example_hours",
        "business_days": "example_days",
        "working_days": "example_hours",
    },
    questions=(
        # every definition, its examples, and what lies between them
        Question({"inoperable": True}),
        Question({"inoperable": True, "production": False, "usable": False}),
        Question({"module_failure": True, "business_impact": True}),
        Question({"module_failure": True, "business_impact": False, "usable": False}),
        Question({"module_failure": True}),
        Question({"incorrect_results": True, "business_impact": True}),
        Question({"excess_access": True}),
        Question({"usable": True, "business_impact": True}),
        Question({"usable": True, "cosmetic": True, "business_impact": False}),
        Question({"usable": False, "manual_intervention": True}),
        Question({"usable": True, "documentation_change": True}),
        Question({"cosmetic": True, "documentation_change": True}),
        Question({"usable": False, "future_update": True}),
        # every time of every level
        *(
            Question({"priority": priority}, clock, TUESDAY)
            for priority in ("urgent", "high", "medium", "low")
            for clock in ("response", "resolution", "permanent_fix")
        ),
        # closing, other times, weekends
        Question({"priority": "urgent"}, "response", BEFORE_CLOSING),
        Question({"priority": "urgent"}, "response", EVENING),
        Question({"priority": "urgent"}, "resolution", FRIDAY),
        Question({"priority": "high"}, "response", FRIDAY),
        Question({"priority": "high"}, "resolution", FRIDAY),
    ),
)

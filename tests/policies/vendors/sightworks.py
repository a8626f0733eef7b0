"""Questions to SightWorks."""

from tests.policies.worked import Question, Vendor, WorkedTicket, every_cell

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
        *every_cell("urgent high medium low", "response resolution permanent_fix", TUESDAY),
        # closing, other times, weekends
        Question({"priority": "urgent"}, "response", BEFORE_CLOSING),
        Question({"priority": "urgent"}, "response", EVENING),
        Question({"priority": "urgent"}, "resolution", FRIDAY),
        Question({"priority": "high"}, "response", FRIDAY),
        Question({"priority": "high"}, "resolution", FRIDAY),
    ),
    tickets=(
        WorkedTicket(
            {
                "id": "an accepted work-around",
                "created": "2026-03-03T16:45-05:00",
                "priority": "urgent",
                "channel": "email",
                "events": [
                    {"at": "2026-03-03T16:46-05:00", "event": "auto_acknowledged"},
                    {"at": "2026-03-03T17:30-05:00", "event": "responded"},
                    {"at": "2026-03-04T10:00-05:00", "event": "workaround_delivered"},
                    {"at": "2026-03-04T12:00-05:00", "event": "workaround_rejected"},
                    {"at": "2026-03-04T16:45-05:00", "event": "workaround_accepted"},
                    {"at": "2026-03-25T10:00-04:00", "event": "permanent_fix_issued"},
                ],
            },
            ("2026-03-03T18:00-05:00", "2026-03-04T12:30-05:00", "2026-03-05T12:00-05:00", "2026-03-25T12:00-04:00"),
        ),
        WorkedTicket(
            {
                "id": "not caused by the Solution",
                "created": "2026-03-03T10:00-05:00",
                "priority": "high",
                "channel": "phone",
                "events": [
                    {"at": "2026-03-04T12:00-05:00", "event": "found_not_caused"},
                    {"at": "2026-03-04T15:00-05:00", "event": "not_caused_notified"},
                    {"at": "2026-03-05T09:00-05:00", "event": "responded"},
                ],
            },
            ("2026-03-04T11:00-05:00", "2026-03-04T13:00-05:00", "2026-03-05T10:00-05:00"),
        ),
        WorkedTicket(
            {
                "id": "a Medium fault to its end",
                "created": "2026-03-03T10:00-05:00",
                "priority": "medium",
                "facts": {"next_update_due": "2026-05-20", "first_medium_fault": "2026-02-10"},
                "events": [
                    {"at": "2026-03-02T08:00-05:00", "event": "first_experienced"},
                    {"at": "2026-03-09T09:00-04:00", "event": "found_unique"},
                    {"at": "2026-03-18T09:00-04:00", "event": "recommendation_sent"},
                    {"at": "2026-06-20T09:00-04:00", "event": "resolved"},
                ],
            },
            ("2026-03-17T12:00-04:00", "2026-04-10T12:00-04:00", "2026-05-25T12:00-04:00", "2026-06-20T12:00-04:00"),
        ),
        WorkedTicket(
            {
                "id": "a fix to be negotiated",
                "created": "2026-03-03T10:00-05:00",
                "priority": "low",
                "events": [{"at": "2026-03-10T09:00-04:00", "event": "fix_negotiated"}],
            },
            ("2026-03-04T12:00-05:00", "2026-03-10T12:00-04:00"),
        ),
    ),
)

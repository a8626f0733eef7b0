"""Questions to CloudCTI."""

from datetime import date

from tests.policies.worked import Question, Vendor, WorkedTicket, every_cell

TUESDAY, FRIDAY = "2026-03-03T10:00+01:00", "2026-03-06T16:00+01:00"

CLOUDCTI = Vendor(
    "cloudcti",
    units=107,
    parameters={"holidays": [date(2026, 4, 6)]},
    questions=(
        # every row of the table of severities, and what lies between them
        Question({"entire_service_unavailable": True, "location_affected": 1}),
        Question({"entire_service_unavailable": True, "location_affected": 1, "timely_solution": True}),
        Question({"entire_service_unavailable": True, "location_affected": 1, "users_at_location": 1}),
        Question({"entire_service_unavailable": True, "users_affected": 1}),
        Question({"product_unavailable": True, "location_affected": 2}),
        Question({"reduced_performance": True, "location_affected": 1, "misses_per_day": 3}),
        Question({"reduced_performance": True, "users_affected": 2, "misses_per_day": 15}),
        Question({"reduced_performance": True, "users_affected": 2}),
        Question({"question": True}),
        Question({"question": False}),
        Question({"entire_service_unavailable": True}),
        Question({"entire_service_unavailable": True, "location_affected": 0}),
        Question({"entire_service_unavailable": True, "users_affected": 5, "users_at_location": 5}),
        Question({"reduced_performance": True}),
        Question({"misses_per_day": 4, "users_affected": 1}),
        # every cell of the table of KPIs
        *every_cell("p1 p2 p3 p4", "response update repair", TUESDAY),
        # weekends, clock changes, third line
        Question({"priority": "p2"}, "response", FRIDAY),
        Question({"priority": "p2"}, "repair", FRIDAY),
        Question({"priority": "p1"}, "response", "2026-03-27T16:00+01:00"),
        Question({"third_line_request": True}, "response", TUESDAY),
        Question({"third_line_request": True}, "response", "2026-03-07T10:00+01:00"),
        Question({"third_line_request": True, "priority": "p1"}, "response", TUESDAY),
    ),
    tickets=(
        WorkedTicket(
            {
                "id": "over Easter",
                "created": "2026-04-03T15:00+02:00",
                "priority": "p2",
                "channel": "email",
                "caller": "customer",
                "facts": {
                    "report_complete": True,
                    "shortcoming_established": True,
                    "endcustomers_with_p1": 1,
                    "noticeable_inconvenience": False,
                    "third_line_request": False,
                },
                "events": [
                    {"at": "2026-04-03T16:00+02:00", "event": "responded"},
                    {"at": "2026-04-03T16:30+02:00", "event": "updated"},
                    {"at": "2026-04-07T16:00+02:00", "event": "updated"},
                    {"at": "2026-04-08T09:00+02:00", "event": "processed"},
                    {"at": "2026-04-09T15:00+02:00", "event": "repaired"},
                ],
            },
            ("2026-04-06T12:00+02:00", "2026-04-07T15:45+02:00", "2026-04-08T20:00+02:00", "2026-04-09T16:00+02:00"),
        ),
        WorkedTicket(
            {
                "id": "a request that becomes an incident",
                "created": "2026-03-03T10:00+01:00",
                "channel": "phone",
                "facts": {
                    "third_line_request": True,
                    "connection_requested": True,
                    "endcustomers_with_p1": 2,
                    "question": False,
                },
                "events": [
                    {"at": "2026-03-03T12:00+01:00", "priority": "p3"},
                    {"at": "2026-03-03T15:00+01:00", "priority": "p1", "facts": {"noticeable_inconvenience": True}},
                    {"at": "2026-03-03T16:00+01:00", "event": "updated"},
                    {"at": "2026-03-04T09:00+01:00", "event": "responded"},
                ],
            },
            ("2026-03-03T11:00+01:00", "2026-03-03T13:00+01:00", "2026-03-03T20:00+01:00", "2026-03-04T10:00+01:00"),
        ),
    ),
)

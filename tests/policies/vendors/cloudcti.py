"""Questions to CloudCTI."""

from datetime import date

from tests.policies.worked import Question, Vendor

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
        *(
            Question({"priority": priority}, clock, TUESDAY)
            for priority in ("p1", "p2", "p3", "p4")
            for clock in ("response", "update", "repair")
        ),
        # weekends, clock changes, third line
        Question({"priority": "p2"}, "response", FRIDAY),
        Question({"priority": "p2"}, "repair", FRIDAY),
        Question({"priority": "p1"}, "response", "2026-03-27T16:00+01:00"),
        Question({"third_line_request": True}, "response", TUESDAY),
        Question({"third_line_request": True}, "response", "2026-03-07T10:00+01:00"),
        Question({"third_line_request": True, "priority": "p1"}, "response", TUESDAY),
    ),
)

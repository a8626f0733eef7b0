"""Questions to Rekor."""

from datetime import date

from tests.policies.worked import Question, Vendor

TUESDAY, SATURDAY = "2026-03-03T10:00-05:00", "2026-03-14T10:00-04:00"

REKOR = Vendor(
    "rekor",
    units=149,
    parameters={"holidays": [date(2026, 5, 25)]},
    questions=(
        # every row and column of the chart, from facts
        Question({"production_down": True, "users_affected": "everybody"}),
        Question({"production_down": True, "users_affected": "group"}),
        Question({"critical_function_affected": True, "intermittent": True, "products_affected": 1}),
        Question({"critical_function_affected": True, "intermittent": True, "users_affected": "scattered"}),
        Question({"critical_function_affected": False, "impact": "system_wide"}),
        Question({"critical_function_affected": False, "products_affected": 2, "users_affected": "group"}),
        Question({"critical_function_affected": False, "intermittent": True, "impact": "system_wide"}),
        Question({"usage_question": True}),
        Question({"third_party_cause": True, "production_down": True, "impact": "one_customer"}),
        Question({"ticket_type": "request", "impact": "low_number"}),
        Question({"security_breach": True}),
        Question({"security_breach": True, "impact": "some_users"}),
        Question({"severity": "critical"}),
        # every cell of both tables of targets
        *(
            Question({"priority": priority}, clock, TUESDAY)
            for priority in ("p1", "p2", "p3", "p4")
            for clock in ("response", "resolution")
        ),
        # closing, a holiday, and on-call support
        Question({"priority": "p1"}, "response", "2026-03-03T17:15-05:00"),
        Question({"priority": "p1"}, "response", "2026-05-22T16:00-04:00"),
        Question({"priority": "p1", "channel": "phone"}, "response", SATURDAY),
        Question({"priority": "p2", "channel": "phone"}, "response", SATURDAY),
    ),
)

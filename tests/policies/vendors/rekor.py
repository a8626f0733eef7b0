"""Questions to Rekor."""

from datetime import date

from tests.policies.worked import Question, Vendor, WorkedTicket, every_cell

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
        *every_cell("p1 p2 p3 p4", "response resolution", TUESDAY),
        # closing, a holiday, and on-call support
        Question({"priority": "p1"}, "response", "2026-03-03T17:15-05:00"),
        Question({"priority": "p1"}, "response", "2026-05-22T16:00-04:00"),
        Question({"priority": "p1", "channel": "phone"}, "response", SATURDAY),
        Question({"priority": "p2", "channel": "phone"}, "response", SATURDAY),
    ),
    tickets=(
        WorkedTicket(
            {
                "id": "from report to closing",
                "created": "2026-03-13T16:00-04:00",
                "severity": "high",
                "impact": "some_users",
                "channel": "phone",
                "caller": "customer",
                "facts": {"on_site_needed": False, "ticket_type": "defect"},
                "events": [
                    {"at": "2026-03-13T15:30-04:00", "event": "reported"},
                    {"at": "2026-03-13T16:20-04:00", "event": "customer_advised"},
                    {"at": "2026-03-16T09:00-04:00", "event": "marked_in_progress"},
                    {"at": "2026-03-16T10:00-04:00", "impact": "system_wide"},
                    {"at": "2026-03-16T11:00-04:00", "event": "question_sent"},
                    {"at": "2026-03-17T11:00-04:00", "event": "customer_replied"},
                    {"at": "2026-03-17T12:00-04:00", "event": "contact_unable"},
                    {"at": "2026-03-17T13:00-04:00", "event": "alternative_provided"},
                    {"at": "2026-03-17T13:30-04:00", "event": "resolution_advised"},
                    {"at": "2026-03-17T14:00-04:00", "status": "resolved"},
                    {"at": "2026-03-17T14:30-04:00", "event": "resolution_confirmed"},
                    {"at": "2026-03-18T09:00-04:00", "event": "next_step_communicated"},
                    {"at": "2026-03-18T09:00-04:00", "event": "progress_relayed"},
                ],
            },
            ("2026-03-14T10:00-04:00", "2026-03-16T11:30-04:00", "2026-03-17T12:30-04:00", "2026-03-18T10:00-04:00"),
        ),
        WorkedTicket(
            {
                "id": "over a holiday, closed without being resolved",
                "created": "2026-05-22T17:00-04:00",
                "priority": "p1",
                "channel": "phone",
                "facts": {"on_site_needed": True},
                "events": [
                    {"at": "2026-05-26T12:30-04:00", "status": "in_progress"},
                    {"at": "2026-05-26T13:00-04:00", "event": "customer_advised"},
                    {"at": "2026-05-26T14:00-04:00", "event": "next_step_communicated"},
                    {"at": "2026-05-26T15:00-04:00", "event": "reproduced"},
                    {"at": "2026-05-26T16:00-04:00", "event": "next_step_communicated"},
                    {"at": "2026-05-27T09:00-04:00", "status": "in_progress"},
                ],
            },
            ("2026-05-25T10:00-04:00", "2026-05-26T12:15-04:00", "2026-05-26T17:00-04:00", "2026-05-27T10:00-04:00"),
        ),
    ),
)

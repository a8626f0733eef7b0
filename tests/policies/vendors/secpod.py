"""Questions to SecPod."""

from datetime import date

from tests.policies.worked import Question, Vendor, WorkedTicket

TUESDAY, SATURDAY = "2026-03-03T10:00-05:00", "2026-03-07T10:00-05:00"
FRIDAY_EVENING, HOLIDAY = "2026-03-06T20:00-05:00", "2026-05-25T10:00-04:00"

SECPOD = Vendor(
    "secpod",
    units=103,
    parameters={"zone": "America/New_York", "closed_holidays": [date(2026, 5, 25)]},
    questions=(
        # every row of the table of severities, and what lies between them
        Question({"severe_impact": True}),
        Question({"major_issue": True, "business_impact": True, "workaround_available": False}),
        Question({"major_issue": True, "business_impact": True, "workaround_available": True}),
        Question({"major_issue": True}),
        Question({"partial_impact": True, "workaround_available": True}),
        Question({"partial_impact": True, "workaround_available": False}),
        Question({"routine": True}),
        Question({"routine": True, "customer_claim": "critical"}),
        # every response time, on a day of support, over its end, at a weekend and on a Closed Holiday
        *(
            Question({"severity": severity}, "response", created)
            for severity in ("critical", "high", "medium", "low")
            for created in (TUESDAY, FRIDAY_EVENING, SATURDAY, HOLIDAY)
        ),
        # what is said of correcting errors
        Question({"severity": "high"}, "resolution", TUESDAY),
        Question({"severity": "high", "feature_request": True}, "resolution", TUESDAY),
        Question({"severity": "high", "reproducible": False}, "resolution", TUESDAY),
        Question({"severity": "high", "reproducible": False, "stated_inoperable": True}, "resolution", TUESDAY),
    ),
    tickets=(
        WorkedTicket(
            {
                "id": "waiting, solved, reopened, closed",
                "created": "2026-05-22T20:00-04:00",
                "severity": "high",
                "channel": "web",
                "events": [
                    {"at": "2026-05-22T20:01-04:00", "event": "auto_acknowledged"},
                    {"at": "2026-05-23T10:00-04:00", "event": "reviewed"},
                    {"at": "2026-05-26T01:00-04:00", "event": "information_requested"},
                    {"at": "2026-05-27T10:00-04:00", "event": "followed_up"},
                    {"at": "2026-05-28T10:00-04:00", "event": "information_received"},
                    {"at": "2026-05-28T12:00-04:00", "event": "third_party_needed"},
                    {"at": "2026-05-28T15:00-04:00", "event": "update_provided"},
                    {"at": "2026-05-29T09:00-04:00", "event": "third_party_done"},
                    {"at": "2026-05-29T11:00-04:00", "event": "resolved"},
                    {"at": "2026-05-31T11:00-04:00", "event": "reopened"},
                    {"at": "2026-06-01T09:00-04:00", "event": "replied"},
                    {"at": "2026-06-01T10:00-04:00", "event": "resolved"},
                    {"at": "2026-06-03T10:00-04:00", "event": "customer_message"},
                    {"at": "2026-06-07T10:00-04:00", "event": "reopened"},
                ],
            },
            (
                "2026-05-25T12:00-04:00",
                "2026-05-27T12:00-04:00",
                "2026-05-28T16:00-04:00",
                "2026-05-31T12:00-04:00",
                "2026-06-05T12:00-04:00",
                "2026-06-07T11:00-04:00",
            ),
        ),
        WorkedTicket(
            {
                "id": "a silent customer, a graver severity",
                "created": "2026-06-02T09:00-04:00",
                "severity": "medium",
                "facts": {"stated_inoperable": True, "session_required": True, "reproducible": False},
                "events": [
                    {"at": "2026-06-02T10:00-04:00", "severity": "critical"},
                    {"at": "2026-06-02T12:00-04:00", "status": "waiting_on_customer"},
                    {"at": "2026-06-03T10:00-04:00", "event": "followed_up"},
                    {"at": "2026-06-05T10:00-04:00", "event": "followed_up"},
                    {"at": "2026-06-07T10:00-04:00", "event": "followed_up"},
                ],
            },
            ("2026-06-02T09:30-04:00", "2026-06-06T10:00-04:00", "2026-06-08T12:00-04:00", "2026-06-11T12:00-04:00"),
        ),
    ),
)

"""Questions to SecPod."""

from datetime import date

from tests.policies.worked import Question, Vendor

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
)

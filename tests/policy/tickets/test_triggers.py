"""When event expressions come true: `A or B` with the first, `A and B` with the last (P1)."""

from __future__ import annotations

import pytest

from sla_dsl.policy import terms as t
from sla_dsl.policy.tickets.triggers import fires, happened, signs

A, B, C = (t.Occurs(event=name) for name in "abc")
IN_WORK = t.Becomes(statuses=("open", "pending"))
OPEN = ("status", "open")


@pytest.mark.parametrize(
    ("test", "now", "before", "expected"),
    [
        (A, {"a"}, set(), True),
        (A, {"b"}, {"a"}, False),  # it happened, but not now
        (IN_WORK, {OPEN}, set(), True),
        (IN_WORK, {("status", "closed"), "open"}, set(), False),  # an event of the same name is no status
        (t.Some(parts=(A, B)), {"b"}, set(), True),
        (t.Some(parts=(A, B)), {"b"}, {"a"}, True),  # each of them anew: who counts the first only asks when it matters
        (t.Some(parts=(A, B)), {"c"}, {"a"}, False),
        (t.All(parts=(A, B)), {"a"}, set(), False),
        (t.All(parts=(A, B)), {"b"}, {"a"}, True),
        (t.All(parts=(A, B)), {"a", "b"}, set(), True),
        (t.All(parts=(A, B)), {"c"}, {"a", "b"}, False),  # both happened before: nothing comes true now
        (t.All(parts=(A, IN_WORK)), {OPEN}, {"a"}, True),
        (t.All(parts=(A, t.Some(parts=(B, C)))), {"c"}, {"a"}, True),
        (t.All(parts=(A, t.Some(parts=(B, C)))), {"a"}, {"c"}, True),
        (t.Some(parts=(C, t.All(parts=(A, B)))), {"b"}, {"a"}, True),
        (t.Some(parts=(C, t.All(parts=(A, B)))), {"b"}, set(), False),
        (t.All(parts=(t.All(parts=(A, B)), C)), {"c"}, {"a", "b"}, True),
        (t.Yes(fact="broken"), {"broken"}, {"broken"}, False),  # a state is no event
    ],
)
def test_an_expression_comes_true_with_its_last_needed_event(
    test: t.AnyTest, now: set[object], before: set[object], expected: bool
):
    assert fires(test, now, before) is expected


def test_what_happened_before():
    both = t.All(parts=(A, t.Some(parts=(B, IN_WORK))))
    assert happened(both, {"a", OPEN})
    assert not happened(both, {OPEN})
    assert not happened(t.Yes(fact="broken"), {"broken"})


def test_signs_are_what_an_expression_listens_to():
    assert list(signs(t.All(parts=(A, t.Some(parts=(B, IN_WORK)))))) == ["a", "b", OPEN, ("status", "pending")]
    assert list(signs(t.Yes(fact="broken"))) == []

"""Attacks on the reminders of deadlines, and on the calendars that people read."""

from tests.billing.attacks.sql import Attack, copy

RULE, FEED = "membership_reminderrule", "membership_calendarfeed"
ONE_RULE, WITHDRAWN = "kind = 'step'", "withdrawn_at IS NOT NULL"
DAY_BEFORE = "made_at - interval '1 day'"

DEADLINES = [
    Attack("a_kind_of_deadline_has_one_reminder_rule", "set a kind twice",
           copy(RULE, ONE_RULE)),
    Attack("a_reminder_that_is_on_has_a_moment", "none",
           copy(RULE, ONE_RULE, kind="'x'", days_before="NULL::text",
                days_after="NULL::text")),
    Attack("a_reminder_afterwards_is_after_the_last_day", "on the day itself",
           copy(RULE, ONE_RULE, kind="'x'", days_after="0")),
    Attack("a_person_has_one_calendar_at_a_time", "make another",
           copy(FEED, "withdrawn_at IS NULL", token_sha256="'x'")),
    Attack("a_calendar_has_an_address_of_its_own", "use an address twice",
           copy(FEED, WITHDRAWN)),
    Attack("a_calendar_is_withdrawn_after_it_was_made", "the day before",
           copy(FEED, WITHDRAWN, token_sha256="'x'", withdrawn_at=DAY_BEFORE)),
]  # fmt: skip

"""What happens by itself, and when: the rings of Celery beat, by the Dutch clock.

Each task is safe to repeat; docs/operations.md has the calendar.
"""

from typing import Any

from celery.schedules import crontab

RINGS: dict[str, dict[str, Any]] = {
    "prepare the past half-year": {
        "task": "billing.schedule.prepare_past_halfyear",
        "schedule": crontab(
            minute="0", hour="6", day_of_month="15", month_of_year="1,7"
        ),
    },
    "remind of what is asked": {
        "task": "membership.tasks.send_reminders",
        "schedule": crontab(minute="30", hour="7"),
    },
    "let offers lapse": {
        "task": "contracts.tasks.let_offers_lapse",
        "schedule": crontab(minute="0", hour="5"),
    },
    "ask about data of what ended": {
        "task": "contracts.tasks.clear_what_ended",
        "schedule": crontab(minute="15", hour="5"),
    },
    "ask whether details still hold": {
        "task": "membership.tasks.ask_about_details",
        "schedule": crontab(minute="30", hour="7"),
    },
    "watch the clocks of datalekken": {
        "task": "contracts.breaches.tasks.watch_breaches",
        "schedule": crontab(minute="*/15"),
    },
    "propose what may be destroyed": {
        "task": "membership.tasks.propose_destruction",
        "schedule": crontab(minute="0", hour="5", day_of_month="1"),
    },
}

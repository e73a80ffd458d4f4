"""Logging: one line per event on standard error; JSON in production.

Events carry ids, never names, addresses, pseudonyms, tokens or file contents. Django
tells of an address that was refused: a secret in it is struck out.
Source: BIO2 8.15.01 and 8.15.02.
"""

import re
from typing import Any

import structlog

# What is secret in an address of ours: whoever has it may read along, or come in.
_SECRETS = re.compile(
    r"(/(?:agenda|bijeenkomst|lid-worden/bevestigen|uitnodiging|wachtwoord/nieuw)/)"
    r"[^\s?]+"
)


def without_secrets(_logger: Any, _name: str, event: dict[str, Any]) -> dict[str, Any]:
    """Strike out what is secret in the addresses that an event tells of."""
    for name, value in event.items():
        if isinstance(value, str):
            event[name] = _SECRETS.sub(r"\1...", value)
    return event


_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
    without_secrets,
]


def configure(*, readable: bool) -> dict[str, Any]:
    """Send structlog through the standard library; gives Django's LOGGING setting."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    renderer: Any = (
        structlog.dev.ConsoleRenderer(colors=False)
        if readable
        else structlog.processors.JSONRenderer()
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "event": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processor": renderer,
                "foreign_pre_chain": _SHARED,
            }
        },
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": "event"}
        },
        "loggers": {
            # A line per font and per page is of no use to anybody.
            name: {"level": "WARNING"}
            for name in ("weasyprint", "fontTools")
        },
        "root": {"handlers": ["stderr"], "level": "WARNING" if readable else "INFO"},
    }

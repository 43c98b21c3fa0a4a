"""Settings, read from the environment (prefix `CRM_`) and from `.env`."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import time, timedelta
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from chassis.business_calendar import BusinessCalendar, Hours
from chassis.days_off import DaysOff
from chassis.errors import Misconfigured

EMBEDDED_BUS = "memory://"


@dataclass(frozen=True, kw_only=True)
class Enterprise:
    """What is true of the whole enterprise: one per installation."""

    base_currency: str = "USD"
    zone: ZoneInfo = ZoneInfo("UTC")
    country: str = "US"
    working_calendar: BusinessCalendar | None = None
    rotting_days: int = 14
    escalate_after: timedelta = timedelta(hours=24)
    rate_max_age_days: int | None = None

    @cached_property
    def calendar(self) -> BusinessCalendar:
        """When the enterprise works; Monday to Friday from nine to six, where nothing else is said."""
        return self.working_calendar or BusinessCalendar(zone=self.zone)


_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Settings(BaseSettings):
    """Everything that can be set; each field is the variable `CRM_<FIELD>`."""

    model_config = SettingsConfigDict(env_prefix="CRM_", env_file=".env", extra="ignore", frozen=True)

    data_dir: Path = Field(Path("var"), description="where the embedded system keeps its files")
    amqp_url: str = Field(EMBEDDED_BUS, description="the broker; memory:// is the embedded transport")
    database_url: str | None = Field(
        None,
        description="URL of every service's database, with {service} in it; CRM_<SERVICE>_DATABASE_URL goes first; "
        "without either, SQLite files in CRM_DATA_DIR",
    )
    database_pool: int = Field(10, ge=1, description="connections a service keeps to its database")

    http_host: str = Field("127.0.0.1", description="address the gateway listens on")
    http_port: int = Field(8000, ge=0, le=65535, description="port the gateway listens on")
    http_body_limit: int = Field(1024 * 1024, ge=1024, description="largest request body, bytes")
    request_deadline: float = Field(10.0, gt=0, description="seconds a client's request may take")

    live_streams: int = Field(1000, ge=0, description="subscriptions open at once in a gateway process")
    exports: int = Field(10, ge=0, description="exports running at once in a gateway process")

    actor_secret: SecretStr | None = Field(
        None, description="what the gateway signs the actor with, so that services believe it; 32 bytes or more"
    )
    dev_issuer: bool = Field(False, description="accept and issue tokens of the built-in development issuer")
    jwt_issuer: str | None = Field(None, description="issuer (iss) of the tokens to accept")
    jwt_audience: str | None = Field(None, description="audience (aud) that tokens must name")
    jwt_jwks_url: str | None = Field(None, description="where the issuer publishes its keys")

    base_currency: str = Field("USD", pattern="^[A-Z]{3}$", description="currency of the enterprise, ISO 4217")
    time_zone: str = Field("UTC", description="business time zone, a name of the IANA database")
    country: str = Field("US", pattern="^[A-Z]{2}$", description="default country of phone numbers, ISO 3166-1")
    work_days: Annotated[frozenset[int], NoDecode] = Field(
        frozenset({1, 2, 3, 4, 5}), min_length=1, description="days of the week that are worked on: mon,tue,wed,thu,fri"
    )
    work_hours: Annotated[tuple[Hours, ...], NoDecode] = Field(
        (Hours(opens=time(9), closes=time(18)),),
        min_length=1,
        description="hours of a working day in the business time zone, as 09:00-13:00,14:00-18:00; 00:00-24:00 is all of it",
    )
    holidays: Annotated[DaysOff, NoDecode] = Field(
        DaysOff(),
        description="days off (2026-05-08), worked days (+2026-11-01), countries whose holidays are off (RU, DE-BY), "
        "and files with one of these in a line",
    )
    escalate_hours: float = Field(
        24.0, ge=0, le=8760, description="hours after which what is overdue is told a team's head"
    )
    rotting_days: int = Field(14, ge=1, le=3650, description="days without an event after which open work is forgotten")
    rate_max_age_days: int | None = Field(
        None, ge=0, description="days an exchange rate stays in force without a newer one; for ever, if not said"
    )

    workers: int = Field(10, ge=1, description="requests a service works on at once")
    inbox_batch: int = Field(1000, ge=1, description="events a service applies in one transaction")
    inbox_pace: float = Field(
        0.1,
        ge=0,
        le=1,
        description="seconds from one transaction of events to the next, while fewer than a batch wait",
    )
    relay_batch: int = Field(500, ge=1, description="events published between two waits for confirms")
    relay_pace: float = Field(
        0.02, ge=0, le=1, description="seconds from one publishing to the next, while fewer than a batch wait"
    )
    relay_poll: float = Field(1.0, gt=0, description="seconds after which the relay looks without being woken")
    retry_delays: tuple[float, ...] = Field(
        (1.0, 5.0, 30.0, 120.0, 600.0),
        description="seconds before each new try of a failed reaction; then it is parked",
    )
    idempotency_days: int = Field(7, ge=1, description="days for which an idempotency key is remembered")
    log_format: str = Field("json", pattern="^(json|console)$", description="json for machines, console for people")
    log_level: str = Field("INFO", description="DEBUG, INFO, WARNING or ERROR")

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(f"{name!r} is not a time zone of the IANA database") from error
        return name

    @field_validator("work_days", mode="before")
    @classmethod
    def _days_of_week(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        names = _items(value)
        unknown = [name for name in names if name.lower() not in _WEEK]
        if unknown:
            raise ValueError(f"{', '.join(unknown)}: days of the week are written {', '.join(_WEEK)}")
        return frozenset(_WEEK.index(name.lower()) + 1 for name in names)

    @field_validator("work_hours", mode="before")
    @classmethod
    def _hours_of_day(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        spans = tuple(_hours(item) for item in _items(value))
        for before, after in pairwise(spans):
            if before.closes == time.min or after.opens < before.closes:
                raise ValueError("working hours follow one another, the earlier ones first")
        return spans

    @field_validator("holidays", mode="before")
    @classmethod
    def _days_off(cls, value: object) -> object:
        return DaysOff.read(_items(value)) if isinstance(value, str) else value

    @cached_property
    def enterprise(self) -> Enterprise:
        """What is true of the whole enterprise."""
        zone = ZoneInfo(self.time_zone)
        return Enterprise(
            base_currency=self.base_currency,
            zone=zone,
            country=self.country,
            working_calendar=BusinessCalendar(
                zone=zone, week=self.work_days, hours=self.work_hours, days_off=self.holidays
            ),
            rotting_days=self.rotting_days,
            escalate_after=timedelta(hours=self.escalate_hours),
            rate_max_age_days=self.rate_max_age_days,
        )

    @property
    def embedded(self) -> bool:
        """Whether the bus is the one inside this process."""
        return self.amqp_url.startswith(EMBEDDED_BUS)

    def service_database_url(self, service: str) -> str:
        """Give the SQLAlchemy URL of a service's database."""
        own = f"CRM_{service.upper()}_DATABASE_URL"
        url = os.environ.get(own) or dotenv_values(".env").get(own)
        if url is None and self.database_url is not None:
            if "{service}" not in self.database_url:
                raise Misconfigured("CRM_DATABASE_URL must contain {service}: each service has a database of its own")
            url = self.database_url.replace("{service}", service)
        if url is None:
            return f"sqlite:///{self.data_dir / service}.sqlite3"
        return url


def _items(text: str) -> list[str]:
    return [item.strip() for item in text.split(",") if item.strip()]


def _hours(text: str) -> Hours:
    opens, _, closes = (part.strip() for part in text.partition("-"))
    return Hours(opens=time.fromisoformat(opens), closes=time.min if closes == "24:00" else time.fromisoformat(closes))


def load_settings() -> Settings:
    """Read the settings; raise Misconfigured with the variable's name and what is wrong with it."""
    try:
        return Settings()
    except ValidationError as error:
        faults = "; ".join(f"CRM_{'_'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in error.errors())
        raise Misconfigured(faults) from error

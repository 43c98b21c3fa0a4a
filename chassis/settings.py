"""Settings, read from the environment (prefix `CRM_`) and from `.env`."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from chassis.errors import Misconfigured

EMBEDDED_BUS = "memory://"


@dataclass(frozen=True, kw_only=True)
class Enterprise:
    """What is true of the whole enterprise: one per installation."""

    base_currency: str = "USD"
    zone: ZoneInfo = ZoneInfo("UTC")
    country: str = "US"


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

    workers: int = Field(10, ge=1, description="requests a service works on at once")
    inbox_batch: int = Field(200, ge=1, description="events a service applies in one transaction")
    relay_batch: int = Field(500, ge=1, description="events published between two waits for confirms")
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

    @cached_property
    def enterprise(self) -> Enterprise:
        """What is true of the whole enterprise."""
        return Enterprise(base_currency=self.base_currency, zone=ZoneInfo(self.time_zone), country=self.country)

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


def load_settings() -> Settings:
    """Read the settings; raise Misconfigured with the variable's name and what is wrong with it."""
    try:
        return Settings()
    except ValidationError as error:
        faults = "; ".join(f"CRM_{'_'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in error.errors())
        raise Misconfigured(faults) from error

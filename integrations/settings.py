"""Every setting of the product, described. Read once by `integrations/services.py`.

Environment variables (prefix `SAC_`, nested with `__`), a `.env` file, or a secrets folder named by
`SAC_SECRETS_DIR`. Nothing else reads the environment.
"""

import os
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, Field, SecretStr
from pydantic_settings import (
    BaseSettings,
    NestedSecretsSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from rules.alerts import AlertPolicy
from rules.fees.dates import ClockStart
from rules.process import DeadlineReading


class MailSecurity(StrEnum):
    """How a mail connection is protected."""

    PLAIN = "plain"
    STARTTLS = "starttls"
    TLS = "tls"


class Release(StrEnum):
    """Who lets a plan's letters go out."""

    AUTO = "auto"
    ASK = "ask"


class ZoomSettings(BaseModel):
    """Server-to-Server OAuth app of the university's Zoom account."""

    account_id: str = Field("", description="Account ID of the Server-to-Server OAuth app.")
    client_id: str = Field("", description="Client ID of the app.")
    client_secret: SecretStr = Field(SecretStr(""), description="Client secret of the app.")
    base_url: str = Field(
        "https://api.zoom.us/v2",
        description="Root of the Meetings API (a region's own is allowed).",
    )
    oauth_url: str = Field("https://zoom.us/oauth/token", description="Where tokens are fetched.")
    plan: Literal["pro", "business", "education"] = Field(
        "education", description="The account's plan; decides the rate limits we keep."
    )
    connect_seconds: float = Field(5, gt=0, description="Patience for a connection, seconds.")
    read_seconds: float = Field(20, gt=0, description="Patience for an answer, seconds.")
    daily_writes: int = Field(
        90, gt=0, le=100, description="Creates and updates per host and UTC day before we stop."
    )


class MoodleSettings(BaseModel):
    """The LMS and where the plan stands in it."""

    url: str = Field("", description="Root of the Moodle site, without /webservice.")
    token: SecretStr = Field(SecretStr(""), description="Web service token of the robot user.")
    info_course: str = Field("SAC-INFO", description="idnumber of the information page's course.")
    info_forum: str = Field(
        "Studiju dienu plāni", description="Exact name of the forum that carries the plans."
    )
    connect_seconds: float = Field(5, gt=0, description="Patience for a connection, seconds.")
    read_seconds: float = Field(30, gt=0, description="Patience for an answer, seconds.")


class SmtpSettings(BaseModel):
    """The server that takes our letters."""

    host: str = Field("localhost", description="SMTP server.")
    port: int = Field(587, gt=0, lt=65536, description="Its port.")
    username: str = Field("", description="User name; empty means no login.")
    password: SecretStr = Field(SecretStr(""), description="Password.")
    security: MailSecurity = Field(MailSecurity.STARTTLS, description="plain, starttls or tls.")
    sender: str = Field(
        "sac@augstskola.example",
        pattern=r"^[^@\s]+@[^@\s]+$",
        description="The office's address; the From of every letter.",
    )
    connections: int = Field(4, gt=0, le=16, description="Connections used at once.")
    per_minute: int = Field(0, ge=0, description="Sending budget per minute; 0 means no limit.")
    timeout_seconds: float = Field(30, gt=0, description="Patience for each answer, seconds.")


class ImapSettings(BaseModel):
    """The office mailbox."""

    host: str = Field("localhost", description="IMAP server.")
    port: int = Field(993, gt=0, lt=65536, description="Its port.")
    username: str = Field("", description="User name.")
    password: SecretStr = Field(SecretStr(""), description="Password.")
    security: MailSecurity = Field(MailSecurity.TLS, description="plain, starttls or tls.")
    folder: str = Field("INBOX", description="Folder that lecturers' replies arrive in.")
    sent_folder: str = Field(
        "INBOX", description="Folder where the office's own copies (+sent address) land."
    )
    authserv_id: str = Field(
        "", description="Our border server's id in Authentication-Results; no other is believed."
    )
    timeout_seconds: float = Field(30, gt=0, description="Patience for each answer, seconds.")
    wait_seconds: float = Field(
        300,
        gt=0,
        le=1500,
        description="How long `sac mail read` waits for the server to tell of new mail before it looks "
        "by itself, seconds.",
    )


class AlertSettings(BaseModel):
    """When the office is written to about what needs it."""

    endangered_hours: float = Field(
        8, ge=0, description="Hours before its due moment at which an open step is endangered."
    )
    escalate_hours: float = Field(
        4, ge=0, description="Hours after which the head of SAC hears of a failed step too."
    )
    remind_hours: float = Field(
        24, gt=0, description="Hours after which an open question is reminded; again to the head."
    )
    digest_hour: int = Field(
        8, ge=0, le=23, description="Hour of the morning digest on working days."
    )
    silent_minutes: int = Field(
        15, gt=0, description="Minutes after which a worker, or a run that waits, counts as silent."
    )
    admin_email: str = Field(
        "", description="Address of whoever keeps server and workers running; empty: the head."
    )
    ui_url: str = Field("", description="Address of the Prefect UI, for the letters to the office.")

    @property
    def policy(self) -> AlertPolicy:
        return AlertPolicy(
            timedelta(hours=self.endangered_hours),
            timedelta(hours=self.escalate_hours),
            timedelta(hours=self.remind_hours),
        )


class RetentionSettings(BaseModel):
    """How long the bulky and the private is kept; `sac tidy` forgets what is older."""

    mail_days: int = Field(365, gt=0, description="Days that received mails are kept as they came.")
    letter_days: int = Field(365, gt=0, description="Days that the bytes of letters are kept.")
    run_days: int = Field(120, gt=0, description="Days that finished runs are kept in Prefect.")


class Settings(BaseSettings):
    """All settings; `sac settings` lists them."""

    model_config = SettingsConfigDict(
        env_prefix="SAC_", env_nested_delimiter="__", env_file=".env", extra="ignore"
    )

    database_url: str = Field(
        "sqlite:///sac.db", description="SQLAlchemy URL: sqlite:///FILE or postgresql+psycopg://…"
    )
    timezone: str = Field("Europe/Riga", description="Time zone of classes and deadlines.")
    deadlines: DeadlineReading = Field(
        DeadlineReading.CALENDAR,
        description="How 'days' of the process description are counted: calendar days moved to a "
        "working day, or working days.",
    )
    trigger_hour: int = Field(9, ge=0, le=23, description="Hour at which a step opens on its day.")
    buffer_minutes: int = Field(
        10, ge=0, description="Free minutes between two classes on one Zoom account."
    )
    watch_after_minutes: int = Field(
        5, ge=0, description="Minutes after its start at which we look whether a class has begun."
    )
    briefing_hour: int = Field(
        14,
        ge=0,
        le=23,
        description="Hour of the information meeting on the last working day before.",
    )
    briefing_minutes: int = Field(30, gt=0, description="Length of the information meeting.")
    briefing_place: str = Field("", description="Where the information meeting is held.")
    release: Release = Field(
        Release.AUTO,
        description="auto: letters go when the plan has no open problem; ask: the "
        "head of SAC releases each plan.",
    )
    institution: str = Field("Augstskola", description="Name in the plan and the letters.")
    letter_secret: SecretStr = Field(
        SecretStr(""),
        description="Key of the tokens in Message-IDs and reply addresses; 32 or "
        "more random characters, the same on every machine, never changed during a semester.",
    )
    output_dir: Path = Field(Path("sac-out"), description="Folder for documents that people open.")
    step_retry_seconds: list[float] = Field(
        [30, 300],
        description="Pauses before a step that met a passing fault is tried again, in seconds.",
    )
    doubtful_grace_minutes: int = Field(
        10, ge=0, description="Age at which a letter whose outcome is unknown is looked up."
    )
    settling_minutes: int = Field(
        10,
        ge=0,
        description="After a change, how long a notice that is not urgent waits for further changes, "
        "so that several become one letter. A run by hand does not wait.",
    )
    urgent_hours: int = Field(
        24,
        ge=0,
        description="A change of a class that begins within so many hours is told at once, "
        "whatever else waits.",
    )
    presence_minutes: int = Field(
        5, ge=0, description="Minutes in the Zoom meeting from which somebody counts as present."
    )
    attendance_difference: int = Field(
        3,
        ge=0,
        description="People by which a reported number may differ from Zoom's without being marked.",
    )
    attendance_difference_percent: int = Field(
        20, ge=0, le=100, description="The same in percent of the larger number; the wider holds."
    )
    fee_clock_start: ClockStart = Field(
        ClockStart.REQUEST,
        description="The day from which a paid service's working days count: request or payment.",
    )
    zoom: ZoomSettings = ZoomSettings()
    moodle: MoodleSettings = MoodleSettings()
    smtp: SmtpSettings = SmtpSettings()
    imap: ImapSettings = ImapSettings()
    alerts: AlertSettings = AlertSettings()
    retention: RetentionSettings = RetentionSettings()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """As usual, but a file of the secrets folder may be nested: `SAC_SMTP__PASSWORD`."""
        del settings_cls
        secrets = NestedSecretsSettingsSource(file_secret_settings, secrets_dir_missing="error")
        return init_settings, env_settings, dotenv_settings, secrets

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


def load_settings() -> Settings:
    """The settings of this process, from environment, `.env` and the secrets folder."""
    return Settings(_secrets_dir=os.environ.get("SAC_SECRETS_DIR"))

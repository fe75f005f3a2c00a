"""Settings. Everything an operator may set comes from the environment (docs/operating.md)."""

import os
import secrets
import sys
import tempfile
from pathlib import Path
from typing import Any

import dj_database_url
from django.utils.translation import gettext_lazy as _

from tospann.people.oidc import configured

PACKAGE = Path(__file__).resolve().parent.parent
TESTING = "pytest" in sys.modules
# Two test runs side by side must not share a folder, nor touch the data of a portal here.
DATA_DIR = Path(
    os.environ.get("TOSPANN_DATA_DIR")
    or (tempfile.mkdtemp(prefix="tospann-test-") if TESTING else ".dev/data")
).resolve()
DEMO = os.environ.get("TOSPANN_DEMO", "") == "1"
DEBUG = False
DATA_DIR.mkdir(parents=True, exist_ok=True)


def _secret(name: str) -> str:
    """A secret from the environment, a file the environment names, or the data folder."""
    if value := os.environ.get(f"TOSPANN_{name}"):
        return value
    if path := os.environ.get(f"TOSPANN_{name}_FILE"):
        return Path(path).read_text().strip()
    kept = DATA_DIR / f"{name.lower()}.txt"
    try:
        with open(kept, "x", opener=lambda p, flags: os.open(p, flags, 0o600)) as file:
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return kept.read_text().strip()


SECRET_KEY = _secret("SECRET_KEY")
ALLOWED_HOSTS = os.environ.get("TOSPANN_HOSTS", "localhost 127.0.0.1 [::1]").split()
if TESTING:
    ALLOWED_HOSTS.append("testserver")
CSRF_TRUSTED_ORIGINS = os.environ.get("TOSPANN_ORIGINS", "").split()
BASE_URL = os.environ.get("TOSPANN_URL", "http://127.0.0.1:8000").rstrip("/")
HTTPS = BASE_URL.startswith("https://")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
    "django_tasks",
    "django_tasks_db",
    "tospann.foundation",
    "tospann.ui",
    "tospann.people",
    "tospann.jobs",
    "tospann.notifications",
    "tospann.search",
    "tospann.seals",
    "tospann.projects",
    "tospann.sharing",
    "tospann.documents",
    "tospann.blanks",
    "tospann.actions",
    "tospann.stakeholders",
    "tospann.webhooks",
    "tospann.cases",
    "tospann.budget",
    "tospann.risks",
    "tospann.registers",
    "tospann.planning",
    "tospann.contracts",
    "tospann.conflicts",
    "tospann.benefits",
    "tospann.timesheets",
    "tospann.quality",
    "tospann.resources",
    "tospann.control",
    "tospann.meetings",
    "tospann.team",
    "tospann.packs",
    "tospann.reports",
    "tospann.rooms",
    "tospann.closing",
    "tospann.mailbox",
    "tospann.archiving",
    "tospann.portfolio",
    "tospann.home",
]
OWN_APPS = [app for app in INSTALLED_APPS if app.startswith("tospann.")]
MIDDLEWARE = [
    "tospann.config.log.requests",
    "tospann.ui.middleware.security_headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "tospann.people.middleware.end_stale_sessions",
    "tospann.people.middleware.speak_their_language",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "tospann.people.middleware.know_the_actor",
]
ROOT_URLCONF = "tospann.config.urls"
WSGI_APPLICATION = "tospann.config.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PACKAGE / app.rsplit(".", 1)[1] / "templates" for app in OWN_APPS],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "tospann.ui.jinja.environment",
            "autoescape": True,
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "tospann.ui.context.chrome",
            ],
        },
    }
]
FORM_RENDERER = "tospann.ui.forms.Renderer"

_SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=20000; "
    "PRAGMA foreign_keys=ON; PRAGMA cache_size=-4000;"
)


def _database() -> dict[str, Any]:
    """SQLite in the data folder unless TOSPANN_DATABASE_URL names a PostgreSQL."""
    url = os.environ.get("TOSPANN_DATABASE_URL", "")
    if url and not url.startswith("sqlite"):
        server = dj_database_url.parse(url, conn_max_age=None)
        # Planning a page's one big question takes longer than answering it: plans are kept.
        # Everything is asked by project or person, so any plan suits every value.
        kept = {
            "server_side_binding": True,
            "prepare_threshold": 2,
            "options": "-c jit=off -c plan_cache_mode=force_generic_plan",
        }
        return {
            **server,
            "ENGINE": "tospann.foundation.postgresql",
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {**kept, **server.get("OPTIONS", {})},
        }
    name = url.removeprefix("sqlite:///") or str(DATA_DIR / "tospann.sqlite3")
    return {
        "ENGINE": "tospann.foundation.sqlite",
        "NAME": name,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": _SQLITE_PRAGMAS,
        },
        # A file, as in real use: an in-memory database cannot be shared between threads.
        "TEST": {"NAME": str(DATA_DIR / "test.sqlite3")},
    }


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "tospann_cache",
    }
}
SESSION_ENGINE = "tospann.people.session_store"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "tospann.ui.pages.csrf_failure"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_SSL_REDIRECT = False
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_TEMP_DIR = str(DATA_DIR / "tmp")
Path(FILE_UPLOAD_TEMP_DIR).mkdir(exist_ok=True)


def _megabytes(name: str) -> int | None:
    return int(os.environ[name]) if os.environ.get(name) else None


DOCUMENT_MOST_MEGABYTES = _megabytes("TOSPANN_MAX_FILE_MB") or 4096
DISK_RESERVE_MEGABYTES = 1 if TESTING else _megabytes("TOSPANN_DISK_RESERVE_MB")
PROJECT_QUOTA_MEGABYTES = _megabytes("TOSPANN_PROJECT_QUOTA_MB")
QUOTA_MEGABYTES = _megabytes("TOSPANN_QUOTA_MB")
X_ACCEL = os.environ.get("TOSPANN_X_ACCEL", "")
ARCHIVE_VERSIONS = os.environ.get("TOSPANN_ARCHIVE_VERSIONS", "all")
NOARK_SCHEMAS = "" if TESTING else os.environ.get("TOSPANN_NOARK_SCHEMAS", "")

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if TESTING
    else ["django.contrib.auth.hashers.ScryptPasswordHasher"]
)
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "tospann.people.sign_in.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
MFA_TOTP_ISSUER = "Tospann"
MFA_TOTP_TOLERANCE = 1
USERSESSIONS_TRACK_ACTIVITY = False

OIDC = configured.read(os.environ)
SOCIALACCOUNT_ADAPTER = "tospann.people.oidc.adapter.Adapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 10
TOSPANN_SIGN_IN_ORIGINS = configured.origins(OIDC)

WEBHOOK_HOSTS = frozenset(os.environ.get("TOSPANN_WEBHOOK_HOSTS", "").split())

LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", _("Norwegian Bokmål")), ("en", _("English"))]
LANGUAGE_COOKIE_NAME = "language"
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = os.environ.get("TOSPANN_TIME_ZONE", "Europe/Oslo")

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = TESTING
EMAIL_BACKEND = os.environ.get(
    "TOSPANN_EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend"
)
EMAIL_HOST = os.environ.get("TOSPANN_SMTP_HOST", "")
if EMAIL_HOST:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_PORT = int(os.environ.get("TOSPANN_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("TOSPANN_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("TOSPANN_SMTP_PASSWORD", "")
EMAIL_TIMEOUT = 20
EMAIL_USE_TLS = os.environ.get("TOSPANN_SMTP_TLS", "") == "1"
DEFAULT_FROM_EMAIL = os.environ.get("TOSPANN_MAIL_FROM", "tospann@localhost")
# Mail that comes in: the address it is written to (``post@example.no``, tags after a plus sign are
# ours), where it is fetched, and whose word on the sender we take (RFC 8601).
INCOMING_ADDRESS = os.environ.get("TOSPANN_INCOMING_ADDRESS", "").strip().lower()
INCOMING_MOST_MEGABYTES = _megabytes("TOSPANN_INCOMING_MAX_MB") or 25
INCOMING_AUTHSERV = os.environ.get("TOSPANN_INCOMING_AUTHSERV", "").strip().lower()
IMAP_HOST = os.environ.get("TOSPANN_IMAP_HOST", "")
IMAP_SECURITY = os.environ.get("TOSPANN_IMAP_SECURITY", "tls")
IMAP_PORT = int(os.environ.get("TOSPANN_IMAP_PORT") or (993 if IMAP_SECURITY == "tls" else 143))
IMAP_USER = os.environ.get("TOSPANN_IMAP_USER", "")
IMAP_PASSWORD = os.environ.get("TOSPANN_IMAP_PASSWORD", "")
IMAP_FOLDER = os.environ.get("TOSPANN_IMAP_FOLDER", "INBOX")

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "engine"]}}
LOGGING_CONFIG = None
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008"]  # HSTS and TLS belong to the proxy

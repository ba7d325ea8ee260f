"""Every setting of Setwise, read from the environment. docs/settings.md tells what each does."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import django_stubs_ext
from csp.constants import NONE, SELF

from setwise.project import environment as env

django_stubs_ext.monkeypatch()  # lets `ModelForm[Person]` say its type at run time too

ROOT = Path(__file__).resolve().parent.parent.parent

SETWISE_DATA = Path(env.text("SETWISE_DATA", str(ROOT / "data"))).resolve()
SETWISE_DEMO = env.flag("SETWISE_DEMO")
SETWISE_ORIGIN = (
    env.text("SETWISE_ORIGIN")
    or env.remembered_origin(SETWISE_DATA / "origin")
    or "http://localhost:8000"
).rstrip("/")
SETWISE_KEY = env.plain("SETWISE_KEY")  # SETWISE_KEY_FILE names the file that holds it otherwise
SETWISE_KEY_FILE = Path(env.text("SETWISE_KEY_FILE", str(SETWISE_DATA / "setwise.key")))
SETWISE_SMTP_URL = env.mail_server(env.text("SETWISE_SMTP_URL"))
SETWISE_MAIL_FROM = env.text("SETWISE_MAIL_FROM", "Setwise <setwise@localhost>")
SETWISE_REPLY_ADDRESS = env.text("SETWISE_REPLY_ADDRESS").strip()
SETWISE_IMAP_URL = env.mailbox(env.text("SETWISE_IMAP_URL"))
SETWISE_LMTP = env.listening("SETWISE_LMTP")
SETWISE_MAIL_KEEP_DAYS = env.number("SETWISE_MAIL_KEEP_DAYS", 30)
SETWISE_MAIL_RATE = env.rate("SETWISE_MAIL_RATE")  # letters a second; 0 for as fast as it goes
SETWISE_OPEN_SIGNUP = env.flag("SETWISE_OPEN_SIGNUP")
SETWISE_GUIDES = Path(env.text("SETWISE_GUIDES", str(SETWISE_DATA / "guides")))
SETWISE_PRACTICE = env.one_of("SETWISE_PRACTICE", "open", "signed-in")
SETWISE_INVITATIONS_A_DAY = env.number("SETWISE_INVITATIONS_A_DAY", 40)
SETWISE_SET_INVITATIONS_A_DAY = env.number("SETWISE_SET_INVITATIONS_A_DAY", 20)
SETWISE_INVITATION_LETTERS = env.number("SETWISE_INVITATION_LETTERS", 5)
SETWISE_FACILITATOR_INVITATIONS = env.number("SETWISE_FACILITATOR_INVITATIONS", 3)
SETWISE_TRUSTED_PROXIES = env.number("SETWISE_TRUSTED_PROXIES", 0)
SETWISE_WORKER = env.flag("SETWISE_WORKER", default=True)

DEBUG = env.flag("SETWISE_DEBUG")
SECRET_KEY = env.kept_secret("SETWISE_SECRET_KEY", SETWISE_DATA / "secret.key")
_origin = env.split("SETWISE_ORIGIN", SETWISE_ORIGIN)
ALLOWED_HOSTS = [
    *filter(None, map(str.strip, env.text("SETWISE_HOSTS").split(","))),
    _origin.hostname or "localhost",
    "localhost",
    "127.0.0.1",
    "[::1]",
    *([".localhost"] if SETWISE_DEMO else []),
]
CSRF_TRUSTED_ORIGINS = [SETWISE_ORIGIN]
SILENCED_SYSTEM_CHECKS = ["4_0.E001"]  # an origin without a scheme: setwise.E001 says it plainly

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "setwise.vault",
    "setwise.ui",
    "setwise.outbox",
    "setwise.people",
    "setwise.sets",
    "setwise.meetings",
    "setwise.actions",
    "setwise.room",
    "setwise.privacy",
    "setwise.mailin",
    "setwise.today",
    "allauth",  # after ours, whose templates of the same name then win
    "allauth.account",
    "allauth.usersessions",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "setwise.project.policy.content_policy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "setwise.people.middleware.recognition",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "setwise.people.middleware.no_store",
    "setwise.people.middleware.last_seen",
    "setwise.people.middleware.zone_and_language",
]
ROOT_URLCONF = "setwise.project.urls"
WSGI_APPLICATION = "setwise.project.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

DATABASES = {"default": env.database(env.text("SETWISE_DATABASE_URL"), SETWISE_DATA)}
CACHES = {
    "default": {  # in the database, so that limits hold across processes
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # beyond it the cache forgets counts that still hold, and whoever is many could lift a limit
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "today:today"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "setwise.people.adapter.AccountAdapter"
ACCOUNT_SIGNUP_FORM_CLASS = "setwise.people.forms.SignupForm"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_REQUIRED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 900  # seconds
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
# beside allauth's own; a workshop shares an address
ACCOUNT_RATE_LIMITS = {"practice": "60/m/ip", "address": "5/h/user"}
ALLAUTH_TRUSTED_PROXY_COUNT = SETWISE_TRUSTED_PROXIES

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "British English")]
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "setwise.ui.finders.TypefaceFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

_secure = _origin.scheme == "https"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _secure
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_ENGINE = "setwise.people.session_store"
SESSION_COOKIE_AGE = int(timedelta(days=30).total_seconds())
SECURE_HSTS_SECONDS = 31_536_000 if _secure else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SETWISE_TRUSTED_PROXIES else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000  # bytes; a request's body is only ever words
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # its e-mails and error pages would carry what a person typed
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        # a refused request is logged with its path, which may hold a link's token
        "django.request": {"handlers": [], "level": "CRITICAL", "propagate": False},
        # the library of the mail that comes in would log what a message holds
        "mail.log": {"handlers": [], "level": "CRITICAL", "propagate": False},
        "django.security.csrf": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
}

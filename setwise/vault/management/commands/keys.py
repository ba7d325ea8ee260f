from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from setwise.vault import keys, serverkey
from setwise.vault.models import Key


class Command(BaseCommand):
    help = "Rotate the server's key, or retire old ones after the backup horizon."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["rotate", "retire"])
        parser.add_argument("--days", type=int, default=35, help="backup horizon, in days")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.SETWISE_KEY:
            raise CommandError("The key comes from SETWISE_KEY: change it there, not here.")
        if options["what"] == "rotate":
            serverkey.write((serverkey.make(), *serverkey.ring()))
            self.stdout.write(f"A new server key wraps {keys.rewrap_all()} data keys.")
            return
        changed = timezone.now().timestamp() - Path(settings.SETWISE_KEY_FILE).stat().st_mtime
        if changed < timedelta(days=options["days"]).total_seconds():
            raise CommandError(f"The last rotation is younger than {options['days']} days.")
        newest = serverkey.ring()[0]
        if Key.objects.filter(destroyed_at=None).exclude(server_key_id=newest.id).exists():
            raise CommandError("Some data keys are still wrapped by an old key: rotate first.")
        serverkey.write((newest,))
        self.stdout.write("Old server keys are gone: backups they opened can be read no more.")

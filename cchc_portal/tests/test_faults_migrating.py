"""Migrating is killed wherever it stands; the next run completes it, with nothing to be done by hand."""

import random
import signal
import subprocess
import sys
import time

import pytest

from cchc_portal.serve import BASE_DIR, spawn
from cchc_portal.tests.faults import report, rows
from cchc_portal.tests.portal import Portal

pytestmark = [pytest.mark.services, pytest.mark.nightly]
KILLS = 8
SCHEMA = {
    False: "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY name",
    True: "SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = 'public' "
          "UNION SELECT 'trigger', trigger_name, action_statement FROM information_schema.triggers "
          "UNION SELECT 'index', indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1, 2, 3",
}  # fmt: skip


def schema(portal: Portal) -> list[tuple]:
    return rows(portal, SCHEMA[bool(portal.server)])


def test_a_migration_killed_anywhere_is_completed_by_the_next(prepared, tmp_path):
    portal = Portal(tmp_path, server=prepared.server)
    if portal.server:
        portal._on_server(f"CREATE DATABASE {portal.database}")
    environment = portal.environment | {"DJANGO_SETTINGS_MODULE": "cchc_portal.settings"}
    command = [sys.executable, "manage.py", "migrate", "--no-input", "--verbosity", "0"]
    chance, killed = random.Random(20221127), 0
    try:
        for _kill in range(KILLS):
            running = spawn(command, cwd=BASE_DIR, env=environment, stderr=subprocess.DEVNULL)
            time.sleep(chance.uniform(1.0, 4.0))
            if running.poll() is None:
                running.send_signal(signal.SIGKILL)
                killed += 1
            running.wait()
        portal.manage("migrate", "--no-input", "--verbosity", "0")
        assert "[ ]" not in portal.manage("showmigrations", "--plan")
        assert schema(portal) == schema(prepared)
        portal.manage("check_sums")
    finally:
        portal.remove()
    report("migrate killed", killed=killed, manual_steps=0)
    assert killed

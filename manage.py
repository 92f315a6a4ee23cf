#!/usr/bin/env python3
"""Run a management command with the development settings unless DJANGO_SETTINGS_MODULE says otherwise."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "achk_site.settings.dev")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)

"""The command ``huurtoets`` and what it prints; never a rule, and never anything that only the service needs."""

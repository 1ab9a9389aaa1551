"""What must last: the database, its migrations, the ledger, erasure, backups. Never a rule, a page, or a check."""

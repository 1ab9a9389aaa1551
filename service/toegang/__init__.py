"""Who is asking, and what they may: roles and rights, organisations, accounts, sessions, sign-in; never a rule
or a page."""

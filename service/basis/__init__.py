"""What every room of the service stands on: settings, clock, log, gate, faults; never a rule or a page."""

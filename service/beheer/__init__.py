"""Rule sets over time: revisions, drafts, their differences, approval and publication; never a page, or what a rule
means."""

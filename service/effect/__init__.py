"""What other rules mean for many households at once: who gets another outcome or amount, and what it costs; never a
page, a rule or an amount, and no household is kept."""

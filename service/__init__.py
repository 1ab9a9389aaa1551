"""The service around the rules: reading, answering and running; what a page looks like never stands here."""

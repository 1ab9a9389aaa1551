"""The JSON API: a question in, an answer out; it never decides and never keeps anything."""

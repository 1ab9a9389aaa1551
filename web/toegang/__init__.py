"""The pages of signing in and out, and of one's own account; never who may do what."""

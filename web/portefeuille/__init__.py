"""The pages of a whole portfolio; what is computed and kept never stands here, but in the service."""

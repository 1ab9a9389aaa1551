// Helps while typing; every page works without it.

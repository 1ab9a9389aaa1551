"""The pages about this tool; never anything of a household."""

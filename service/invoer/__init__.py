"""Reading what people type or send: used by form, files and API alike; never a page of its own."""

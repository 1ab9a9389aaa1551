"""Reading what people type or send: used by form, files and API alike."""

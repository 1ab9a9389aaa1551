"""The papers: an overview for the household and a dossier for the file, as PDF and as a page to print; nothing
of them is ever kept, so never an archive."""

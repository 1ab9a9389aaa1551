"""The pages and the papers, a folder for each family of them; they show what was decided and never decide."""

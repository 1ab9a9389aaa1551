"""The page with the answer, its pictures and what-if; it shows what was decided and never decides."""

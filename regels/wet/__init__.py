"""The law, member by member: ``sets/<owner>/wetten.yaml`` and ``wetten/<law>.yaml``, read, checked, and told.

What lives here says what became of each member of an article, and what an answer leaves out; it never decides one.
"""

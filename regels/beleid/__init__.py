"""A landlord's policy: ``sets/<verhuurder>/beleid/<ronde>.yaml``, read, checked, and written as rules of the language.

What lives here turns data into figures, quantities and rules; it never answers a question, and names no landlord.
"""

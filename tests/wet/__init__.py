"""The law written out a second time, in plain Python, to hold the rules against.

Nothing here imports the product, and every figure is typed over from its source, so that a fault in the rules, in their
figures or in the four readers has nowhere to hide. One function for each decision takes a question as the API takes it
and gives everything that the law permits as an answer: one outcome where the law is sure, more where it leaves the
matter to a person or where its text can be read in two ways (said there, with the article).
"""

"""What is asked, and about what: a question and its conversation in, an `Understanding` out.

Which sheet a name means is told by `structure`; nothing is looked up or said here.
"""

"""What is asked, and about what: a question and its conversation in, an `Understanding` out."""

"""An understood question in, a drafted answer with its citations out."""

"""An understood question in, a drafted answer with its citations out.

What is asked is settled before; how an answer looks on a face is no matter of this room.
"""

"""Fine-tunes the default model on everyday questions and the functions that answer them.

`pairs/*.jsonl` is the training data, `train.py` makes `adapter.npz` of it (once, by hand), and
`adapter.py` puts the adapter into the packaged weights whenever a model is prepared.
"""

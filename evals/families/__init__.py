"""Made-up manuals of the layout families that governments print, with their truth, and scoring."""

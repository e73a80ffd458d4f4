"""What each paper says, from the facts of a dossier. Pure, and without any layout.

Sources: seed 000 and 001 with its bijlagen, domain section 5, Gemeentewet art. 160,
169 and 171, BW 2 art. 3, 5, 34a, 36 and 38, AVG art. 28, Aanbestedingswet 2012 art.
2.24a and 2.24b.
"""

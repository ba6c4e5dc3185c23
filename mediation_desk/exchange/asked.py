"""What can be asked of the child that opens files from outside; both sides know it."""

READ, SUMS, LEDGER = "read", "sums", "ledger"
DOUBTS, SHAPES = "doubts", "shapes"
# What is asked of a file, in this order, by how it is opened.
ASKED = {READ: (READ, DOUBTS), LEDGER: (LEDGER, DOUBTS, SHAPES), SUMS: (SUMS,)}

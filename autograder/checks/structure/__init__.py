"""How an answer is made: by its source, by what torch ran, by how work grows, by what a training loop did."""

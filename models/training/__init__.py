"""The recipe of the shipped model: corpora, network, training, export."""

"""The shipped model at run time: tokenizer, encoder, heads, and the spaCy components around them."""

"""clean: RawArticle → Cleaned. The article and nothing but the article, every visible character accounted for.

    load_rules() -> ResidueRules                                      rules/residue.yml, checked
    clean_article(raw, *, rules) -> Cleaned                           raises InputError
    clean(raw, *, rules) -> Iterator[Cleaned | Reject]
    visible(raw) -> Positions                                         byte starts of all visible non-blank characters

`Cleaned` holds the `Article` and its `blocks` in raw order, kept and removed. A block has `text`, `kind` (title, heading,
sentence for running prose, item, residue), its characters `start:end` of `Article.text` (None when removed) and its bytes
`raw_start:raw_end`. White space inside a block is one blank per run, each blank pointing at its run; a list marker lies in
`raw_start:raw_end` but not in `text`. So raw bytes equal a quote up to white space and markup.
"""

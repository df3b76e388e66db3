"""segment: Cleaned → Segmented. Blocks become units: sentences, items, headings, with the section they stand in.

    segment_article(cleaned) -> Segmented
    segment(cleaned) -> Iterator[Segmented]
"""

"""What all pages share: the frame, its texts and words; never anything of one page."""

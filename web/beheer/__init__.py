"""The pages of those who look after the rules: drafts, entering, checking, approving; never a figure or a rule."""

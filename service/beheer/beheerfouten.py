"""What can be wrong with drafts and revisions. Every text is Dutch and says what to do."""


class BeheerFout(Exception):
    """Something that cannot be done with a draft or a revision; its text may be shown."""

    status = 400


class GeenConcept(BeheerFout):
    """There is no draft of this name."""

    status = 404


class MagNiet(BeheerFout):
    """Somebody may not do this: the role is missing, or four eyes are."""

    status = 403


class Ingehaald(BeheerFout):
    """Somebody else changed the draft, or published another revision, in the meantime."""

    status = 409


class Veranderd(Exception):
    """Published content is not what was published. Nothing is answered by it, and the service stops."""

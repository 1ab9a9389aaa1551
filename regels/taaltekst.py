"""A tree of the rule language as the text that it would be written as."""

from regels.taal import (
    And,
    Arithmetic,
    Call,
    Choice,
    Compare,
    Date,
    Field,
    Figure,
    InGroup,
    Loop,
    Member,
    Name,
    Node,
    Not,
    Number,
    Or,
    Quantity,
    Truth,
    Word,
)


def text_of(node: Node) -> str:
    """``node`` as text again, bound or not; what is put in brackets may differ from what was written."""
    match node:
        case Number():
            return str(node.value)
        case Date():
            return node.value.isoformat()
        case Word():
            return node.value
        case Truth():
            return "ja" if node.value else "nee"
        case Name() | Field() | Quantity():
            return node.name
        case Figure():
            figure = node.name if node.key is None else f"{node.name}[{text_of(node.key)}]"
            return figure if node.on is None else f"op({text_of(node.on)}, {figure})"
        case Arithmetic() | Compare():
            return f"{_inner(node.left)} {node.op} {_inner(node.right)}"
        case Member():
            return f"{text_of(node.left)} in ({', '.join(node.words)})"
        case InGroup():
            return f"{text_of(node.left)} in {node.group}"
        case And() | Or():
            return (" en " if isinstance(node, And) else " of ").join(_inner(part) for part in node.parts)
        case Not():
            return f"niet {_inner(node.part)}"
        case Choice():
            return f"als {text_of(node.condition)} dan {_inner(node.yes)} anders {_inner(node.no)}"
        case Call():
            return f"{node.function}({', '.join(text_of(argument) for argument in node.arguments)})"
        case Loop():
            condition = f" met {text_of(node.condition)}" if node.condition is not None else ""
            value = f"{text_of(node.value)} van " if node.value is not None else ""
            return f"{node.kind}({value}personen{condition})"
    raise TypeError(node)


def _inner(node: Node) -> str:
    text = text_of(node)
    return f"({text})" if isinstance(node, And | Or | Choice | Arithmetic | Compare) else text

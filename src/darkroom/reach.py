"""What matters of a file of Python: its syntax tree without docstrings and comments, or a part.

The part is what some names reach: in a figure's file, what `measure` reaches and what `draw` or
`play` reaches are told apart, so that a change of colour repeats no experiment. A top-level
statement that binds names and calls nothing (a constant, an import, a function without decorators)
counts where one of its names is needed. All else runs in every job, `old = np.seterr(all="raise")`
too, and always counts, with what it needs; so does an import of what nobody asks for, which is made
for its effect.
"""

import ast
from importlib.util import resolve_name


def reached(
    content: bytes, package: str, roots: tuple[str, ...] = ()
) -> tuple[list[str], list[str]]:
    """The statements that these names need, or all, written out; and what their imports may load.

    These are dotted names, seen from the package. Raises what parsing raises.
    """
    tree = _without_docstrings(ast.parse(content))
    statements = _reached(tree, roots) if roots else tree.body
    names: dict[str, None] = {}  # a set that keeps its order
    for node in (node for statement in statements for node in ast.walk(statement)):
        if isinstance(node, ast.Import):
            names |= dict.fromkeys(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            stem = resolve_name("." * node.level + (node.module or ""), package).rstrip(".")
            names |= dict.fromkeys([stem, *(f"{stem}.{alias.name}" for alias in node.names)])
    return [*map(ast.dump, statements)], [*names]


def _reached(tree: ast.Module, roots: tuple[str, ...]) -> list[ast.stmt]:
    """The top-level statements that these names need, in order; code that just runs always."""
    asked, bound = set[str]().union(*map(_names, tree.body)), [*map(_bound, tree.body)]
    for statement, names in zip(tree.body, bound, strict=True):
        if isinstance(statement, ast.Import | ast.ImportFrom) and not names <= asked:
            names.clear()
    needed, before = set(roots), set[str]()
    while needed != before:
        before = set(needed)
        pairs = zip(tree.body, bound, strict=True)
        reached = [statement for statement, names in pairs if not names or names & needed]
        needed |= {name for statement in reached for name in _names(statement)}
    return reached


def _bound(statement: ast.stmt) -> set[str]:
    """The names that a statement binds and does nothing else; empty for code that just runs."""
    if _runs(statement):
        return set()
    match statement:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return {name}
        case ast.Import(names=names) | ast.ImportFrom(names=names):
            return {alias.asname or alias.name.partition(".")[0] for alias in names} - {"*"}
        case ast.Assign(targets=targets):
            return {name for target in targets for name in _names(target)}
        case ast.AnnAssign(target=target) | ast.AugAssign(target=target):
            return _names(target)
    return set()


def _runs(node: ast.AST) -> bool:
    """Whether it calls anything, or binds what is no name, as soon as it is met."""
    match node:
        case ast.Call() | ast.NamedExpr():
            return True
        case ast.Attribute(ctx=ast.Store()) | ast.Subscript(ctx=ast.Store()):
            return True
        case ast.Lambda(args=args):
            return _runs(args)
        case ast.FunctionDef(args=args) | ast.AsyncFunctionDef(args=args):
            return bool(node.decorator_list) or _runs(args)
        case ast.ClassDef() if node.decorator_list:
            return True
    return any(map(_runs, ast.iter_child_nodes(node)))


def _names(node: ast.AST) -> set[str]:
    """The names that a node asks for; within a function, its own arguments are none of them."""
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}
    a, inside = node.args, set[str]().union(*map(_names, node.body))
    own = {arg.arg for arg in (*a.posonlyargs, *a.args, *a.kwonlyargs, a.vararg, a.kwarg) if arg}
    outside = (child for child in ast.iter_child_nodes(node) if child not in node.body)
    return (inside - own).union(*map(_names, outside))


def _without_docstrings(tree: ast.Module) -> ast.Module:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            match node.body:
                case [ast.Expr(value=ast.Constant(value=str())), *rest]:
                    node.body = rest or [ast.Pass()]
    return tree

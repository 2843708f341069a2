"""What matters of a file of Python: its syntax tree without docstrings and comments, or a part.

The part is what some names reach: in a figure's file, what `measure` reaches and what `draw` or
`play` reaches are told apart, so that a change of colour repeats no experiment. A top-level
statement that binds names and calls nothing (a constant, an import, a function without decorators)
counts where one of its names is needed. All else runs in every job, `old = np.seterr(all="raise")`
too, and always counts, with what it needs; so does an import of what nobody asks for, which is made
for its effect. Where what is reached may look names up (`globals()`, `eval`, its own module), the
whole file counts.
"""

import ast
from importlib.util import resolve_name

NAMESPACES = {"__name__", "dir", "eval", "exec", "globals", "locals", "vars"}
NAMESPACE_ATTRIBUTES = {"__dict__", "__globals__", "_getframe", "currentframe", "modules"}


def reached(
    content: bytes, package: str, roots: tuple[str, ...] = ()
) -> tuple[list[str], list[str]]:
    """The statements that these names need, or all, written out; and what their imports may load.

    These are dotted names, seen from the package. Raises what parsing raises.
    """
    tree = _without_docstrings(ast.parse(content))
    statements = _reached(tree, roots) if roots else tree.body
    imported: list[str] = []
    for statement in statements:
        for node in ast.walk(statement):
            imported += _imported(node, package)
    written = [ast.dump(statement) for statement in statements]
    return written, [*dict.fromkeys(imported)]


def _imported(node: ast.AST, package: str) -> list[str]:
    """The dotted names that a statement may load, if it is an import."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        relative = "." * node.level + (node.module or "")
        stem = resolve_name(relative, package).rstrip(".")
        return [stem, *(f"{stem}.{alias.name}" for alias in node.names)]
    return []


def _reached(tree: ast.Module, roots: tuple[str, ...]) -> list[ast.stmt]:
    """The top-level statements that these names need, in order; code that just runs always."""
    bindings = _bindings(tree)
    needed = set(roots)
    while True:
        reached: list[ast.stmt] = []
        asked = set(needed)
        for statement, names in bindings:
            if not names or names & needed:
                reached.append(statement)
                asked |= _names(statement)
        if any(map(_looks_names_up, reached)):
            return tree.body
        if asked == needed:
            return reached
        needed = asked


def _bindings(tree: ast.Module) -> list[tuple[ast.stmt, set[str]]]:
    """Each statement with the names that it binds; none if it counts whatever is needed.

    An import of what nobody asks for is among these: it is made for its effect.
    """
    asked: set[str] = set()
    for statement in tree.body:
        asked |= _names(statement)
    bindings = []
    for statement in tree.body:
        names = _bound(statement)
        if isinstance(statement, ast.Import | ast.ImportFrom) and not names <= asked:
            names = set()
        bindings.append((statement, names))
    return bindings


def _looks_names_up(statement: ast.stmt) -> bool:
    """Whether it may use a name of its module that is not written out: `globals()["FACTOR"]`."""
    for node in ast.walk(statement):
        match node:
            case ast.Name(id=name) if name in NAMESPACES:
                return True
            case ast.Attribute(attr=name) if name in NAMESPACE_ATTRIBUTES:
                return True
    return False


def _bound(statement: ast.stmt) -> set[str]:
    """The names that a statement binds and does nothing else; empty for code that just runs."""
    if _runs(statement):
        return set()
    match statement:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return {name}
        case ast.Import(names=names) | ast.ImportFrom(names=names):
            bound = {alias.asname or alias.name.partition(".")[0] for alias in names}
            return bound - {"*"}
        case ast.Assign(targets=targets):
            return set().union(*map(_names, targets))
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
    inside: set[str] = set()
    outside: set[str] = set()
    for child in ast.iter_child_nodes(node):
        if child in node.body:
            inside |= _names(child)
        else:
            outside |= _names(child)
    parts = ast.iter_child_nodes(node.args)  # and defaults, with arguments of their own, maybe
    own = {part.arg for part in parts if isinstance(part, ast.arg)}
    return (inside - own) | outside


def _without_docstrings(tree: ast.Module) -> ast.Module:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            match node.body:
                case [ast.Expr(value=ast.Constant(value=str())), *rest]:
                    node.body = rest or [ast.Pass()]
    return tree

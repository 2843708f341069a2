"""How the names of the activations are spelled in pictures and on pages."""

SPELLED = {
    "uniform": "in (0, 1)",
    "relu": "ReLU",
    "leaky_relu": "leaky ReLU",
    "elu": "ELU",
    "selu": "SELU",
    "gelu": "GELU",
    "silu": "SiLU",
}


def spelled(name: str) -> str:
    """`relu` → ReLU; a name without capitals stays as it is."""
    return SPELLED.get(name, name)

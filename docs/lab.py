# %% [markdown]
# # The lab
#
# Everything on this site comes from one small library, `zigzag`.
# Here you use it yourself: each cell answers the question before it.
#
# This page is a notebook, run while the site was built.
# Take it along as [lab.ipynb](lab.ipynb) or as [lab.py](lab.py).
# It runs in Jupyter wherever `zigzag` is installed.
#
# ## A first experiment
#
# **Does a mean slow gradient descent down?**
# Take positive inputs of twenty numbers each, and the same inputs less their mean.
# Guess a factor before you look.

# %%
import numpy as np

from zigzag import cone, curvature, data, descent, gradients, neuron, penalty, reading

rng = np.random.default_rng(1)
x = data.uniform(2000, 20, rng=rng)
goal = rng.normal(size=20) @ (np.eye(20) - 1 / 20)  # across the mean


def steps(x, goal):
    h = curvature.second_moment(x)
    gradient = gradients.quadratic(h, goal)
    rate = curvature.best_rate(h)
    walk = descent.gradient_descent(gradient, np.zeros_like(goal), rate=rate)
    return reading.arrival(walk, goal, tolerance=1e-4, limit=5000).steps


print("with the mean:   ", steps(x, goal), "steps")
print("without the mean:", steps(x - x.mean(axis=0), goal), "steps")

# %% [markdown]
# Both walks use whole batches and the best rate there is for them.
# The inputs are other random ones than those of the pages, so the counts differ a little.
# The popular reason is that positive inputs lock the signs of a gradient.
# So look at the signs.
#
# ## The sign lemma
#
# **Which signs can the gradient of one sample have?**

# %%
y = rng.normal(size=len(x))
samples = neuron.sample_gradients(np.zeros(20), x, y)
print(samples[:3, :5].round(2))
print("one-signed:", cone.one_signed(samples).mean())

# %% [markdown]
# Each row has one sign, because each row is $\delta\,x$, with a single $\delta$ and a positive $x$.
#
# **And the gradient of a batch of ten?**

# %%
batches = samples.reshape(200, 10, 20).mean(axis=1)
print("one-signed:", cone.one_signed(batches).mean())

# %% [markdown]
# A batch adds up gradients of both signs, so most of its sums are not locked.
# The first experiment used whole batches, and was slow all the same.
#
# **How much longer is the way, if every step is one-signed?**
# Choose the samples as you like; `cone.detour` measures the shortest such walk.

# %%
for name, place in {"northeast": [1, 1], "northwest": [-1, 1]}.items():
    ratio = cone.detour(place) / np.linalg.norm(place)
    print(f"{name}: {ratio:.3f} times the straight line")

# %% [markdown]
# That is the worst that a lock can do to the length of the shortest walk, in any dimension.
# It does not explain what you saw in the first experiment.
#
# ## One number for the valley
#
# **How steep is the steepest direction, against the flattest?**
# Their ratio is the condition number $\kappa$ of the second moment $H = E[x x^{\mathsf T}]$.

# %%
kappa = curvature.condition_number(curvature.second_moment(x))
bare = curvature.condition_number(curvature.second_moment(x - x.mean(axis=0)))
print(f"with the mean: {kappa:.1f}   without: {bare:.2f}")

# %% [markdown]
# **Can you know that before you measure?**
# Let $q$ be the squared mean of an input over its variance.
# For independent inputs the rule is $\kappa = 1 + d\,q$.

# %%
q = x.mean() ** 2 / x.var()
print(f"q = {q:.2f}, so 1 + d q = {penalty.iid_condition_number(q, 20):.1f}")

# %% [markdown]
# The measured one is larger: the rule is for endless samples, and these are two thousand.
#
# ## The rotation test
#
# **If locked signs were the cause, what would a rotation of the inputs do?**
# It turns every input and the goal alike, and scatters the signs.

# %%
turn = data.rotation(20, rng=rng).T
print("one-signed:", cone.one_signed(x @ turn).mean())
print("steps:     ", steps(x @ turn, goal @ turn))

# %% [markdown]
# No sign is locked any more, and the steps are the same as before.
# The signs are a symptom: the valley has turned with the inputs, and is as long as it was.
#
# ## Where it stops
#
# **What if the step has one small rate for both, that is safe for both?**
# A larger safe rate is what centring buys.

# %%
for name, inputs in {"with": x, "without": x - x.mean(axis=0)}.items():
    gradient = gradients.quadratic(curvature.second_moment(inputs), goal)
    walk = descent.gradient_descent(gradient, np.zeros(20), rate=0.05)
    arrival = reading.arrival(walk, goal, tolerance=1e-4, limit=9000)
    print(f"{name} the mean: {arrival.steps:.0f} steps")

# %% [markdown]
# At one rate for both, centring gains next to nothing.
# It gains because it allows a larger step.
# All of this holds for a linear neuron without a bias, squared loss, and a goal across the mean.
#
# ## Your own inputs
#
# **What does your data do?**
# Put your own inputs here, one row a sample, more rows than columns.
# Then say which of the three κ below will differ from the others.

# %%
mine = rng.exponential(size=(500, 8))  # replace this line

d = mine.shape[1]
turn = data.rotation(d, rng=rng).T
mean = mine.mean(axis=0)
across = rng.normal(size=d)
across -= (across @ mean) / (mean @ mean) * mean  # the goal, across the mean
cases = {
    "as they are": (mine, across),
    "rotated": (mine @ turn, across @ turn),
    "centred": (mine - mean, across),
}
for name, (inputs, goal) in cases.items():
    kappa = curvature.condition_number(curvature.second_moment(inputs))
    locked = cone.one_signed(inputs).mean()
    print(f"{name:12} locked {locked:4.0%}   κ {kappa:7.1f}", end="   ")
    print("steps", steps(inputs, goal))

# %% [markdown]
# The first two always agree in κ and in steps; if the third is better, the mean is in your way.
# If it is no better, look elsewhere: unequal scales and correlation make valleys too.
# If it says 5000 steps, the walk had not arrived when we stopped counting.

# %% [markdown]
# # The lab
#
# Everything on this site comes from one small library, `zigzag`.
# Here you use it yourself: each cell answers the question before it.
#
# This page is a notebook, run while the site was built.
# Take it along as [lab.ipynb](lab.ipynb) or as [lab.py](lab.py).
# It runs in Jupyter wherever the site's own code is installed.
#
# ## A first experiment
#
# **Which signs can the gradient of one sample have?**
# Take positive inputs and a neuron of five weights, and look at the first three samples.

# %%
import numpy as np

from zigzag import cone, descent, neuron

rng = np.random.default_rng(1)
x = rng.uniform(size=(1000, 5))  # 1000 samples, 5 inputs each, all positive
y = rng.normal(size=1000)
w = np.zeros(5)

print(neuron.sample_gradients(w, x, y)[:3].round(2))

# %% [markdown]
# Each row has one sign, because each row is $\delta\,x$ with a single $\delta$.
#
# **Is that so for all samples? And for the gradient of a whole batch?**

# %%
samples = neuron.sample_gradients(w, x, y)
print("of the samples, one-signed:", cone.one_signed(samples).mean())

batches = samples.reshape(100, 10, 5).mean(axis=1)  # ten samples each
print("of the batches, one-signed:", cone.one_signed(batches).mean())

# %% [markdown]
# A batch adds up gradients of both signs, so its sum may point anywhere.
# The lock belongs to one neuron and one sample.
#
# ## Two walks to one goal
#
# **How many steps does it take to a goal in the northwest, with the mean and without?**
# Each step sees one random sample and goes as far as that sample asks.
# Two thousand walkers start at the origin, and we print the median.


# %%
def median_steps(goal, mean, walkers=2000):
    rng = np.random.default_rng(2)
    x = rng.uniform(size=(10_000, 2)) - mean
    samples = descent.draws(x, x @ goal, rng=rng, walkers=(walkers,))
    walk = descent.kaczmarz(samples, np.zeros((walkers, 2)))
    arrival = descent.arrival(walk, goal, tolerance=0.01, limit=1000)
    return np.median(arrival.steps)


northwest = np.array([-1.0, 1.0])
print("with the mean:   ", median_steps(northwest, mean=0.0))
print("without the mean:", median_steps(northwest, mean=0.5))

# %% [markdown]
# **And to a goal in the northeast, where every push may lead?**
# Guess before you look: the answer on the question page said that this needs a zig-zag.

# %%
northeast = np.array([1.0, 1.0])
print("with the mean:   ", median_steps(northeast, mean=0.0))
print("without the mean:", median_steps(northeast, mean=0.5))

# %% [markdown]
# Less far than to the northwest, but still not as near as for the centred walker.
# The samples come by chance, and few of them point at the goal.
#
# **How long is the shortest way, if you may choose the samples?**
# `cone.detour` measures the shortest walk in one-signed steps; we divide by the straight line.

# %%
for name, goal in {"northeast": northeast, "northwest": northwest}.items():
    ratio = cone.detour(goal) / np.linalg.norm(goal)
    print(f"{name}: {ratio:.3f} times the straight line")

# %% [markdown]
# To the northeast one chosen step is enough, and it is straight.
# To the northwest the best walk goes round a corner: up, then left.
#
# ## Where it stops
#
# **What if the step has one small, fixed rate, as in plain stochastic descent?**


def median_steps_at(rate, mean, walkers=500):
    rng = np.random.default_rng(3)
    x = rng.uniform(size=(10_000, 2)) - mean
    samples = descent.draws(x, x @ northwest, rng=rng, walkers=(walkers,))
    gradient, start = descent.on_samples(samples), np.zeros((walkers, 2))
    walk = descent.gradient_descent(gradient, start, rate=rate)
    arrival = descent.arrival(walk, northwest, tolerance=0.01, limit=5000)
    return np.median(arrival.steps)


for rate in (0.5, 1.0):
    raw, centred = (median_steps_at(rate, mean) for mean in (0.0, 0.5))
    print(f"rate {rate}: {raw:.0f} steps with the mean, {centred:.0f} without")

# %% [markdown]
# At these rates centring gains nothing.
# It gains because it allows a larger step.
#
# ## Your own inputs
#
# **What does your data do?**
# Put your own inputs here, one row a sample.
# The walk tells how far their mean is in the way.

# %%
mine = rng.exponential(size=(500, 2))  # replace this line


def median_steps_on(x, walkers=2000):
    rng = np.random.default_rng(4)
    samples = descent.draws(x, x @ northwest, rng=rng, walkers=(walkers,))
    walk = descent.kaczmarz(samples, np.zeros((walkers, 2)))
    arrival = descent.arrival(walk, northwest, tolerance=0.01, limit=1000)
    return np.median(arrival.steps)


print("as they are:", median_steps_on(mine))
print("centred:    ", median_steps_on(mine - mine.mean(axis=0)))

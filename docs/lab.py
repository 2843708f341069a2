# %% [markdown]
# # The lab
#
# Formula $\partial L/\partial w_i$ here.

# %%
import numpy as np

x = np.arange(3)
print(x)

# %%
x + 1.0

# %%
# alt: A line.
from matplotlib import pyplot as plt

plt.plot(x)
plt.show()

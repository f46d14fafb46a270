# %% [markdown]
# # 2. How far a sample spreads
#
# The variance is the mean square distance from the mean. Of a sample the sum is divided by one less than its size.

# %%
import numpy as np


# %%
def variance(values):
    """Return the variance of a sample.

    Parameters
    ----------
    values : sequence of float
        At least two numbers.

    Returns
    -------
    float
        The sum of the squared distances from the mean, divided by one less than how many there are.

    Examples
    --------
    >>> variance([1.0, 3.0])
    2.0
    """
    ### BEGIN SOLUTION
    distances = np.asarray(values) - np.mean(values)
    return float(np.sum(distances**2) / (len(values) - 1))
    ### END SOLUTION

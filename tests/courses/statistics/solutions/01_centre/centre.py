# %% [markdown]
# # 1. The centre of a sample
#
# Where do the numbers of a sample lie? The mean and the median answer this in different ways.

# %%
import numpy as np


# %%
def mean(values):
    """Return the mean of a sample.

    Parameters
    ----------
    values : sequence of float
        At least one number.

    Returns
    -------
    float
        Their sum divided by how many there are.

    Examples
    --------
    >>> mean([1.0, 2.0, 6.0])
    3.0
    """
    ### BEGIN SOLUTION
    return float(np.sum(values) / len(values))
    ### END SOLUTION


# %%
def median(values):
    """Return the median of a sample: the number in the middle, or half-way between the two in the middle.

    Parameters
    ----------
    values : sequence of float
        At least one number, in any order.

    Returns
    -------
    float
        As many numbers are smaller as are larger.

    Examples
    --------
    >>> median([9.0, 1.0, 2.0])
    2.0
    """
    ### BEGIN SOLUTION
    ordered = sorted(values)
    middle = len(ordered) // 2
    return float(ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2)
    ### END SOLUTION


# %%
def centres(samples, statistic):
    """Return the centre of each sample, as the given function finds it.

    Parameters
    ----------
    samples : list of list of float
        The samples.
    statistic : callable
        Called with one sample; returns a number.

    Returns
    -------
    list of float
        One number for each sample.

    Examples
    --------
    >>> centres([[1.0, 3.0], [5.0]], max)
    [3.0, 5.0]
    """
    ### BEGIN SOLUTION
    return [statistic(sample) for sample in samples]
    ### END SOLUTION

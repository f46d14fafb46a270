"""The course that the package carries, gradient descent, as data.

Its manifest, hidden checks and misconceptions, the laws of its functions' motions, what they are asked when they have failed, the
scenes of its pictures, what its checks hand to learners, its sample class. It is the one place in the package that knows an exercise or a function by name; exercises
and solutions lie beside the package. Another course is a folder with the same parts (`grader new course`).
"""

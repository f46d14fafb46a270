"""The course at hand: what its manifest says, where its parts lie, what its functions are called, which packages it adds.

In: the folder of a course, the package's own or another. Out: `Course`, with its exercises, limits and places; the parts
that a course may bring as Python (`parts`). A slip in a manifest is a `CourseError` that names file and entry.
"""

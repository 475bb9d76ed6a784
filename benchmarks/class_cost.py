"""How many machines a class needs, and what they cost: the arithmetic of the page *Serve a class*.

``python benchmarks/class_cost.py --students 1000 --share 0.3 --hours 30 --price 0.80`` assumes what
you give, and for the rest what its help lists.  Only the standard library is used.
"""

import argparse
import math


def students_per_node(memory, cpu, node_memory, node_cpus, node_reserved):
    """Return how many students the scheduler places on one node.

    Parameters
    ----------
    memory, cpu : float
        GB and processors that a student's server is guaranteed.
    node_memory, node_cpus : float
        GB and processors of a node.
    node_reserved : float
        GB that a node keeps for itself.
    """
    return min(math.floor((node_memory - node_reserved) / memory), math.floor(node_cpus / cpu))


def nodes(students, share, per_node):
    """Return the students at the same time, and the nodes for them."""
    together = math.ceil(students * share)
    return together, math.ceil(together / per_node)


def main(arguments=None):
    """Print the result."""
    parser = argparse.ArgumentParser(formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    add = parser.add_argument
    add("--students", type=int, default=1000, help="in the course")
    add("--share", type=float, default=0.3, help="of them at work at the same time, at most")
    add("--hours", type=float, default=30, help="that all these nodes run")
    add("--price", type=float, help="of a node per hour, in your currency")
    add("--memory", type=float, default=1.5, help="GB that hub/values.yaml guarantees")
    add("--cpu", type=float, default=0.25, help="processors that hub/values.yaml guarantees")
    add("--node-memory", type=float, default=64, help="GB of a node")
    add("--node-cpus", type=float, default=16, help="processors of a node")
    add("--node-reserved", type=float, default=4, help="GB that a node keeps for itself")
    given = parser.parse_args(arguments)
    per_node = students_per_node(
        given.memory, given.cpu, given.node_memory, given.node_cpus, given.node_reserved
    )
    if per_node < 1:
        parser.error("a node is too small for one student")
    together, needed = nodes(given.students, given.share, per_node)
    print(f"{together} students at the same time need {together * given.memory:g} GB.")
    print(f"{per_node} of them fit on a node: {needed} nodes.")
    print(f"{given.hours:g} hours are {needed * given.hours:g} node hours.")
    if given.price is not None:
        cost = needed * given.hours * given.price
        print(f"They cost {cost:.2f}, or {cost / given.students:.2f} per student.")


if __name__ == "__main__":
    main()

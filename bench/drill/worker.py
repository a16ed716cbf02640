"""What a worker of the drill imports (`-I`): the product's tasks stay as they are, the drill's points come in."""

from bench.drill.inside import cut_points

cut_points()

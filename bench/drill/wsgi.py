"""The web processes of the drill: the product's application with the drill's points in it."""

from bench.drill.inside import cut_answers, cut_points
from compliance_site.wsgi import application as product

cut_points()
application = cut_answers(product)

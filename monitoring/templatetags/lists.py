"""What the templates of lists ask."""

from django import template

from monitoring.list_values import country_name

register = template.Library()
register.filter("country_name", country_name)

"""What this app holds of a customer. None of it is given to the customer: it is held against them."""

from customers.personal_data import Holder, register_holder
from screening.services.forgetting import forget_screenings

register_holder(Holder("screening", 3, forget_screenings))

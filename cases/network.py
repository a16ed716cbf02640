"""The network around a case's customer: owners, customers linked by what they share, counterparties, one hop or two."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from hashlib import blake2s
from uuid import UUID

from core.clock import now
from core.masking import masked
from customers.models import Customer
from customers.selectors import customers_by_ids, party_links
from monitoring.selectors import Flow, flows_of, flows_with_accounts

MOST_NODES = 200
MOST_MONTHS = 24
_DAYS_OF_A_MONTH = 30.44
_MOST_FLOWS = 120
CENTRE, OWNER, LINKED, COUNTERPARTY = "centre", "owner", "linked", "counterparty"


@dataclass(frozen=True)
class Node:
    """Somebody in the network. `customer_id` is set where it is a customer of ours."""

    key: str
    kind: str
    label: str
    detail: str = ""
    customer_id: UUID | None = None


@dataclass(frozen=True)
class Edge:
    """What connects two: `amount` in the base currency, zero where no money ran."""

    source: str
    target: str
    label: str
    amount: Decimal = Decimal(0)
    number: int = 0
    last_at: datetime | None = None


@dataclass
class Network:
    """Nodes by their key and edges. What would be node 201 is left out: `left_out` counts it. Masked, accounts are."""

    nodes: dict[str, Node] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)
    left_out: int = 0
    is_masked: bool = False

    def add(self, node: Node, edge: Edge | None = None) -> None:
        """Adds a node, once, and the edge to it."""
        if node.key not in self.nodes and len(self.nodes) >= MOST_NODES:
            self.left_out += 1
            return
        self.nodes.setdefault(node.key, node)
        if edge is not None:
            self.edges.append(edge)

    def rows(self) -> list[tuple[Node, Edge, Node]]:
        """Each edge with both its ends, the largest amounts first: what a table says of the network."""
        told = [(self.nodes[edge.source], edge, self.nodes[edge.target]) for edge in self.edges]
        return sorted(told, key=lambda row: (-row[1].amount, row[1].label, row[2].label))


def network_of(customer: Customer, months: int, hops: int, *, in_clear: bool = True) -> Network:
    """The network of the last `months`; with two hops also customers that deal with the same counterparty accounts."""
    since, until = now() - timedelta(days=_DAYS_OF_A_MONTH * months), now()
    network = Network(is_masked=not in_clear)
    centre = _customer_key(customer.pk)
    network.add(Node(centre, CENTRE, customer.party.name, "this customer", customer.pk))
    for owner in customer.owners.all():
        share = f"{owner.share_percent:.0f} %" if owner.share_percent is not None else owner.control or "control"
        key = f"party:{owner.party_id}"
        network.add(Node(key, OWNER, owner.party.name, "owner"), Edge(key, centre, f"owns {share}"))
    for link in party_links(customer):
        key = _customer_key(link.customer.pk)
        node = Node(key, LINKED, link.customer.party.name, "customer", link.customer.pk)
        network.add(node, Edge(centre, key, f"shares {link.kind.label.lower()}"))
    flows = flows_of(customer, since, until, _MOST_FLOWS)
    for flow in flows:
        _add_flow(network, centre, flow)
    if hops > 1:
        _second_hop(network, customer, flows, since, until)
    return network


def _second_hop(network: Network, customer: Customer, flows: list[Flow], since: datetime, until: datetime) -> None:
    others = flows_with_accounts([flow.account for flow in flows], customer, since, until, _MOST_FLOWS)
    names = {row.pk: row.party.name for row in customers_by_ids({flow.customer_id for flow in others})}
    for flow in others:
        key = _customer_key(flow.customer_id)
        network.add(Node(key, LINKED, names[flow.customer_id], "customer", flow.customer_id))
        if key in network.nodes:
            _add_flow(network, key, flow)


def _add_flow(network: Network, customer_key: str, flow: Flow) -> None:
    account = masked(flow.account) if network.is_masked else flow.account
    key = f"account:{blake2s(flow.key.encode(), digest_size=12).hexdigest()}"
    detail = " ".join(part for part in (account, flow.country) if part)
    outward = flow.went_out >= flow.came_in
    source, target = (customer_key, key) if outward else (key, customer_key)
    edge = Edge(source, target, "paid", flow.total, flow.number, flow.last_at)
    network.add(Node(key, COUNTERPARTY, flow.name or account, detail), edge)


def _customer_key(pk: UUID) -> str:
    return f"customer:{pk}"

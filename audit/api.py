"""REST: the newest checkpoint, and the proof of an entry by its leaf hash."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from audit.proofs import inclusion_proof
from audit.selectors import entry_with_leaf, integrity_now
from audit.serializers import CheckpointOutput, ProofOutput
from core.exceptions import NotFound
from core.permissions import Permission


class CheckpointView(APIView):
    """The newest checkpoint of the record."""

    required_permissions = {"GET": Permission.SIGNED_IN}

    @extend_schema(summary="The newest signed checkpoint of the record", responses=CheckpointOutput, tags=["audit"])
    def get(self, request: Request) -> Response:
        """The signed note (c2sp.org/tlog-checkpoint): keep it, and nobody can roll the record back behind it unseen."""
        checkpoint = integrity_now().checkpoint
        if checkpoint is None:
            raise NotFound("Nothing is placed in the record yet.")
        return Response(CheckpointOutput({"size": checkpoint.size, "note": checkpoint.note, "at": checkpoint.at}).data)


class ProofView(APIView):
    """That an entry is in the record."""

    required_permissions = {"GET": Permission.SIGNED_IN}

    @extend_schema(summary="The proof that an entry stands on the record", responses=ProofOutput, tags=["audit"])
    def get(self, request: Request, leaf: str) -> Response:
        """The inclusion proof (RFC 6962) of the entry with this leaf hash. Whoever holds the hash may ask: it was their receipt.

        Answers 404 where no entry has it, or it is not placed yet (that takes about a second).
        """
        entry = entry_with_leaf(leaf)
        proof = inclusion_proof(entry) if entry else None
        if proof is None:
            raise NotFound("No placed entry has this leaf hash.")
        told = {"leaf": proof.leaf.hex(), "index": proof.index, "size": proof.size,
                "path": [step.hex() for step in proof.path], "checkpoint": proof.checkpoint}  # fmt: skip
        return Response(ProofOutput(told).data)

"""What the documents app records."""

from audit.actions import define

STORED = define("documents.document_stored", "received a document of {after[size]} bytes")
READ = define("documents.document_read", "read a document: {after[document_type]}, {after[state]}")
RECHECKED = define("documents.document_rechecked", "judged a document anew: {before[state]}, now {after[state]}")
VIEWED = define("documents.document_viewed", "looked at a document")
LISTED = define("documents.documents_viewed", "looked at the documents of a customer")
DOWNLOADED = define("documents.original_downloaded", "downloaded the original of a document")
CORRECTED = define("documents.field_corrected", "corrected the value of {after[field]}: {reason}")
ACCEPTED = define("documents.document_accepted", "accepted a doubtful document as verified: {reason}")
REFUSED = define("documents.document_refused", "did not accept a document and asks for a new one: {reason}")
RULES_PUBLISHED = define("documents.rules_published", "published version {after[number]} of the rules for documents")

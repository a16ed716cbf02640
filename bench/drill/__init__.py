"""The whole product under load while its parts are killed, with a ledger of the clients' own."""

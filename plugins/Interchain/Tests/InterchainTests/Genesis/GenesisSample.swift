import ModuleKit

/// A small section as ibc-go writes it: one client, one connection, one channel of postcards with packets on their way.
enum GenesisSample {
    static func section() throws -> JSONValue { try JSONValue(parsing: text) }

    /// The section with a part of its text replaced.
    static func section(replacing part: String, with other: String) throws -> JSONValue {
        let changed = text.replacing(part, with: other)
        guard changed != text else { throw ModuleError(.notFound, "the sample has no \(part)") }
        return try JSONValue(parsing: changed)
    }

    static let hash = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="

    static let text = """
        {"client_genesis": {
          "clients": [{"client_id": "07-tendermint-0", "client_state": {
            "@type": "/ibc.lightclients.tendermint.v1.ClientState", "chain_id": "far-3",
            "trust_level": {"numerator": "1", "denominator": "3"}, "trusting_period": "1209600s",
            "unbonding_period": "1814400s", "max_clock_drift": "10s",
            "frozen_height": {"revision_number": "0", "revision_height": "0"},
            "latest_height": {"revision_number": "3", "revision_height": "20"},
            "proof_specs": [
              {"leaf_spec": {"hash": "SHA256", "prehash_key": "NO_HASH", "prehash_value": "SHA256",
                "length": "VAR_PROTO", "prefix": "AA=="},
               "inner_spec": {"child_order": [0, 1], "child_size": 33, "min_prefix_length": 4, "max_prefix_length": 12,
                "empty_child": null, "hash": "SHA256"}, "max_depth": 0, "min_depth": 0},
              {"leaf_spec": {"hash": "SHA256", "prehash_key": "NO_HASH", "prehash_value": "SHA256",
                "length": "VAR_PROTO", "prefix": "AA=="},
               "inner_spec": {"child_order": [0, 1], "child_size": 32, "min_prefix_length": 1, "max_prefix_length": 1,
                "empty_child": null, "hash": "SHA256"}, "max_depth": 0, "min_depth": 0}],
            "upgrade_path": ["upgrade", "upgradedIBCState"],
            "allow_update_after_expiry": false, "allow_update_after_misbehaviour": false}}],
          "clients_consensus": [{"client_id": "07-tendermint-0", "consensus_states": [
            {"height": {"revision_number": "3", "revision_height": "20"}, "consensus_state": {
              "@type": "/ibc.lightclients.tendermint.v1.ConsensusState", "timestamp": "2025-12-31T23:59:50.5Z",
              "root": {"hash": "\(hash)"},
              "next_validators_hash": "000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F"}},
            {"height": {"revision_number": "3", "revision_height": "10"}, "consensus_state": {
              "@type": "/ibc.lightclients.tendermint.v1.ConsensusState", "timestamp": "2025-12-31T23:58:50Z",
              "root": {"hash": "\(hash)"},
              "next_validators_hash": "\(hash)"}}]}],
          "clients_metadata": [{"client_id": "07-tendermint-0", "client_metadata": [{"key": "AA==", "value": "AA=="}]}],
          "params": {"allowed_clients": ["07-tendermint"]}, "create_localhost": false, "next_client_sequence": "1"},
        "connection_genesis": {
          "connections": [{"id": "connection-0", "client_id": "07-tendermint-0",
            "versions": [{"identifier": "1", "features": ["ORDER_ORDERED", "ORDER_UNORDERED"]}], "state": "STATE_OPEN",
            "counterparty": {"client_id": "07-tendermint-7", "connection_id": "connection-7",
              "prefix": {"key_prefix": "aWJj"}}, "delay_period": "0"}],
          "client_connection_paths": [{"client_id": "07-tendermint-0", "paths": ["connection-0"]}],
          "next_connection_sequence": "1", "params": {"max_expected_time_per_block": "30000000000"}},
        "channel_genesis": {
          "channels": [{"state": "STATE_OPEN", "ordering": "ORDER_UNORDERED",
            "counterparty": {"port_id": "replies", "channel_id": "channel-9"}, "connection_hops": ["connection-0"],
            "version": "postcard-1", "port_id": "letters", "channel_id": "channel-0"}],
          "acknowledgements": [{"port_id": "letters", "channel_id": "channel-0", "sequence": "5", "data": "\(hash)"}],
          "commitments": [{"port_id": "letters", "channel_id": "channel-0", "sequence": "2", "data": "\(hash)"}],
          "receipts": [{"port_id": "letters", "channel_id": "channel-0", "sequence": "5", "data": "AQ=="}],
          "send_sequences": [{"port_id": "letters", "channel_id": "channel-0", "sequence": "3"}],
          "recv_sequences": [{"port_id": "letters", "channel_id": "channel-0", "sequence": "1"}],
          "ack_sequences": [{"port_id": "letters", "channel_id": "channel-0", "sequence": "1"}],
          "next_channel_sequence": "1"}}
        """
}

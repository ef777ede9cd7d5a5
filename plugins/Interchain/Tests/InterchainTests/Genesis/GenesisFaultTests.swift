import IBC
import InterchainEvents
import ModuleKit
import ModuleTesting
import Testing

@testable import Interchain

/// What is malformed or contradicts itself is refused, with the place; what nothing here knows is reported.
struct GenesisFaultTests {
    private struct Fault: CustomTestStringConvertible {
        let part: String
        let other: String
        let path: String

        init(_ part: String, _ other: String, _ path: String) {
            (self.part, self.other, self.path) = (part, other, "$.app_state.ibc.\(path)")
        }

        var testDescription: String { "\(part) → \(other)" }
    }

    private static let clientFaults = [
        Fault(#""clients": [{"#, #""clients": [5, {"#, "client_genesis.clients[0]"),
        Fault(
            #"[{"client_id": "07-tendermint-0", "client_state""#,
            #"[{"client_state""#,
            "client_genesis.clients[0].client_id"
        ),
        Fault(
            #"[{"client_id": "07-tendermint-0", "client_state""#,
            #"[{"client_id": "07-tendermint-1", "client_state""#,
            "client_genesis.clients[0].client_id"
        ),
        Fault(
            #""trusting_period": "1209600s""#,
            #""trusting_period": "soon""#,
            "client_genesis.clients[0].client_state"
        ),
        Fault(
            #""trusting_period": "1209600s""#,
            #""trusting_period": "1814400s""#,
            "client_genesis.clients[0].client_state"
        ),
        Fault(
            #""2025-12-31T23:58:50Z""#,
            #""2026-01-01T00:00:00Z""#,
            "client_genesis.clients_consensus[0].consensus_states"
        ),
        Fault(#""numerator": "1""#, #""numerator": "4""#, "client_genesis.clients[0].client_state"),
        Fault(#""chain_id": "far-3""#, #""chain_id": "far-4""#, "client_genesis.clients[0].client_state"),
        Fault(
            #""revision_height": "10""#,
            #""revision_height": "20""#,
            "client_genesis.clients_consensus[0].consensus_states[1].height"
        ),
        Fault(
            #""revision_height": "10""#,
            #""revision_height": "21""#,
            "client_genesis.clients_consensus[0].consensus_states[1].height"
        ),
        Fault(
            #""2025-12-31T23:58:50Z""#,
            #""yesterday""#,
            "client_genesis.clients_consensus[0].consensus_states[1].consensus_state.timestamp"
        ),
        Fault(
            #""0001020304"#,
            #""zz01020304"#,
            "client_genesis.clients_consensus[0].consensus_states[0].consensus_state.next_validators_hash"
        ),
        Fault(
            #""clients_consensus": [{"client_id": "07-tendermint-0""#,
            #""clients_consensus": [{"client_id": "07-tendermint-0"},{"client_id": "07-tendermint-0""#,
            "client_genesis.clients_consensus[1].client_id"
        ),
        Fault(
            #""clients_metadata": [{"client_id": "07-tendermint-0""#,
            #""clients_metadata": [{"client_id": "07-tendermint-3""#,
            "client_genesis.clients_metadata[0].client_id"
        ),
        Fault(#""create_localhost": false"#, #""create_localhost": 0"#, "client_genesis.create_localhost"),
        Fault(#""next_client_sequence": "1""#, #""next_client_sequence": "-1""#, "client_genesis.next_client_sequence"),
        Fault(
            #""next_client_sequence": "1""#,
            #""next_client_sequence": "1", "header_hashes": [{"client_id": "07-tendermint-0", "#
                + #""headers": [{"height": {"revision_number": "3", "revision_height": "11"}, "#
                + #""hash": "\#(GenesisSample.hash)"}]}]"#,
            "client_genesis.header_hashes[0].headers[0].height"
        ),
    ]

    private static let connectionFaults = [
        Fault(
            #""connections": [{"id": "connection-0", "client_id": "07-tendermint-0""#,
            #""connections": [{"id": "connection-0", "client_id": "07-tendermint-9""#,
            "connection_genesis.connections[0].client_id"
        ),
        Fault(#""id": "connection-0""#, #""id": "connection-1""#, "connection_genesis.connections[0].id"),
        Fault(
            #""state": "STATE_OPEN",\#n    "counterparty": {"client_id""#,
            #""state": "STATE_AJAR", "counterparty": {"client_id""#,
            "connection_genesis.connections[0]"
        ),
        Fault(#""connection_id": "connection-7""#, #""connection_id": """#, "connection_genesis.connections[0]"),
        Fault(
            #""paths": ["connection-0"]"#,
            #""paths": ["connection-4"]"#,
            "connection_genesis.client_connection_paths[0].paths[0]"
        ),
        Fault(
            #""next_connection_sequence": "1""#,
            #""next_connection_sequence": "01""#,
            "connection_genesis.next_connection_sequence"
        ),
    ]

    private static let channelFaults = [
        Fault(
            #""connection_hops": ["connection-0"]"#,
            #""connection_hops": ["connection-3"]"#,
            "channel_genesis.channels[0].connection_hops[0]"
        ),
        Fault(#""channel_id": "channel-9""#, #""channel_id": """#, "channel_genesis.channels[0]"),
        Fault(
            #""features": ["ORDER_ORDERED", "ORDER_UNORDERED"]"#,
            #""features": ["ORDER_ORDERED"]"#,
            "channel_genesis.channels[0].connection_hops[0]"
        ),
        Fault(
            #""port_id": "letters", "channel_id": "channel-0"}]"#,
            #""port_id": "letters", "channel_id": "channel-1"}]"#,
            "channel_genesis.channels[0].channel_id"
        ),
        Fault(#""ack_sequences": ["#, #""lost_sequences": ["#, "channel_genesis.channels[0]"),
        Fault(#""sequence": "3"}"#, #""sequence": "0"}"#, "channel_genesis.send_sequences[0].sequence"),
        Fault(#""sequence": "3"}"#, #""sequence": "2"}"#, "channel_genesis.commitments[0].sequence"),
        Fault(
            #""sequence": "2", "data": ""#,
            #""sequence": "2", "data": "AAAA"#,
            "channel_genesis.commitments[0].data"
        ),
        Fault(#""data": "AQ==""#, #""data": "Ag==""#, "channel_genesis.receipts[0].data"),
        Fault(
            #""receipts": [{"port_id": "letters", "channel_id": "channel-0", "sequence": "5""#,
            #""receipts": [{"port_id": "letters", "channel_id": "channel-0", "sequence": "6""#,
            "channel_genesis.acknowledgements[0].sequence"
        ),
        Fault(
            #""receipts": [{"port_id": "letters""#,
            #""receipts": [{"port_id": "replies""#,
            "channel_genesis.receipts[0]"
        ),
        Fault(
            #""ORDER_UNORDERED",\#n    "counterparty""#,
            #""ORDER_ORDERED", "counterparty""#,
            "channel_genesis.receipts[0]"
        ),
        Fault(
            #""receipts": ["#,
            #""receipts": [{"port_id": "letters", "channel_id": "channel-0", "sequence": "5", "data": "AQ=="}, "#,
            "channel_genesis.receipts[1].sequence"
        ),
    ]

    @Test(
        "What can't be is refused with its path, and nothing is kept",
        arguments: clientFaults + connectionFaults + channelFaults
    )
    private func refused(_ fault: Fault) throws {
        let fixture = try GenesisFixture()
        let outcome = try fixture.importing(GenesisSample.section(replacing: fault.part, with: fault.other), .skip)
        let error = try #require(outcome.error)
        #expect(error.codespace == "genesis")
        #expect(error.message.hasPrefix(fault.path), "\(error.message)")
        try fixture.importing(GenesisSample.section()).thenSucceeded()
    }

    @Test(
        "Members that nothing here knows are reported, and refuse the import unless told otherwise",
        arguments: [
            (#"{"client_genesis""#, #"{"novelty": 1, "client_genesis""#, "novelty"),
            (
                #"{"client_genesis""#, #"{"client_v2_genesis": {"counterparty_infos": [1]}, "client_genesis""#,
                "client_v2_genesis"
            ),
            (#""create_localhost""#, #""novelty": 1, "create_localhost""#, "client_genesis.novelty"),
            (#""create_localhost": false"#, #""create_localhost": true"#, "client_genesis.create_localhost"),
            (
                #""chain_id": "far-3""#, #""chain_id": "far-3", "novelty": 1"#,
                "client_genesis.clients[].client_state.novelty"
            ),
            (
                #""root": {"#, #""root": {"novelty": 1, "#,
                "client_genesis.clients_consensus[].consensus_states[].consensus_state.root.novelty"
            ),
            (
                #""id": "connection-0""#, #""id": "connection-0", "novelty": 1"#,
                "connection_genesis.connections[].novelty"
            ),
            (
                #""version": "postcard-1""#, #""version": "postcard-1", "novelty": 1"#,
                "channel_genesis.channels[].novelty"
            ),
            (#""data": "AQ==""#, #""data": "AQ==", "novelty": 1"#, "channel_genesis.receipts[].novelty"),
        ]
    )
    func reported(part: String, other: String, path: String) throws {
        let section = try GenesisSample.section(replacing: part, with: other)
        let fixture = try GenesisFixture()
        #expect(try fixture.importing(section).error?.message.hasPrefix("app_state.ibc.\(path): ") == true)
        try fixture.importing(section, .skip).thenSucceeded()
        #expect(fixture.findings.contains { $0.hasPrefix("app_state.ibc.\(path): ") }, "\(fixture.findings)")
    }

    @Test("The empty parts of the second version of IBC are no loss")
    func secondVersion() throws {
        let section = try GenesisSample.section(
            replacing: #"{"client_genesis""#,
            with: #"{"client_v2_genesis": {"counterparty_infos": []}, "channel_v2_genesis": null, "client_genesis""#
        )
        try GenesisFixture().importing(section).thenSucceeded()
    }
}

import CometBFTTesting
import Foundation
import IBC
import InterchainEvents
import ModuleKit
import ModuleTesting
import Testing

@testable import Interchain

/// What a chain exports, another one imports, and goes on from.
struct GenesisRoundTripTests {
    @Test(
        "A chain with channels, packets on their way and a frozen client is the same after export and import",
        arguments: orderings
    )
    func roundTrip(_ ordering: Ibc_Core_Channel_V1_Order) throws {
        let chains = try Correspondence.open(ordering)
        let settled = try chains.post("settled", from: .left)
        try chains.receive(settled).thenSucceeded()
        try chains.acknowledge(settled).thenSucceeded()
        let answered = try chains.post("answered", from: .left)
        try chains.receive(answered).thenSucceeded()
        _ = try chains.post("in flight", from: .left)
        try chains.receive(chains.post("received", from: .right)).thenSucceeded()
        try chains.send(.openInit("letters", to: "replies", .unordered), to: .left).thenSucceeded()
        try freezeClient(on: chains)
        let acknowledgement = try chains.acknowledgeMessage(answered)
        try chains.chains.nextBlock()

        let old = chains.harness(.left)
        let section = try old.exportGenesis()["ibc"].required()
        let fixture = try GenesisFixture(time: old.block.time)
        try fixture.importing(section).thenSucceeded()
        #expect(fixture.findings.isEmpty)
        #expect(try fixture.harness.interchainEntries() == old.interchainEntries())
        #expect(try fixture.harness.exportGenesis()["ibc"].required() == section)
        #expect(try section["client_genesis"]["clients"].array().count == 2)
        #expect(try section["channel_genesis"]["commitments"].array().count == 2)

        // The channel goes on: the other chain's proof settles the packet, by what the client had verified.
        try fixture.harness.when(acknowledgement, from: PlayedChain.relayer).thenSucceeded()
        let told = try Postcard().told.value(
            for: Pair(answered.source.description, answered.sequence),
            in: fixture.harness.state(of: Postcard.self)
        )
        #expect(told == "arrived")
        #expect(
            try !fixture.harness.module.packetCommitments.contains(answered.commitmentPath, in: fixture.harness.state)
        )
        try fixture.harness.nextBlock()
    }

    @Test("Numbers go on behind those that were imported")
    func numbers() throws {
        let fixture = try GenesisFixture()
        try fixture.importing(GenesisSample.section()).thenSucceeded()
        let outcome = try fixture.harness.when(
            .openInit("letters", to: "replies", .unordered),
            from: PlayedChain.relayer
        ).thenSucceeded()
        #expect(outcome.emitted.first?.channelOpenInit.channelID == "channel-1")
        try fixture.harness.nextBlock()
    }

    @Test("A section as ibc-go writes it is read, and written again with the same content")
    func sample() throws {
        let fixture = try GenesisFixture()
        let outcome = try fixture.importing(GenesisSample.section()).thenSucceeded()
        #expect(
            outcome.events.map(\.kind.name) == [
                "counters_imported", "client_imported", "headers_imported", "connection_imported", "channel_imported",
                "packets_imported", "packets_imported", "packets_imported",
            ]
        )
        #expect(fixture.harness.genesisReport.findings.map(\.weight) == [.remark])
        let written = try fixture.harness.exportGenesis()["ibc"]
        let client = written["client_genesis"]["clients"][0]["client_state"]
        #expect(try client["chain_id"].string() == "far-3")
        #expect(try client["trusting_period"].string() == "1209600s")
        #expect(try client["latest_height"].height() == Height(revision: 3, height: 20))
        let states = written["client_genesis"]["clients_consensus"][0]["consensus_states"]
        #expect(try states[0]["height"].height() == Height(revision: 3, height: 10))
        #expect(try states[0]["consensus_state"]["timestamp"].string() == "2025-12-31T23:58:50Z")
        #expect(
            try states[0]["consensus_state"]["next_validators_hash"].string()
                == "000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F"
        )
        let sample = try GenesisSample.section()["channel_genesis"]
        for name in ["acknowledgements", "commitments", "receipts", "send_sequences", "next_channel_sequence"] {
            #expect(try written["channel_genesis"][name].required() == sample[name].required())
        }
        let copy = try GenesisFixture()
        try copy.importing(written.required()).thenSucceeded()
        #expect(try copy.harness.interchainEntries() == fixture.harness.interchainEntries())
    }

    @Test("Long lists are told by several events, each of which the log can hold")
    func longLists() throws {
        let heights = (1...450).map { height in
            let time = String(format: "2025-12-31T00:%02d:%02dZ", height / 60, height % 60)
            return #"{"height": {"revision_number": "3", "revision_height": "\#(height)"}, "consensus_state": {"#
                + #""@type": "/ibc.lightclients.tendermint.v1.ConsensusState", "timestamp": "\#(time)","#
                + #" "root": {"hash": "\#(GenesisSample.hash)"}, "next_validators_hash": "\#(GenesisSample.hash)"}}"#
        }
        let acknowledgement =
            #"{"port_id": "letters", "channel_id": "channel-0", "sequence": "5", "data": "\#(GenesisSample.hash)"}"#
        let receipt = #"{"port_id": "letters", "channel_id": "channel-0", "sequence": "5", "data": "AQ=="}"#
        let acknowledgements = (1...2001).map { acknowledgement.replacing(#""5""#, with: #""\#($0)""#) }
        let receipts = (1...2001).map { receipt.replacing(#""5""#, with: #""\#($0)""#) }
        let text = GenesisSample.text
            .replacing(#""revision_height": "20""#, with: #""revision_height": "500""#)
            .replacing(#""revision_height": "10""#, with: #""revision_height": "499""#)
            .replacing("\"consensus_states\": [", with: "\"consensus_states\": [\(heights.joined(separator: ",")),")
            .replacing(acknowledgement, with: acknowledgements.joined(separator: ","))
            .replacing(receipt, with: receipts.joined(separator: ","))
        let fixture = try GenesisFixture()
        let outcome = try fixture.importing(JSONValue(parsing: text)).thenSucceeded()
        #expect(outcome.emitted.filter { !$0.headersImported.headers.isEmpty }.count == 3)
        #expect(outcome.emitted.filter { !$0.packetsImported.acknowledgements.isEmpty }.count == 3)
        var count = 0
        try fixture.harness.module.packetAcknowledgements.forEach(in: fixture.harness.state) { (_, _) in
            count += 1
            return true
        }
        #expect(count == 2001)
        try fixture.harness.nextBlock()
    }

    @Test("Up to where misbehaviour was forgiven is exported and imported")
    func forgiven() throws {
        let height: JSONValue = ["revision_number": "3", "revision_height": "15"]
        let section = try GenesisSample.section(
            replacing: #""create_localhost": false"#,
            with: #""forgiven_heights": [{"client_id": "07-tendermint-0", "height": {"revision_number": "3", "#
                + #""revision_height": "15"}}], "create_localhost": false"#
        )
        let fixture = try GenesisFixture()
        try fixture.importing(section).thenSucceeded()
        let module = try fixture.harness.module
        let kept = try module.forgivenHeights.value(for: "07-tendermint-0", in: fixture.harness.state)
        #expect(kept == Height(revision: 3, height: 15))
        let written = try fixture.harness.exportGenesis()["ibc"]["client_genesis"]["forgiven_heights"].required()
        #expect(written == [["client_id": "07-tendermint-0", "height": height]])
    }

    @Test("A chain that never spoke to another exports a section that changes nothing")
    func empty() throws {
        let section = try GenesisFixture().harness.exportGenesis()["ibc"].required()
        let fixture = try GenesisFixture()
        try fixture.importing(section).thenSucceeded()
        #expect(fixture.findings.isEmpty)
        #expect(try fixture.harness.exportGenesis()["ibc"].required() == section)
    }

    /// Starts a second client on the left chain, and shows it a fork.
    private func freezeClient(on chains: Correspondence) throws {
        let (here, other) = (chains.chain(.left), chains.chain(.right))
        let height = other.signed.height
        let client = try here.createClient(of: other)
        try chains.chains.nextBlock()
        try here.update(client, of: other)
        var fork = try other.fork(after: height)
        try fork.append(appHash: [9])
        try here.update(client, with: other.header(height + 1, from: height, of: fork)).thenSucceeded()
        #expect(try here.description(of: client).frozen)
    }
}

import IBC
import InterchainEvents
import ModuleKit
import ModuleTesting
import Testing

@testable import Interchain

/// What a chain of ibc-go can have and this one can't is left out, with all that depends on it, and listed.
struct GenesisSkippingTests {
    @Test(
        "What can't be kept is reported, and so is what depends on it",
        arguments: [
            (
                #""@type": "/ibc.lightclients.tendermint.v1.ClientState""#,
                #""@type": "/ibc.lightclients.solomachine.v3.ClientState""#, 0, 0
            ),
            (
                #""frozen_height": {"revision_number": "0", "revision_height": "0"}"#,
                #""frozen_height": {"revision_height": "9"}"#, 0, 0
            ),
            (#""revision_height": "20"},\#n    "proof_specs""#, #""revision_height": "30"}, "proof_specs""#, 0, 0),
            (#""delay_period": "0""#, #""delay_period": "1""#, 1, 0),
            (#"{"identifier": "1""#, #"{"identifier": "2""#, 1, 0),
            (#""connection_hops": ["connection-0"]"#, #""connection_hops": ["connection-0", "connection-0"]"#, 1, 1),
            (#""connection_hops": ["connection-0"]"#, #""connection_hops": ["connection-localhost"]"#, 1, 1),
            (#""version": "postcard-1""#, #""version": "postcard-1", "upgrade_sequence": "1""#, 1, 1),
            (#"[{"state": "STATE_OPEN""#, #"[{"state": "STATE_FLUSHING""#, 1, 1),
            (#""version": "postcard-1""#, #""version": "", "novelty": 1"#, 1, 1),
        ]
    )
    func skipped(part: String, other: String, clients: Int, connections: Int) throws {
        let section = try GenesisSample.section(replacing: part, with: other)
        #expect(try GenesisFixture().importing(section).error?.code == .invalidArgument)
        let fixture = try GenesisFixture()
        if other.contains("novelty") {
            // A version may be missing only where no packet was sent, so such a channel has just begun.
            try check(fixture, try begun(), clients, connections)
        } else {
            try check(fixture, section, clients, connections)
        }
    }

    @Test("A channel whose port no application has bound is left out, and the numbers go on behind it")
    func unowned() throws {
        let fixture = try GenesisFixture(port: "parcels")
        try check(fixture, try GenesisSample.section(), 1, 1)
        #expect(fixture.findings.contains { $0.contains("no application has bound the port") })
        let outcome = try fixture.harness.when(
            .openInit("parcels", to: "replies", .unordered),
            from: PlayedChain.relayer
        ).thenSucceeded()
        #expect(outcome.emitted.first?.channelOpenInit.channelID == "channel-1")
        #expect(try fixture.channels().map(\.channelID) == ["channel-1"])
        try fixture.harness.nextBlock()
    }

    @Test("A mangled document is read or refused with a path, and never traps")
    func mangled() throws {
        let seed = try TestSeed.next()
        var generator = SplitMix64(seed: seed)
        let section = try GenesisSample.section()
        var fixture = try GenesisFixture()
        var refusals = 0
        for _ in 0..<300 {
            var changed = section
            for _ in 0..<Int.random(in: 1...2, using: &generator) { changed = mangle(changed, using: &generator) }
            let outcome = try fixture.importing(changed, .skip)
            if let error = outcome.error {
                #expect(error.codespace == "genesis", "\(error), seed \(seed)")
                #expect(error.message.hasPrefix("$.app_state.ibc"), "\(error), seed \(seed)")
                refusals += 1
            } else {
                _ = try fixture.harness.exportGenesis()
                try fixture.harness.nextBlock()
                fixture = try GenesisFixture()
            }
        }
        #expect(refusals > 0)
    }

    /// The sample with a channel that has begun, and that no application has agreed to.
    private func begun() throws -> JSONValue {
        try JSONValue(
            parsing: GenesisSample.text
                .replacing(#"[{"state": "STATE_OPEN""#, with: #"[{"state": "STATE_INIT""#)
                .replacing(#""version": "postcard-1""#, with: #""version": """#)
        )
    }

    private func check(_ fixture: GenesisFixture, _ section: JSONValue, _ clients: Int, _ connections: Int) throws {
        let outcome = try fixture.importing(section, .skip).thenSucceeded()
        #expect(outcome.emitted.filter { !$0.clientImported.clientID.isEmpty }.count == clients)
        #expect(outcome.emitted.filter { !$0.connectionImported.connectionID.isEmpty }.count == connections)
        #expect(try fixture.clients().count == clients)
        #expect(try fixture.connections().count == connections)
        #expect(try fixture.channels().isEmpty)
        let lists = [
            "acknowledgements", "commitments", "receipts", "send_sequences", "recv_sequences", "ack_sequences",
        ]
        for name in ["channels"] + lists {
            #expect(fixture.findings.contains { $0.hasPrefix("app_state.ibc.channel_genesis.\(name)[]: ") }, "\(name)")
        }
        let copy = try GenesisFixture()
        try copy.importing(try fixture.harness.exportGenesis()["ibc"].required()).thenSucceeded()
        #expect(try copy.harness.exportGenesis() == fixture.harness.exportGenesis())
        try fixture.harness.nextBlock()
    }

    /// Replaces, removes or repeats something at a random place.
    private func mangle(_ value: JSONValue, using generator: inout SplitMix64) -> JSONValue {
        let junk: [JSONValue] = [
            .null, true, "", "-1", "18446744073709551615", "18446744073709551616", [], JSONValue.object(JSONObject()),
            .number(JSONNumber(-7)), "channel-0", "AQ==", [["client_id": "07-tendermint-0"]],
        ]
        let isDeep = Int.random(in: 0..<8, using: &generator) > 0
        switch value {
        case .array(var elements) where isDeep && !elements.isEmpty:
            let index = Int.random(in: 0..<elements.count, using: &generator)
            switch Int.random(in: 0..<8, using: &generator) {
            case 0: elements.remove(at: index)
            case 1: elements.append(elements[index])
            default: elements[index] = mangle(elements[index], using: &generator)
            }
            return .array(elements)
        case .object(var object) where isDeep && !object.members.isEmpty:
            let member = object.members[Int.random(in: 0..<object.members.count, using: &generator)]
            let isRemoval = Int.random(in: 0..<10, using: &generator) == 0
            object[member.name] = isRemoval ? nil : mangle(member.value, using: &generator)
            return .object(object)
        default: return junk[Int.random(in: 0..<junk.count, using: &generator)]
        }
    }
}

extension GenesisFixture {
    fileprivate func clients() throws -> [InterchainClient] {
        try harness.query(.with { $0.clients.limit = 0 }).clients.clients
    }

    fileprivate func connections() throws -> [InterchainConnection] {
        try harness.query(.with { $0.connections.limit = 0 }).connections.connections
    }

    fileprivate func channels() throws -> [InterchainChannel] {
        try harness.query(.with { $0.channels.limit = 0 }).channels.channels
    }
}

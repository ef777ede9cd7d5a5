import ExternalStakingEvents
import InterchainTesting
import ModuleKit
import ModuleTesting
import Testing

@testable import ExternalStaking

@Suite("Genesis")
struct GenesisTests {
    static let section = "external-staking/external-staking"

    /// A chain with something of everything: committed, in flight both ways, unbonding, burning, waiting.
    private func busy() throws -> StakingChain {
        let chain = try StakingChain.ready()
        try chain.staked(100)
        try chain.staked(60, on: "v2", of: chain.bob)
        try chain.acknowledge(try chain.unstake(10))
        _ = try chain.stake(20)
        _ = try chain.unstake(5)
        try chain.cut(7, of: chain.bob)
        try chain.nextBlock()
        try chain.cut(7, of: chain.bob)
        return chain
    }

    private func copy(_ exported: JSONValue, channel: String = "channel-0") throws -> StakingChain {
        let port = "mesh.\(try Address(moduleName: ExternalStaking.manifest.name).text(prefix: "cosmos"))"
        var known = SwitchboardChannel(port: port, channel: channel)
        (known.counterpartyPort, known.counterpartyChannel) = ("mesh.converter", "channel-9")
        // Beyond all that the exporting chain has sent.
        known.sentCount = 99
        return try StakingChain(
            genesis: [(Self.section, exported), ("switchboard", [known.json])],
            chainID: "provider-2"
        )
    }

    @Test("What is exported and imported again is the same, and goes on")
    func roundTrip() throws {
        let exported = try busy().harness.exportGenesis()[Self.section].required()
        let chain = try copy(exported)
        #expect(try chain.harness.exportGenesis()[Self.section].required() == exported)
        #expect(try chain.standing() == "85...110 +10")
        #expect(try chain.nextBlock().count == 1)
        #expect(try chain.pending().count == 4)
    }

    @Test("Infractions, and who still has to pay for them, come through as well")
    func infractions() throws {
        let chain = try StakingChain.ready()
        try chain.staked(100)
        try chain.staked(60, of: chain.bob)
        let packet = try chain.stake(50)
        try chain.infract(height: 1)
        _ = try chain.settle()
        try chain.acknowledge(packet)
        try chain.infract(height: 2, key: 2)
        try chain.infract(height: 3)
        let exported = try chain.harness.exportGenesis()[Self.section].required()
        let copy = try copy(exported)
        #expect(try copy.harness.exportGenesis()[Self.section].required() == exported)
        #expect(try copy.isSettling)
        #expect(try copy.liabilities().map { "\($0.paid) \($0.due)" } == ["20 10"])
        #expect(try copy.offender("v2").infractions.map(\.infraction.number) == [2])
        for name in ["offenders", "dues"] {
            guard case .object(var section) = exported else { return }
            let list = try JSONField(.object(section))[name].array().compactMap(\.value)
            section[name] = .array(list + list.prefix(1))
            #expect(throws: HarnessError.self, "\(name) twice") { try self.copy(.object(section)) }
        }
        // The due of a validator of which nothing is known.
        guard case .object(var section) = exported else { return }
        section["offenders"] = .array([])
        #expect(throws: HarnessError.self) { try self.copy(.object(section)) }
    }

    @Test("A settlement that has failed goes on waiting")
    func failedSettlements() throws {
        let chain = try StakingChain.ready(neighbours: [Objector(to: [.named("alice")], .unauthorized)])
        try chain.staked(100)
        try chain.infract()
        for _ in 0..<3 { try chain.nextBlock(after: .minutes(2)) }
        let exported = try chain.harness.exportGenesis()[Self.section].required()
        let failures = try JSONField(exported)["dues"].array().map {
            try $0["record"]["failures"].integer(as: Int.self)
        }
        #expect(failures == [3])
        let copy = try copy(exported)
        #expect(try copy.harness.exportGenesis()[Self.section].required() == exported)
    }

    @Test("Without the pairing's channel everything is reported as lost")
    func unknownChannel() throws {
        let exported = try busy().harness.exportGenesis()[Self.section].required()
        let error = #expect(throws: HarnessError.self) { try copy(exported, channel: "channel-5") }
        #expect(error?.description.contains("channel of this pairing") == true, "\(String(describing: error))")
    }

    @Test("A section that contradicts itself is refused, whichever entry is missing or stands there twice")
    func contradictions() throws {
        guard case .object(let section) = try busy().harness.exportGenesis()[Self.section].required() else {
            Issue.record("the section is an object")
            return
        }
        for name in ["keys", "stakes", "transactions"] {
            let list = try JSONField(.object(section))[name].array().compactMap(\.value)
            var (short, long) = (section, section)
            short[name] = .array(Array(list.dropLast()))
            long[name] = .array(list + list.prefix(1))
            #expect(throws: HarnessError.self, "\(name) without the last") { try copy(.object(short)) }
            #expect(throws: HarnessError.self, "\(name) with the first twice") { try copy(.object(long)) }
        }
        // The counter has given these numbers away already.
        var reset = section
        reset["counter"] = ["pairing": try JSONField(.object(section))["counter"]["pairing"].required()]
        #expect(throws: HarnessError.self) { try copy(.object(reset)) }
        var unknown = section
        unknown["novelty"] = "1"
        #expect(throws: HarnessError.self) { try copy(.object(unknown)) }
    }
}

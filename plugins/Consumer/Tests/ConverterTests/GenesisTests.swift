import Converter
import ConverterEvents
import InterchainEvents
import InterchainTesting
import ModuleKit
import ModuleTesting
import Testing

@Suite("Genesis")
struct GenesisTests {
    /// A chain in whose state there is something of everything.
    private func lively() throws -> ConsumerChain {
        let chain = try ConsumerChain.paired(["versions": ["minimum": "0.11.0", "maximum": "1.0.0"]])
        for user in ["osmo1alice", "osmo1bob", "osmo1carol"] { try chain.stake("10", by: user) }
        try chain.stake("5", at: 2)
        try chain.burn("3", at: 1)
        try chain.jail(3)
        try chain.setCap(0)
        let packets = try chain.harness.nextBlock().sentPackets
        try chain.acknowledge(packets[0], #"{"error":"no"}"#)
        try chain.timeOut(packets[1])
        try chain.setCap(100)
        try chain.stake("9", by: "osmo1dave")
        try chain.setClientFrozen(true)
        try chain.jail(2)
        try chain.harness.nextBlock()
        return chain
    }

    /// Interchain's channel, as the stand-in takes it over.
    private func switchboard(of chain: ConsumerChain) throws -> JSONValue {
        let port = try chain.port
        let query = InterchainQuery.with {
            $0.channel.portID = port
            $0.channel.channelID = "channel-0"
        }
        let kept = try chain.harness.query(query, of: Switchboard.self).channel
        return [SwitchboardChannel(kept).json]
    }

    @Test("What is exported and imported again is the same")
    func roundTrip() throws {
        let chain = try lively()
        let exported = try chain.harness.exportGenesis()
        let section = try exported["converter"].required()
        let copy = try ConsumerChain(
            sections: [("switchboard", try switchboard(of: chain)), ("converter", section)],
            validatorCount: 0
        )
        #expect(try copy.harness.exportGenesis() == exported)
        #expect(try copy.pledge("osmo1dave", at: 1) == "9")
        #expect(try copy.notices == chain.notices)
        #expect(try section["records"].array().count > 10)
    }

    @Test("Without the channel at Interchain, all of it is reported as lost")
    func lost() throws {
        let section = try lively().harness.exportGenesis()["converter"].required()
        let error = #expect(throws: HarnessError.self) { try ConsumerChain(sections: [("converter", section)]) }
        #expect("\(try #require(error))".contains("Interchain has no such channel"))
    }

    @Test(
        "Records that contradict each other, or say nothing, are refused",
        arguments: [
            #"{"pledge":{"validator":"x","delegator":"a","amount":"1"}}"#, #"{}"#, #"7"#,
            #"{"pledge":{"validator":"VALIDATOR","delegator":"a","amount":"1"}}"#,
            #"{"validator_pledge":{"validator":"VALIDATOR","amount":"1","unattributed":"0"}}"#,
            #"{"channel":{"channel_id":"channel-1","version":"1.0.0"}}"#,
            #"{"notice":{"sequence":"99","notice":{"attempts":1}}}"#, #"{"price":{"price":"x"}}"#,
        ]
    )
    func contradictions(record: String) throws {
        let chain = try ConsumerChain.paired()
        let section = try chain.harness.exportGenesis()["converter"]
        let text = record.replacing("VALIDATOR", with: chain.validator(1))
        let records = try section["records"].array().map { try $0.required() } + [try JSONValue(parsing: text)]
        let switchboard = try switchboard(of: chain)
        #expect(throws: HarnessError.self) {
            try ConsumerChain(sections: [("switchboard", switchboard), ("converter", ["records": .array(records)])])
        }
    }
}

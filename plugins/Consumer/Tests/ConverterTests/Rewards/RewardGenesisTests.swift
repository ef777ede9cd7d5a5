import Converter
import ConverterEvents
import IBC
import InterchainEvents
import InterchainTesting
import ModuleKit
import ModuleTesting
import Testing

@Suite("Genesis of rewards")
struct RewardGenesisTests {
    /// A chain that has something of everything: held and paid, waiting, arrived, suspended, and batches of each stage.
    private func lively() throws -> RewardChain {
        let scene = try RewardChain(RewardChain.route("held"))
        try scene.collect(50, at: 1)
        try scene.chain.acknowledge(try scene.nextPacket())
        try scene.pay("8", to: scene.text(.named("alice")), 1)
        try scene.pay("8", to: "nobody", 2)
        try scene.collect(3, at: 3)
        try scene.refuse(try scene.nextPacket())
        try scene.collect(20, at: 1)
        try scene.collect(21, at: 2)
        try scene.refuse(try scene.nextPacket())
        _ = try scene.next(after: .seconds(50))
        _ = try scene.next(after: .seconds(11))
        let halves = try scene.next()
        try scene.refuse(halves[0])
        try scene.collect(9, at: 2)
        return scene
    }

    /// A chain that begins with what another one has exported, or with another section in its place.
    private func copy(of scene: RewardChain, _ changed: JSONValue? = nil) throws -> RewardChain {
        let section = try changed ?? scene.harness.exportGenesis()["converter"].required()
        let port = try scene.chain.port
        let query = InterchainQuery.with {
            $0.channel.portID = port
            $0.channel.channelID = "channel-0"
        }
        let channel = SwitchboardChannel(try scene.harness.query(query, of: Switchboard.self).channel)
        return try RewardChain(
            RewardChain.route("held"),
            sections: [("switchboard", [channel.json]), ("converter", section)],
            isOpen: false
        )
    }

    @Test("What is exported and imported again is the same")
    func roundTrip() throws {
        let scene = try lively()
        let exported = try scene.harness.exportGenesis()
        let copy = try copy(of: scene)
        #expect(try copy.harness.exportGenesis() == exported)
        #expect(try copy.rewards == scene.rewards && copy.batches == scene.batches)
        #expect(try !copy.batches.isEmpty && copy.rewards(at: 3)?.suspension.refusals == 1)
        // Numbers stay decided.
        #expect(try copy.pay("8", to: copy.text(.named("bob")), 1) == .done)
        #expect(try copy.pay("8", to: copy.text(.named("bob")), 2).isRefused("no account here"))
        #expect(try copy.totals.paid == "8")
    }

    @Test("Numbers that were forgotten stay refused")
    func forgotten() throws {
        let scene = try RewardChain(RewardChain.route("held"))
        try scene.collect(50, at: 1)
        try scene.chain.acknowledge(try scene.nextPacket())
        let alice = scene.text(.named("alice"))
        #expect(try scene.pay("1", to: alice, 7) == .done)
        try scene.next(after: .days(61))
        #expect(try scene.pay("1", to: alice, 8) == .done)
        let copy = try copy(of: scene)
        #expect(try copy.pay("1", to: alice, 7).isRefused("take a new number"))
        #expect(try copy.totals.paid == "2")
    }

    @Test(
        "Records that contradict each other are refused",
        arguments: [
            #"{"reward_totals":{"denom":"stake","collected":"1"}}"#,
            #"{"validator_rewards":{"validator":"VALIDATOR","waiting":"7","arrived":"0"}}"#,
            #"{"batch":{"id":"9","place":"REWARD_PLACE_HERE","stage":"BATCH_STAGE_WAITING","amount":"1"}}"#,
            #"{"payment":{"transaction":"1","payment":{}}}"#, #"{"batch_progress":{"last_id":"1"}}"#,
        ]
    )
    func contradictions(record: String) throws {
        let scene = try lively()
        let section = try scene.harness.exportGenesis()["converter"]
        let added = try JSONValue(parsing: record.replacing("VALIDATOR", with: scene.validator(2)))
        let records = try section["records"].array().map { try $0.required() } + [added]
        #expect(throws: HarnessError.self) { try copy(of: scene, ["records": .array(records)]) }
    }

    @Test("A batch whose number was not given away yet is refused: the next new one would be there twice")
    func numbers() throws {
        let scene = try lively()
        let text = try scene.harness.exportGenesis()["converter"].required().text()
        let last = try #require(try scene.batches.map(\.id).max())
        let (old, new) = (#""last_id":"\#(last)""#, #""last_id":"\#(last - 1)""#)
        #expect(text.contains(old))
        #expect(throws: HarnessError.self) {
            try copy(of: scene, try JSONValue(parsing: text.replacing(old, with: new)))
        }
    }
}

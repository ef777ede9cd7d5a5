import ModuleKit
import ModuleTesting
import StakingTesting
import Testing
import VirtualStaking
import VirtualStakingEvents

@Suite("Settings, questions and genesis")
struct SettingsTests {
    @Test(
        "A configuration that can't be is refused",
        arguments: [
            "{}", #"{"converter":""}"#, #"{"converter":"c","epoch":0}"#, #"{"converter":"c","epoch":1000001}"#,
            #"{"converter":"c","epoch":"x"}"#, #"{"converter":"c","curve":1}"#, #"{"converter":7}"#,
        ]
    )
    func refused(text: String) throws {
        let error = #expect(throws: HarnessError.self) {
            let harness = try ModuleHarness(
                VirtualStaking(),
                neighbours: [StandInStaking()],
                options: HarnessOptions { $0.configuration = (try? JSONValue(parsing: text)) ?? .null }
            )
            try harness.nextBlock()
        }
        #expect(error?.code == .givenFailed)
    }

    @Test(
        "The settings are as told, with an epoch of 100 blocks where none is named, at an offset by the instance's number"
    )
    func settings() throws {
        let harness = try ModuleHarness(
            VirtualStaking(),
            neighbours: [StandInStaking()],
            options: HarnessOptions { $0.configuration = ["converter": "converter"] }
        )
        try harness.nextBlock()
        let settings = try harness.query(.with { $0.settings = .init() }).settings
        #expect(settings.epochBlocks == 100 && settings.epochOffset == 1 && settings.converter == "converter")
        #expect(settings.moduleAccount == "virtual-staking:1" && settings.staking == 2)
    }

    @Test("The converter is for good once the instance is authorised; the length of an epoch can change")
    func reconfigured() throws {
        let chain = try StakeChain(validators: [1000])
        try chain.configure(["converter": "another"]).thenSucceeded()
        try chain.configure(["converter": "converter"]).thenSucceeded()
        try chain.grant(100)
        try chain.configure(["converter": "another"]).thenFailed(.virtualStakingSettingNotAllowed)
        try chain.configure(["epoch": .number(JSONNumber(7 as UInt64))]).thenSucceeded()
        let settings = try chain.harness.query(.with { $0.settings = .init() }).settings
        #expect(settings.epochBlocks == 7 && settings.epochOffset == 1 && settings.converter == "converter")
        try chain.configure(["epoch": .number(JSONNumber(7 as UInt64))]).thenEmittedNothing()
    }

    @Test("Without native staking there is nothing to bond with")
    func noStaking() throws {
        let error = #expect(throws: HarnessError.self) {
            let harness = try ModuleHarness(
                VirtualStaking(),
                options: HarnessOptions { $0.configuration = ["converter": "converter"] }
            )
            try harness.nextBlock()
        }
        #expect((error?.cause as? ModuleError)?.code == .noNativeStaking)
    }

    @Test("Stakes are told in pages, in the order of addresses")
    func pages() throws {
        let chain = try StakeChain(validators: [1000, 1000, 1000], cap: 10_000)
        try chain.pledge([500, 400, 300])
        try chain.nextEpoch()
        let first = try chain.harness.query(.with { $0.stakes.limit = 2 }).stakes
        #expect(first.stakes.map(\.minted) == ["500", "400"])
        #expect(first.next == Account.validators[2].operatorText)
        let rest = try chain.harness.query(.with { $0.stakes.start = first.next }).stakes
        #expect(rest.stakes.map(\.minted) == ["300"] && rest.next.isEmpty)
        let one = try chain.harness.query(.with { $0.stake.validator = Account.validators[1].operatorText }).stake
        #expect(one.minted == "400" && one.owed == "0")
        #expect(throws: ModuleError.self) { try chain.harness.query(VirtualStakingQuery()) }
    }

    @Test("What is exported, with native staking and the bank, imports to the same state")
    func genesis() throws {
        let chain = try StakeChain(validators: [1000, 1000], cap: 600)
        try chain.pledge([500, 400])
        try chain.nextEpoch()
        try chain.next()
        let exported = try chain.exportAll()
        let copy = try StakeChain(importing: exported, pledges: [500, 400])
        // The first block of the copy has an epoch, which finds everything in place.
        #expect(try copy.minted(2) == [333, 266])
        let (before, after) = (try chain.totals(), try copy.totals())
        #expect(before.minted == after.minted && before.cap == after.cap && after.lastEpochHeight == 1)
        #expect(try chain.supply().offset == copy.supply().offset)
        try copy.check()
        try copy.next()
        #expect(try copy.harness.when(granting: .mintVirtualStake, cap: .zero).events.moves == ["-333", "-266"])
    }

    private static let validator = Account.validators[0].operatorText

    @Test(
        "A genesis that contradicts itself is refused",
        arguments: [
            (#"{"cap":"5","is_closed":false,"last_epoch_height":"0"}"#, "stakes"),
            (#"{"cap":"5","is_closed":false,"last_epoch_height":"0","stakes":[],"curve":1}"#, "curve"),
            (#"{"cap":"5","is_closed":false,"last_epoch_height":"0","stakes":[S]}"#, "above the cap"),
            (#"{"cap":"50","is_closed":false,"last_epoch_height":"0","stakes":[S,S]}"#, "twice"),
            (#"{"cap":"50","is_closed":false,"last_epoch_height":"0","stakes":[Z]}"#, "0 is bonded"),
        ]
    )
    func contradictions(text: String, expected: String) throws {
        let stake = #"{"validator":"\#(Self.validator)","minted":"9","owed":"0"}"#
        let nothing = #"{"validator":"\#(Self.validator)","minted":"0","owed":"0"}"#
        let json = text.replacing("S", with: stake).replacing("Z", with: nothing)
        let section = try JSONValue(parsing: json)
        let error = #expect(throws: HarnessError.self) { try imported(section) }
        #expect(error?.description.contains(expected) == true, "\(String(describing: error))")
    }

    private func imported(_ section: JSONValue) throws -> ModuleHarness<VirtualStaking> {
        let harness = try ModuleHarness(
            VirtualStaking(),
            neighbours: [StandInStaking()],
            options: HarnessOptions { $0.configuration = ["converter": "converter"] }
        )
        try harness.given(.genesis(appState: ["virtual-staking:1": section]))
        try harness.nextBlock()
        return harness
    }
}

/// Has the name of native staking, and nothing else.
private struct StandInStaking: ProtocolModule {
    typealias Message = NoVocabulary
    typealias Event = MagistrateEvent
    typealias Query = NoVocabulary

    static let manifest = Manifest(name: "staking", version: "1.0.0")

    func handle(_ message: NoVocabulary, _ context: Context) throws(ModuleError) {
        throw ModuleError(.unknownMessage, "the stand-in takes no messages")
    }

    func apply(_ event: MagistrateEvent, to state: StateWriter) throws(ModuleError) {}
}

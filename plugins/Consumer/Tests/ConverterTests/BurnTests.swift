import Converter
import ConverterEvents
import IBC
import ModuleKit
import ModuleTesting
import Testing

@testable import Converter

@Suite("Burns")
struct BurnTests {
    @Test("A burn that names its delegator lowers his pledge, and never fails")
    func attributed() throws {
        let chain = try ConsumerChain.paired()
        try chain.stake("10", by: "osmo1alice")
        try chain.stake("10", by: "osmo1bob")
        #expect(try chain.burn("4", of: "osmo1alice", at: 1) == .done)
        #expect(try chain.pledge("osmo1alice", at: 1) == "6")
        #expect(try chain.burn("100", of: "osmo1alice", at: 1) == .done)
        #expect(try chain.pledge("osmo1alice", at: 1) == "0")
        #expect(try chain.pledge("osmo1bob", at: 1) == "10")
        #expect(try chain.pledged(1) == "10")
        #expect(try chain.burn("1", of: "osmo1nobody", at: 1, 2, 9) == .done)
        #expect(try chain.burn("0", of: "osmo1bob", at: 1) == .done)
        #expect(try chain.pledged(1) == "10")
        #expect(try chain.burn("1", at: 1, denom: "uatom").isRefused("this pairing is about uosmo"))
    }

    @Test("A burn goes through for a tombstoned validator, without a price, and when virtual staking fails")
    func always() throws {
        let chain = try ConsumerChain.paired()
        try chain.stake("10")
        try chain.tombstone(1)
        try chain.setPrice("0")
        try chain.harness.nextBlock()
        try chain.makeVirtualStakingFail()
        #expect(try chain.burn("4", of: "osmo1alice", at: 1) == .done)
        #expect(try chain.pledged(1) == "6")
    }

    @Test("A burn that names nobody lowers the validator's pledge, and the difference is kept")
    func unattributed() throws {
        let chain = try ConsumerChain.paired(
            ["versions": ["minimum": "0.11.0", "maximum": "1.0.0"]],
            version: "0.11.0"
        )
        try chain.stake("10", by: "osmo1alice")
        try chain.stake("10", by: "osmo1bob")
        #expect(try chain.burn("5", at: 1) == .done)
        #expect(try chain.pledged(1) == "15")
        #expect(try chain.pledge("osmo1alice", at: 1) == "10")
        let pledge = try chain.harness.query(.with { $0.validatorPledges = .init() }).validatorPledges.pledges.first
        #expect(pledge?.unattributed == "5")
        // The provider's record of alice is 5 now, and she asks for no more.
        #expect(try chain.unstake("5", by: "osmo1alice") == .done)
        #expect(try chain.unstake("10", by: "osmo1bob") == .done)
        #expect(try chain.pledged(1) == "0")
        #expect(try chain.unstake("5", by: "osmo1alice").isRefused("0uosmo of this delegator"))
        #expect(try chain.burn("5", of: "osmo1alice", at: 1) != .done, "0.11.0 knows no such member")
        try chain.harness.nextBlock()
    }

    @Test(
        "A burn over several validators is split evenly; what one lacks comes from the first that has it",
        arguments: [
            ([10, 10, 10], 9, [3, 3, 3]), ([10, 10, 10], 10, [4, 3, 3]), ([1, 10, 10], 9, [1, 5, 3]),
            ([0, 0, 5], 9, [0, 0, 5]), ([3, 0, 1], 2, [2, 0, 0]), ([], 5, []),
        ] as [([UInt64], UInt64, [UInt64])]
    )
    func split(available: [UInt64], amount: UInt64, parts: [UInt64]) {
        let found = EvenSplit.parts(of: Amount(UInt128(amount)), among: available.map { Amount(UInt128($0)) })
        #expect(found == parts.map { Amount(UInt128($0)) })
    }

    @Test("A split takes all of the amount, or all that there is, and from nobody more than he has")
    func splits() throws {
        var random = try SplitMix64.seeded()
        for _ in 0..<2000 {
            let available = (0..<Int.random(in: 0...6, using: &random)).map { _ in
                Amount(UInt128(UInt64.random(in: 0...20, using: &random)))
            }
            let amount = Amount(UInt128(UInt64.random(in: 0...80, using: &random)))
            let parts = EvenSplit.parts(of: amount, among: available)
            let sum = parts.reduce(Amount.zero) { $0.saturatingAdding($1) }
            #expect(sum == min(amount, available.reduce(Amount.zero) { $0.saturatingAdding($1) }))
            #expect(zip(parts, available).allSatisfy { $0 <= $1 })
        }
    }
}

import ConverterEvents
import ModuleKit
import ModuleTesting
import Testing

@testable import Converter

@Suite("Targets")
struct TargetTests {
    /// Facts of the transcripts `discount`, `price_change`, `zero_max_cap` and `over_cap_rebalance` of the deployed
    /// contracts (mesh-security 44c6e65b): what each single stake asked for.
    static let facts: [(pledged: UInt64, price: String, discount: String, native: UInt64)] = [
        (1, "1.1", "0.3", 0), (2, "1.1", "0.3", 1), (3, "1.1", "0.3", 2), (10, "1.1", "0.3", 7),
        (999_999, "1.1", "0.3", 769_998), (1_000_001, "1.1", "0.3", 770_000), (500_000, "1.1", "0.3", 385_000),
        (1000, "1", "0", 1000), (400, "0.5", "0", 200), (401, "2", "0", 802),
        (1000, "0.333333333333333333", "0", 333), (2, "0.333333333333333333", "0", 0), (100, "0", "0", 0),
        (50_000_000, "0.5", "0.1", 22_500_000), (20_000_000, "0.5", "0.1", 9_000_000),
    ]

    @Test("Price and discount round down one after the other, as in the reference", arguments: facts)
    func rounding(fact: (pledged: UInt64, price: String, discount: String, native: UInt64)) throws {
        let conversion = Conversion(price: try Decimal18(fact.price), discount: try Decimal18(fact.discount))
        #expect(try conversion.native(Amount(UInt128(fact.pledged))) == Amount(UInt128(fact.native)))
    }

    @Test("A target that no amount can hold is the largest one, of which any number adds up")
    func saturation() throws {
        let conversion = Conversion(price: try Decimal18("1000000"), discount: .zero)
        #expect(try conversion.native(.max) == Conversion.nativeMax)
        #expect(Conversion.nativeMax.units == UInt128(1) << 112 - 1)
    }

    @Test("Targets follow the price of the block, for all pledges alike; none is zero, and they stand in order")
    func follow() throws {
        let chain = try ConsumerChain.paired()
        for number in 1...3 { try chain.stake(String(number * 100), at: number) }
        #expect(try chain.targets.targets.map(\.amount).sorted() == ["100", "200", "300"])
        #expect(try chain.targets.isPriceFresh)
        let order = try chain.targets.targets.map { try Address(bech32: $0.validator) }
        #expect(order == order.sorted())
        try chain.setPrice("0.009")
        #expect(try chain.target(3) == "300", "the price of a block is the one at its beginning")
        try chain.harness.nextBlock()
        #expect(try [chain.target(1), chain.target(2), chain.target(3)] == ["0", "1", "2"])
        #expect(try chain.targets.targets.count == 2)
        try chain.setPrice("0")
        try chain.harness.nextBlock()
        #expect(try chain.targets.targets.isEmpty)
        #expect(try !chain.targets.isPriceFresh)
    }

    @Test("A stale price is told as such")
    func stale() throws {
        let chain = try ConsumerChain.paired()
        try chain.stake("100")
        try chain.harness.nextBlock(after: .hours(2))
        #expect(try chain.target(1) == "100")
        #expect(try !chain.targets.isPriceFresh)
    }
}

import CometBFT
import CometBFTTesting
import Testing

@Suite("Validator sets")
struct ValidatorSetTests {
    private func key(_ number: UInt8) throws -> ValidatorKey {
        try ValidatorKey([UInt8](repeating: number, count: 32))
    }

    private func code(_ body: () throws -> some Sendable) -> CometBFTError.Code? {
        #expect(throws: CometBFTError.self) { try body() }?.code
    }

    @Test("Validators are ordered by power, the largest first, then by address")
    func order() throws {
        let validators = try (1...20).map { try Validator(key: key($0), power: Int64($0 % 3) + 1) }
        let set = try ValidatorSet(validators)
        for (left, right) in zip(set.validators, set.validators.dropFirst()) {
            #expect(left.power > right.power || (left.power == right.power && left.address < right.address))
        }
        #expect(try ValidatorSet(validators.reversed()) == set)
        #expect(try ValidatorSet(ordered: set.validators) == set)
        #expect(code { try ValidatorSet(ordered: set.validators.reversed()) } == .notCanonical)
    }

    @Test("Every validator is found at its address, and nobody else")
    func lookup() throws {
        let set = try Samples(count: 50).validators
        for (index, validator) in set.validators.enumerated() {
            let found = try #require(set.validator(at: validator.address))
            #expect(found.index == index)
            #expect(found.validator == validator)
        }
        #expect(set.validator(at: try key(200).address) == nil)
    }

    @Test("Empty, oversized and overpowered sets and repeated validators are refused")
    func refused() throws {
        let one = try Validator(key: key(1), power: 1)
        #expect(code { try ValidatorSet([]) } == .outOfRange)
        #expect(code { try ValidatorSet([one, Validator(key: self.key(1), power: 2)]) } == .duplicateValidator)
        #expect(code { try Validator(key: self.key(1), power: 0) } == .outOfRange)
        #expect(code { try Validator(key: self.key(1), power: -1) } == .outOfRange)
        #expect(code { try Validator(key: self.key(1), power: .max / 8 + 1) } == .outOfRange)
        let heavy = try Validator(key: key(2), power: .max / 8)
        #expect(try ValidatorSet([heavy]).totalPower == .max / 8)
        #expect(code { try ValidatorSet([heavy, one]) } == .outOfRange)
        #expect(code { try ValidatorSet([one], proposer: heavy) } == .unknownValidator)
        let many = [Validator](repeating: one, count: ValidatorSet.maximumCount + 1)
        #expect(code { try ValidatorSet(many) } == .outOfRange)
    }

    @Test("Changes set powers, add and remove validators, and keep the order")
    func updates() throws {
        let set = try ValidatorSet((1...3).map { try Validator(key: key($0), power: 10) })
        let changed = try set.applying([
            ValidatorUpdate(key: key(1), power: 0),
            ValidatorUpdate(key: key(2), power: 99),
            ValidatorUpdate(key: key(9), power: 5),
        ])
        #expect(changed.validators.map(\.key) == [try key(2), try key(3), try key(9)])
        #expect(changed.validators.map(\.power) == [99, 10, 5])
        #expect(changed.totalPower == 114)
        #expect(try set.applying([]).hash == set.hash)
        #expect(changed.hash != set.hash)
    }

    @Test("A removal of a stranger, of everybody, or a second change of one validator is refused")
    func refusedUpdates() throws {
        let set = try ValidatorSet([Validator(key: key(1), power: 10)])
        let removal = try ValidatorUpdate(key: key(1), power: 0)
        #expect(code { try set.applying([ValidatorUpdate(key: self.key(2), power: 0)]) } == .unknownValidator)
        #expect(code { try set.applying([removal]) } == .outOfRange)
        #expect(code { try set.applying([removal, removal]) } == .duplicateValidator)
        #expect(code { try ValidatorUpdate(key: self.key(1), power: -1) } == .outOfRange)
    }

    @Test("Random changes give the same set as building it anew")
    func randomUpdates() throws {
        let seed: UInt64 = 0x5e7_0001
        var generator = SeededGenerator(seed: seed)
        var powers: [Int64] = [7] + [Int64](repeating: 0, count: 11)
        var set = try ValidatorSet([Validator(key: key(0), power: 7)])
        for step in 0..<200 {
            let index = Int.random(in: 1..<12, using: &generator)
            let power = Int64.random(in: 0...3, using: &generator)
            if power == 0 && powers[index] == 0 { continue }
            powers[index] = power
            set = try set.applying([ValidatorUpdate(key: key(UInt8(index)), power: power)])
            let rebuilt = try ValidatorSet(
                powers.enumerated().filter { $0.element > 0 }.map { index, power in
                    try Validator(key: key(UInt8(index)), power: power)
                }
            )
            #expect(set == rebuilt, "seed \(seed), step \(step)")
        }
    }

    @Test("Pages make one set, and missing, repeated or foreign pages are refused")
    func pages() throws {
        let set = try Samples(count: 5).validators
        let whole = ValidatorsPage(height: 7, set: set)
        func page(_ range: Range<Int>, height: String = "7", total: String = "5") throws -> ValidatorsPage {
            try ValidatorsPage(
                rpc: whole.rpc
                    .replacing("validators", with: .array(Array(whole.rpc["validators"].elements[range])))
                    .replacing("count", with: .string(String(range.count)))
                    .replacing("total", with: .string(total))
                    .replacing("block_height", with: .string(height))
            )
        }
        #expect(try ValidatorSet(pages: [page(0..<2), page(2..<5)]) == set)
        #expect(try ValidatorSet(pages: [page(2..<5), page(0..<2)]) == set)
        #expect(code { try ValidatorSet(pages: []) } == .missing)
        #expect(code { try ValidatorSet(pages: [page(0..<2)]) } == .missing)
        #expect(code { try ValidatorSet(pages: [page(0..<3), page(2..<4)]) } == .duplicateValidator)
        #expect(code { try ValidatorSet(pages: [page(0..<2), page(2..<5, height: "8")]) } == .inconsistent)
        #expect(code { try page(0..<2, total: "1") } == .outOfRange)
    }
}

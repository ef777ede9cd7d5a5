import ModuleKit
import ModuleTesting
import Testing

@testable import LocalStaking

@Suite("Sharing a cut")
struct StakeAccountTests {
    private static func validator(_ number: Int) -> Address { Address(moduleName: "validator \(number)") }

    private func amounts(_ random: inout SplitMix64) -> Amount {
        Amount(UInt128([0, 1, 2, 1_000, 1_000_000][Int(random.next() % 5)]) * UInt128(random.next() % 1_000))
    }

    @Test("takes the exact amount, of each validator its proportional part within one unit, staked before all else")
    func sharesExactly() throws {
        var random = try SplitMix64.seeded()
        for _ in 0..<300 {
            var stakes: [StakeAccount.Stake] = []
            for number in 0..<Int(1 + random.next() % 8) {
                var stake = StakeAccount.Stake(validator: Self.validator(number))
                stake.staked = amounts(&random)
                stake.unbonding = amounts(&random)
                stake.returned = amounts(&random)
                stakes.append(stake)
            }
            let account = StakeAccount(stakes)
            let total = account.lien
            let cut = Amount(UInt128(random.next()) % (total.units + 2))
            let parts = try account.parts(ofCut: cut, first: nil)
            var after = account
            for part in parts {
                let stake = account.stake(at: part.validator)
                let taken = part.staked.units + part.returned.units + part.unbonding.units
                let exact = try stake.lien.multiplied(by: min(cut, total), over: total, rounding: .floor).units
                #expect(taken == exact || taken == exact + 1)
                #expect(part.returned.isZero || part.staked == stake.staked)
                #expect(part.unbonding.isZero || part.returned == stake.returned)
                try after.cut(part)
            }
            #expect(after.lien == total.saturatingSubtracting(cut))
            let forfeit = parts.reduce(UInt128(0)) { $0 + $1.staked.units + $1.unbonding.units }
            #expect(after.sum(\.forfeit).units == forfeit)
            #expect(
                try StakeAccount(
                    stored: { () throws -> [UInt8] in
                        var bytes: [UInt8] = []
                        try after.encode(into: &bytes)
                        return bytes
                    }()
                ) == after
            )
        }
    }

    @Test("gives what rounding leaves to the largest, among equals to the lowest address")
    func roundsToLargest() throws {
        #expect(try StakeAccount.shares(of: 2, among: [1, 1, 1]) == [1, 1, 0])
        #expect(try StakeAccount.shares(of: 10, among: [10, 30, 20]) == [1, 6, 3])
        #expect(try StakeAccount.shares(of: 1, among: [3, 5]) == [0, 1])
        #expect(try StakeAccount.shares(of: 0, among: [3, 5]) == [0, 0])
        #expect(try StakeAccount.shares(of: 8, among: [3, 5]) == [3, 5])
        #expect(try StakeAccount.shares(of: 5, among: []) == [])
        let huge = Amount.max
        #expect(try StakeAccount.shares(of: huge, among: [0, huge]) == [0, huge])
        #expect(throws: ModuleError.self) { try StakeAccount.shares(of: 1, among: [huge, 1]) }
    }

    @Test("takes from the slashed validator first, and from the others only what it does not have")
    func takesFromSlashedFirst() throws {
        var first = StakeAccount.Stake(validator: Self.validator(0))
        first.staked = 10
        first.unbonding = 5
        var second = StakeAccount.Stake(validator: Self.validator(1))
        second.staked = 100
        let account = StakeAccount([first, second])
        let small = try account.parts(ofCut: 8, first: first.validator)
        #expect(small == [.init(validator: first.validator, staked: 8, returned: 0, unbonding: 0)])
        let large = try account.parts(ofCut: 40, first: first.validator)
        #expect(
            large == [
                .init(validator: first.validator, staked: 10, returned: 0, unbonding: 5),
                .init(validator: second.validator, staked: 25, returned: 0, unbonding: 0),
            ]
        )
        let unknown = try account.parts(ofCut: 23, first: Self.validator(7))
        #expect(unknown.reduce(UInt128(0)) { $0 + $1.staked.units + $1.unbonding.units } == 23)
    }

    @Test("refuses to take more than there is, and changes nothing then")
    func refusesTooMuch() throws {
        var stake = StakeAccount.Stake(validator: Self.validator(0))
        stake.staked = 10
        var account = StakeAccount([stake])
        let before = account
        #expect(throws: ModuleError.self) { try account.unbond(11, from: stake.validator, isForfeit: false) }
        #expect(throws: ModuleError.self) { try account.receiveLeaving(1, from: stake.validator) }
        #expect(throws: ModuleError.self) { try account.receiveUnbonding(1, from: stake.validator, forfeit: 2) }
        #expect(account == before)
        #expect(throws: ModuleError.self) { try StakeAccount(stored: [0xFF]) }
    }
}

@Suite("What a slash takes of a stake")
struct LossTests {
    @Test("is what is missing, of delegation and unbonding apart, and the user's own before what is forfeit")
    func loss() throws {
        var stake = StakeAccount.Stake(validator: .named("validator"))
        (stake.staked, stake.leaving, stake.unbonding, stake.forfeit, stake.returned) = (90, 10, 40, 30, 5)
        #expect((stake.delegated, stake.entries) == (100, 60))
        let small = stake.loss(worth: 85, unbonding: 45)
        #expect([small.staked, small.leaving, small.unbonding, small.forfeit] == [15, 0, 15, 0])
        let large = stake.loss(worth: 4, unbonding: 12)
        #expect([large.staked, large.leaving, large.unbonding, large.forfeit] == [90, 6, 40, 8])
        #expect(stake.loss(worth: 101, unbonding: 60).isEmpty)
        var account = StakeAccount([stake])
        try account.lose(large)
        let left = account.stake(at: stake.validator)
        #expect([left.staked, left.leaving, left.unbonding, left.forfeit, left.returned] == [0, 4, 0, 16, 5])
    }
}

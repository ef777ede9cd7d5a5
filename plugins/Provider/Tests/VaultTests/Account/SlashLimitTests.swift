import ModuleKit
import ModuleTesting
import Testing

@testable import Vault

@Suite("How much may be slashed")
struct SlashLimitTests {
    let period = TimeSpan.days(21)

    @Test("What a holder asks for beyond the slashable part is not lost, and the lien gives way by it")
    func excess() throws {
        var account = try VaultAccount(200, [.remote(2, 10, 150)])
        let suffered = account.suffer(40, of: 2)
        let slash = try #require(suffered)
        #expect(slash.amount == 15)
        #expect(slash.excess == 25)
        #expect(account.collateral == 185)
        #expect(account.sizes == [110])
        #expect(account.unburned == 15)
    }

    @Test("A second slash within the period gets what the first left over, and a later one starts anew")
    func withinPeriod() throws {
        var account = try VaultAccount(1_000, [.remote(2, 50, 400)])
        let first = account.suffer(150, of: 2)
        #expect(first?.amount == 150)
        let day = UInt64(86_400_000_000_000)
        let second = account.suffer(100, of: 2, at: Timestamp(nanoseconds: 20 * day))
        #expect(second?.amount == 50)
        let third = account.suffer(10, of: 2, at: Timestamp(nanoseconds: 20 * day))
        #expect(third?.amount == 0)
        // 140 are left of the lien, 110 have left it since day 20, of which 50 were slashed.
        let fourth = account.suffer(80, of: 2, at: Timestamp(nanoseconds: 21 * day))
        #expect(fourth?.amount == 70)
        #expect(account.faults == [])
    }

    @Test("The slash of a holder that has no lien means nothing")
    func stranger() throws {
        let account = try VaultAccount(200, [.remote(2, 10, 150)])
        #expect(account.slash(5, of: 3, at: .epoch, over: period) == nil)
    }

    @Test("Coins that a local holder lost are lost, however many")
    func local() throws {
        var account = try VaultAccount(200, [.local(10, 150), .remote(2, 10, 200)])
        let first = account.suffer(100, of: 1)
        #expect(first?.amount == 100)
        #expect(account.collateral == 100)
        #expect(account.sizes == [50, 100])
        #expect(account.unburned == .zero)
        let second = account.suffer(100, of: 1)
        #expect(second?.amount == 50)
        #expect(account.sizes == [50])
        #expect(account.faults == [])
    }

    @Test("Coins that a cut took of a local lien, and that are lost with its holder, go off the collateral and no lien")
    func lostForfeit() throws {
        var account = try VaultAccount(200, [.local(10, 150), .remote(2, 50, 200)])
        _ = account.suffer(80, of: 2)
        // The local lien was cut by 30: its holder has these coins still. 50 of the 80 were in the vault.
        #expect(account.sizes == [120, 120])
        try account.burn(account.burnable)
        #expect(account.unburned == 30)
        let slash = try #require(account.slash(10, forfeit: 40, of: 1, at: .epoch, over: period))
        #expect((slash.amount, slash.forfeit) == (10, 40))
        account.apply(slash, at: .epoch, over: period)
        #expect(account.collateral == 70)
        #expect(account.sizes == [70, 70])
        #expect(account.lent == 100)
        #expect(account.unburned == 30)
        #expect(account.faults == [])
        // No more than the holder has can be lost, and only what is lost beyond the collateral need not be destroyed.
        let rest = try #require(account.slash(60, forfeit: 90, of: 1, at: .epoch, over: period))
        #expect((rest.amount, rest.forfeit) == (60, 40))
        account.apply(rest, at: .epoch, over: period)
        #expect(account.isEmpty)
    }

    @Test("Coins that were to be destroyed, and that a local holder loses first, need not be destroyed any more")
    func lostBeforeBurned() throws {
        var account = try VaultAccount(200, [.local(10, 200), .remote(2, 10, 200)])
        let first = account.suffer(20, of: 2)
        #expect(first?.amount == 20)
        #expect(account.unburned == 20)
        #expect(account.burnable == .zero)
        let second = account.suffer(200, of: 1)
        #expect(second?.amount == 200)
        #expect(account.isEmpty)
    }

    @Test("Within one period never more is slashed than the slashable part of all that was ever in the lien")
    func bounded() throws {
        var random = try SplitMix64.seeded()
        for _ in 0..<300 {
            let fraction = random.fraction()
            var account = VaultAccount(collateral: 1_000_000)
            var taken = Amount.zero
            var slashed = Amount.zero
            for step in 0..<40 {
                let time = Timestamp(nanoseconds: UInt64(step) * 1_000_000_000)
                let amount = random.amount(upTo: 30_000)
                switch random.next() % 4 {
                case 0:
                    try account.take(amount, by: 2, for: .remote, slashable: fraction)
                    taken = try taken.adding(amount)
                    account.change(lienOf: 2) { _ = $0.commit(upTo: .max) }
                case 1:
                    account.change(lienOf: 2) { lien in
                        let released = lien.release(upTo: amount)
                        lien.noteOutflow(released, at: time, over: period)
                    }
                default: slashed = try slashed.adding(account.suffer(amount, of: 2, at: time)?.amount ?? .zero)
                }
                #expect(slashed <= taken.part(fraction))
                #expect(account.faults == [])
            }
        }
    }

    /// A holder's own records: stakes of one user with several validators.
    private struct Stakes {
        var amounts: [Amount]
        var isSlashed: [Bool]
    }

    @Test("A holder that slashes each stake once, by no more than the fraction, is never held back")
    func honest() throws {
        var random = try SplitMix64.seeded()
        for _ in 0..<300 {
            let fraction = Decimal18.percent(random.next() % 101)
            var stakes = Stakes(amounts: (0..<12).map { _ in random.amount(upTo: 5_000) }, isSlashed: [])
            stakes.isSlashed = stakes.amounts.map { _ in false }
            let total = stakes.amounts.reduce(Amount.zero) { $0.saturatingAdding($1) }
            var account = VaultAccount(collateral: 100_000)
            try account.take(total, by: 2, for: .remote, slashable: fraction)
            account.change(lienOf: 2) { _ = $0.commit(upTo: .max) }
            for step in 0..<60 {
                let time = Timestamp(nanoseconds: UInt64(step) * 1_000_000_000)
                let index = Int(random.next() % 12)
                switch random.next() % 4 {
                case 0 where !stakes.isSlashed[index]:
                    let share = stakes.amounts[index].part(fraction)
                    stakes.isSlashed[index] = true
                    stakes.amounts[index] = try stakes.amounts[index].subtracting(share)
                    guard let slash = account.suffer(share, of: 2, at: time) else { break }
                    #expect(slash.excess == .zero)
                    #expect(slash.cuts == [])
                case 1:
                    // Released, or cut for another holder's slash.
                    let amount = random.amount(upTo: stakes.amounts[index])
                    stakes.amounts[index] = try stakes.amounts[index].subtracting(amount)
                    let cut = AccountSlash.Cut(holder: 2, amount: amount)
                    let loss = AccountSlash(holder: 9, amount: .zero, excess: .zero, cuts: [cut])
                    account.apply(loss, at: time, over: period)
                default: break
                }
            }
        }
    }
}

import ModuleKit
import ModuleTesting
import Testing
import VaultEvents

@testable import Vault

@Suite("Accounts")
struct AccountTests {
    @Test("What is free is what neither the largest lien nor all that can be slashed needs")
    func free() throws {
        var account = try VaultAccount(1_000, [.local(20, 300), .remote(2, 20, 500)])
        #expect(account.free == AmountRange(low: 500, high: 500))
        try account.take(400, by: 3, for: .remote, slashable: .percent(90))
        #expect(account.totalSlashable == AmountRange(low: 160, high: 520))
        #expect(account.maxLien == AmountRange(low: 500, high: 500))
        #expect(account.free == AmountRange(low: 480, high: 500))
        #expect(throws: ModuleError.self) { try account.unbond(481) }
        try account.unbond(480)
        #expect(account.free.low == .zero)
        #expect(account.faults == [])
    }

    @Test("A lien is no larger than the collateral, and all together can be slashed by no more than it")
    func covered() throws {
        var account = try VaultAccount(100, [.remote(2, 60, 100)])
        let before = account
        #expect(throws: ModuleError.self) {
            try account.take(1, by: 2, for: .remote, slashable: .percent(60))
        }
        #expect(throws: ModuleError.self) {
            try account.take(100, by: 3, for: .remote, slashable: .percent(41))
        }
        #expect(account == before)
        try account.take(100, by: 3, for: .remote, slashable: .percent(40))
        #expect(account.faults == [])
    }

    @Test("The fraction of a lien stays what it was when the lien was made")
    func fixedFraction() throws {
        var account = try VaultAccount(100, [.remote(2, 10, 10)])
        try account.take(10, by: 2, for: .remote, slashable: .percent(90))
        #expect(account.totalSlashable.high == 2)
        account.change(lienOf: 2) {
            _ = $0.commit(upTo: .max)
            _ = $0.release(upTo: .max)
        }
        try account.take(10, by: 2, for: .remote, slashable: .percent(90))
        #expect(account.totalSlashable.high == 9)
    }

    @Test("Two local holders can't be lent the same coins")
    func lentOnce() throws {
        var account = try VaultAccount(100, [.local(10, 60)])
        #expect(throws: ModuleError.self) { try account.take(41, by: 2, for: .local, slashable: .percent(10)) }
        try account.take(40, by: 2, for: .local, slashable: .percent(10))
        #expect(account.free.low == .zero)
        #expect(account.faults == [])
    }

    @Test("An account reads as it was written")
    func record() throws {
        var random = try SplitMix64.seeded()
        for _ in 0..<50 {
            var walk = AccountWalk(seed: random.next())
            for _ in 0..<20 { try walk.step() }
            #expect(try VaultAccount(walk.account.record) == walk.account)
        }
    }

    @Test("Whatever happens to an account in whatever order, its invariants hold and no coin is lost or made")
    func randomWalks() throws {
        var random = try SplitMix64.seeded()
        for _ in 0..<150 {
            var walk = AccountWalk(seed: random.next())
            for _ in 0..<60 {
                try walk.step()
                #expect(walk.account.faults == [])
                let account = walk.account
                #expect(try account.collateral.adding(account.unburned).subtracting(account.lent) == walk.coins)
            }
        }
    }
}

/// An account to which random things happen, and a count of the coins that really are in the vault.
struct AccountWalk {
    var account = VaultAccount()
    var coins = Amount.zero
    private var random: SplitMix64
    private let scale: Amount
    private var time = Timestamp.epoch
    private let period = TimeSpan.days(21)

    init(seed: UInt64) {
        random = SplitMix64(seed: seed)
        scale = Amount(UInt128(1) << UInt128(random.next() % 120))
    }

    mutating func step() throws(ModuleError) {
        time = time.saturatingAdding(.hours(UInt16(random.next() % 200)))
        let holder = UInt32(random.next() % 34)
        // Every fifth holder is local.
        let purpose: Lien.Purpose = holder % 5 == 0 ? .local : .remote
        let lien = account.lien(of: holder)
        let amount = random.amount(upTo: lien.map { max($0.total, $0.lent) } ?? scale)
        switch random.next() % 9 {
        case 0:
            let amount = random.amount(upTo: scale)
            try account.bond(amount)
            coins = try coins.adding(amount)
        case 1:
            let amount = random.amount(upTo: account.free.low)
            try account.unbond(amount)
            coins = try coins.subtracting(amount)
        case 2, 3: take(random.amount(upTo: account.collateral), by: holder, for: purpose)
        case 4: account.change(lienOf: holder) { _ = $0.commit(upTo: amount) }
        case 5:
            let taken = account.change(lienOf: holder) { $0.rollBack(upTo: amount) } ?? .zero
            if purpose == .local { coins = try coins.adding(taken) }
        case 6:
            let (time, period) = (time, period)
            let taken =
                account.change(lienOf: holder) { lien in
                    let taken = lien.release(upTo: amount)
                    lien.noteOutflow(taken, at: time, over: period)
                    return taken
                } ?? .zero
            if purpose == .local { coins = try coins.adding(taken) }
        case 7: try slash(amount, of: holder)
        default: try settle(holder)
        }
        let burnable = account.burnable
        if random.next() % 4 != 0 {
            try account.burn(burnable)
            coins = try coins.subtracting(burnable)
        }
    }

    private mutating func take(_ amount: Amount, by holder: UInt32, for purpose: Lien.Purpose) {
        let before = account
        let slashable = random.fraction()
        do throws(ModuleError) {
            try account.take(amount, by: holder, for: purpose, slashable: slashable)
            if purpose == .local { coins = coins.saturatingSubtracting(amount) }
            if account.lien(of: holder)?.isOver == true { account = before }
        } catch {
            if account != before { account.collateral = .max }
        }
    }

    private mutating func slash(_ amount: Amount, of holder: UInt32) throws(ModuleError) {
        guard let slash = account.slash(amount, of: holder, at: time, over: period) else { return }
        account.apply(slash, at: time, over: period)
        // A cut that nobody answers is as good as a holder that fails.
        for cut in slash.cuts where random.next() % 2 == 0 { try settle(cut.holder) }
    }

    private mutating func settle(_ holder: UInt32) throws(ModuleError) {
        let lent = account.lent
        let inFlight = random.amount(upTo: scale)
        account.change(lienOf: holder) { _ = $0.settleCut(inFlight: inFlight) }
        coins = try coins.adding(try lent.subtracting(account.lent))
    }
}

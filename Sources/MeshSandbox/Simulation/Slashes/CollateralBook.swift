import ModuleKit
import VaultEvents

/// What a vault should hold of each user's collateral, and of what was slashed: a plain account of all that it records.
struct CollateralBook {
    /// What a user has.
    struct Account: Hashable {
        /// What is his.
        var collateral = Amount.zero
        /// What was slashed, and is neither destroyed nor paid out.
        var unburned = Amount.zero
    }

    // Sorted before anybody sees it.
    private var accounts: [String: Account] = [:]
    // Only asked, never iterated.
    private var localHolders: Set<UInt32> = []
    /// What holders wanted to slash beyond what their liens can lose, one line each.
    private(set) var excesses: [String] = []

    /// The accounts that are not empty, by address.
    var all: [(owner: String, account: Account)] {
        accounts.filter { $1 != Account() }.map { ($0.key, $0.value) }.sorted { $0.0 < $1.0 }
    }

    /// Notes what was recorded.
    mutating func note(_ event: VaultEvent) throws(ModuleError) {
        switch event.event {
        case .bonded(let event):
            let amount = try event.amount.coin().amount
            try change(event.owner) { (account) throws(ModuleError) in
                account.collateral = try account.collateral.adding(amount)
            }
        case .unbonded(let event):
            let amount = try event.amount.coin().amount
            try change(event.owner) { (account) throws(ModuleError) in
                account.collateral = try account.collateral.subtracting(amount)
            }
        case .lienAccepted(let event): if event.purpose == .local { localHolders.insert(event.holder) }
        case .slashed(let event): try note(event)
        case .collateralBurned(let event): try destroy(try event.amount.coin().amount, of: event.owner)
        case .bountyPaid(let event): try destroy(try event.amount.coin().amount, of: event.owner)
        default: return
        }
    }

    private mutating func note(_ event: VaultSlashed) throws(ModuleError) {
        let amount = try Amount(event.amount)
        guard localHolders.contains(event.holder) else {
            if try !Amount(event.excess).isZero {
                excesses.append(
                    "\(event.owner) was to lose \(event.excess) more at \(event.validator) than his lien can"
                )
            }
            // Nothing is slashed that is not there.
            return try change(event.owner) { (account) throws(ModuleError) in
                account.collateral = try account.collateral.subtracting(amount)
                account.unburned = try account.unburned.adding(amount)
            }
        }
        let forfeit = event.forfeit.isEmpty ? .zero : try Amount(event.forfeit)
        try change(event.owner) { (account) throws(ModuleError) in
            // The coins are gone already. Those beyond the collateral were to be destroyed anyway.
            let gone = try amount.adding(forfeit)
            let beyond = gone.saturatingSubtracting(account.collateral)
            account.collateral = account.collateral.saturatingSubtracting(gone)
            account.unburned = account.unburned.saturatingSubtracting(beyond)
        }
    }

    private mutating func destroy(_ amount: Amount, of owner: String) throws(ModuleError) {
        try change(owner) { (account) throws(ModuleError) in
            account.unburned = try account.unburned.subtracting(amount)
        }
    }

    private mutating func change(_ owner: String, _ body: (inout Account) throws(ModuleError) -> Void)
        throws(ModuleError)
    {
        try body(&accounts[owner, default: Account()])
    }
}

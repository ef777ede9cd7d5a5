import MeshHost
import ModuleKit
import VaultEvents

/// A user's collateral covers his largest lien, and all that can be slashed of his liens together, after every slash; and it is
/// what he has brought, less what he has taken and what was slashed, which is destroyed or paid (spec sections 4 and 13).
///
/// What can be slashed of a lien is rounded down.
struct CollateralBehindLiens: SimulationInvariant {
    static let name = "collateral behind liens"
    let moment = SimulationMoment.always

    func violations(in world: SimulationWorld) throws(SandboxError) -> [String] {
        var lines: [String] = []
        for chain in world.runningChains {
            let accounts = try chain.vaultAccounts()
            let book = world.logs.collateral[chain.chainID] ?? CollateralBook()
            lines += try SandboxError.asking("the vault of '\(chain.chainID)'") { () throws(ModuleError) in
                try Self.uncovered(accounts) + Self.differences(accounts, book) + book.excesses
            }
            .map { "\(chain.chainID): \($0)" }
        }
        return lines
    }

    private static func uncovered(_ accounts: [VaultAccountDetails]) throws(ModuleError) -> [String] {
        var lines: [String] = []
        for account in accounts {
            let bonded = try Amount(account.bonded)
            var slashable = Amount.zero
            for lien in account.liens {
                let high = try Amount(lien.amount.high)
                if high > bonded { lines.append("\(account.address) has a lien of \(high) on \(bonded)") }
                slashable = try slashable.adding(
                    try high.multiplied(by: try Decimal18(lien.slashable), rounding: .floor)
                )
            }
            if slashable > bonded {
                lines.append("\(slashable) can be slashed of \(account.address), who has \(bonded)")
            }
        }
        return lines
    }

    private static func differences(_ accounts: [VaultAccountDetails], _ book: CollateralBook) throws(ModuleError)
        -> [String]
    {
        // Only asked, never iterated.
        var found: [String: CollateralBook.Account] = [:]
        for account in accounts {
            found[account.address] = .init(
                collateral: try Amount(account.bonded),
                unburned: try Amount(account.unburned)
            )
        }
        let owners = (accounts.map(\.address) + book.all.map(\.owner)).sorted()
        let expected = Dictionary(uniqueKeysWithValues: book.all.map { ($0.owner, $0.account) })
        var (lines, last): ([String], String?) = ([], nil)
        for owner in owners where owner != last {
            last = owner
            let (has, should) = (found[owner] ?? .init(), expected[owner] ?? .init())
            guard has != should else { continue }
            lines.append(
                "\(owner) has \(has.collateral) and \(has.unburned) to be destroyed, and should have "
                    + "\(should.collateral) and \(should.unburned)"
            )
        }
        return lines
    }
}

extension SandboxChain {
    /// The accounts of the chain's vault, by address.
    func vaultAccounts() throws(SandboxError) -> [VaultAccountDetails] {
        try Pages.all { (start) throws(SandboxError) in
            let page = try query(VaultQuery.with { $0.accounts.startAddress = start }, of: ChainSpecification.vault)
                .accounts
            return (page.accounts, page.nextAddress)
        }
    }
}

import ModuleKit
import VaultEvents

/// What an External Staking has on record of a user, under way and unbonding included, is his lien in the vault: also after
/// another holder's slash has cut the lien (spec sections 4 and 13).
struct StakeBehindLiens: SimulationInvariant {
    static let name = "stake behind liens"
    let moment = SimulationMoment.always

    func violations(in world: SimulationWorld) throws(SandboxError) -> [String] {
        try world.violationsOfPairings { (pairing, provider, consumer) throws(SandboxError) in
            // Only asked, never iterated.
            var staked: [String: Amount] = [:]
            for (key, entry) in try pairing.books(pairing.report(provider, consumer), provider, consumer).entries {
                staked[key.owner] = (staked[key.owner] ?? .zero).saturatingAdding(entry.locked)
            }
            var lines: [String] = []
            for account in try provider.vaultAccounts() {
                let lien = account.liens.first { $0.holder.label == pairing.externalStaking }
                let locked = try SandboxError.asking("the lien of '\(account.address)'") { () throws(ModuleError) in
                    try lien.map { (lien) throws(ModuleError) in try Amount(lien.amount.high) } ?? .zero
                }
                let stake = staked[account.address] ?? .zero
                guard locked != stake else { continue }
                lines.append("\(account.address) has a lien of \(locked), and stake of \(stake)")
            }
            return lines
        }
    }
}

import ExternalStakingEvents
import MeshHost
import ModuleKit

/// Questions about infractions.
extension ChainView {
    private static let slashingPageSize: UInt32 = 1_000

    /// The validators that were proven guilty to an External Staking, by their texts.
    func offenders(at externalStaking: String) throws(CommandError) -> [ExternalStakingOffender] {
        var (all, next): ([ExternalStakingOffender], String) = ([], "")
        repeat {
            let page = try self.externalStaking(externalStaking) {
                $0.offenders.startValidator = next
                $0.offenders.limit = Self.slashingPageSize
            }.offenders
            all += page.offenders
            next = page.nextValidator
        } while !next.isEmpty
        return all
    }

    /// Whether an External Staking knows a validator of the other chain.
    func knows(_ validator: String, at externalStaking: String) throws(CommandError) -> Bool {
        do {
            _ = try host.query(ExternalStakingQuery.with { $0.validator.validator = validator }, of: externalStaking)
            return true
        } catch {
            guard error.code == .notFound else { throw CommandError(error) }
            return false
        }
    }

    /// What an account has paid, and still owes, for validators that were proven guilty to an External Staking.
    func liabilities(of owner: String, at externalStaking: String) throws(CommandError) -> [ExternalStakingLiability] {
        try self.externalStaking(externalStaking) { $0.liabilities.owner = owner }.liabilities.liabilities
    }
}

import GovernanceEvents
import ModuleKit

extension Governance {
    /// How many delegators can have a multiplier.
    static let weightsMax = 64

    /// Sets how much of a delegator's stake counts.
    ///
    /// - Throws: `notAuthority`, `weightNotAllowed`.
    func setWeight(_ request: GovernanceSetWeight, _ sender: Address, _ context: Context) throws(ModuleError) {
        let isAuthority = try context.authority() == sender
        guard isAuthority || sender == context.identity.address else {
            throw ModuleError(.notAuthority, "only governance says how much stake counts: propose it")
        }
        let delegator =
            if let instance = context.instance(named: request.delegator) {
                instance.address
            } else {
                try context.addresses.parse(request.delegator, as: .account)
            }
        try set(try Decimal18(request.multiplier), of: delegator, context)
    }

    /// Records a multiplier, if it changes.
    func set(_ multiplier: Decimal18, of delegator: Address, _ context: Context) throws(ModuleError) {
        guard multiplier <= .one else {
            throw ModuleError(.weightNotAllowed, "a multiplier of \(multiplier) is above 1: give 0 to 1")
        }
        let old = try collections.multiplier(of: delegator, in: context)
        guard multiplier != old else { return }
        if old == .one {
            let count = try collections.weights.entries(in: context, limit: Self.weightsMax).count
            guard count < Self.weightsMax else {
                throw ModuleError(
                    .weightNotAllowed,
                    "\(count) delegators have a multiplier already: set that of another to 1 first"
                )
            }
        }
        try track(delegator, context)
        try context.emit(
            .with {
                $0.weightSet.delegator = text(of: delegator, context)
                $0.weightSet.multiplier = multiplier.description
            }
        )
    }
}

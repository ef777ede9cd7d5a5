import LocalStakingEvents
import ModuleKit
import StakingEvents

/// After a slash, everybody who has stake with its validator is visited, so many in a block.
///
/// The slash itself records one event for that, however many it concerns: nothing here can hold it up. Recounts are worked
/// off in their order. One that concerns nobody any more costs nothing.
extension LocalStaking {
    /// How many stakes are compared at the end of one block.
    public static let visitsPerBlock = 500
    /// How many events are kept back for the visit that comes next and what it leads to: the vault's slash, the cuts of other
    /// liens, and what their holders make of them; and for taking forfeit stake back.
    static let eventsKeptBack = 4_000

    /// Whether somebody may have lost something that is not counted. One read.
    func isRecounting(_ state: some StateReading) throws(ModuleError) -> Bool {
        try !recounts.entries(in: state, limit: 1).isEmpty
    }

    /// A slash is complete. Who was unbonding from the validator has lost part of that by now, too.
    func startRecount(after slash: StakingValidatorSlashed, _ context: Context) throws(ModuleError) {
        let validator = try Address(bech32: slash.validator)
        guard try firstExposed(at: validator, from: nil, limit: 1, context).first != nil else { return }
        try startRecount(.with { $0.validator = slash.validator }, context)
    }

    /// A slash has reached stake of one user that came from its validator.
    func startRecount(
        after slash: StakingRedelegationSlashed,
        of owner: Address,
        _ context: Context
    ) throws(ModuleError) {
        try startRecount(
            .with {
                $0.validator = slash.destination
                $0.owner = context.addresses.format(owner, as: .account)
            },
            context
        )
    }

    private func startRecount(_ recount: LocalStakingRecount, _ context: Context) throws(ModuleError) {
        let last = try recounts.entries(in: context, reversed: true, limit: 1).first?.key ?? 0
        try context.emit(
            .with {
                $0.recountStarted.recount = last &+ 1
                $0.recountStarted.is = recount
            }
        )
    }

    /// Goes on with recounts, from the oldest.
    func recount(_ context: Context) throws(ModuleError) {
        var visits = Self.visitsPerBlock
        while visits > 0, let (number, recount) = try recounts.entries(in: context, limit: 1).first {
            let next = try visit(recount, &visits, context)
            try context.emit(
                .with {
                    $0.recountContinued.recount = number
                    $0.recountContinued.next = next.map { context.addresses.format($0, as: .account) } ?? ""
                }
            )
            guard next == nil else { return }
        }
    }

    /// Visits some of those whom a recount concerns; with whom it goes on, or nil once it is done.
    private func visit(_ recount: LocalStakingRecount, _ visits: inout Int, _ context: Context) throws(ModuleError)
        -> Address?
    {
        let validator = try Address(bech32: recount.validator)
        var owners: [Address]
        if recount.owner.isEmpty {
            let start = recount.next.isEmpty ? nil : try Address(bech32: recount.next)
            owners = try firstExposed(at: validator, from: start, limit: visits + 1, context)
        } else {
            owners = [try Address(bech32: recount.owner)]
        }
        for owner in owners {
            guard visits > 0, context.eventsLeft > Self.eventsKeptBack else { return owner }
            visits -= 1
            try countLoss(of: owner, at: validator, context)
        }
        return nil
    }

    /// The first who have stake with a validator that it can lose, by address.
    private func firstExposed(at validator: Address, from start: Address?, limit: Int, _ context: Context)
        throws(ModuleError) -> [Address]
    {
        var owners: [Address] = []
        let visit = { (key: Pair<Address, Address>, _: Unit) throws(ModuleError) -> Bool in
            guard key.first == validator else { return false }
            owners.append(key.second)
            return owners.count < limit
        }
        if let start {
            try exposed.forEach(in: context, from: Pair(validator, start), visit)
        } else {
            try exposed.forEach(startingWith: validator, in: context, visit)
        }
        return owners
    }
}

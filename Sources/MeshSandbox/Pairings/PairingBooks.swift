import ConverterEvents
import ExternalStakingEvents
public import MeshHost
public import ModuleKit

/// What each user has at each validator of a pairing, in the books of both chains.
///
/// - Complexity: O(records): for tests and simulations.
public struct PairingBooks: Sendable {
    /// Whose stake, and where.
    public struct Key: Sendable, Hashable, Comparable {
        /// The user, as the provider writes his address.
        public let owner: String
        /// The operator.
        public let validator: String

        /// By validator, then by user.
        public static func < (left: Self, right: Self) -> Bool {
            (left.validator, left.owner) < (right.validator, right.owner)
        }
    }

    /// The two entries of one user at one validator.
    public struct Entry: Sendable, Hashable {
        /// Provider: what is certain.
        public internal(set) var committed = Amount.zero
        /// Provider: everything that is under lien, unbonding stake and stake under way included.
        public internal(set) var locked = Amount.zero
        /// Provider: what the consumer has been told to burn, or will be once stake that was cut has landed.
        public internal(set) var burning = Amount.zero
        /// Consumer: what is pledged.
        public internal(set) var pledged = Amount.zero
    }

    /// By validator and user; a zero entry says as much as none.
    public private(set) var entries: [(key: Key, entry: Entry)] = []

    /// Reads both chains, each as it is after its last block.
    ///
    /// - Parameter validators: those that either side knows, as a report of the pairing names them.
    /// - Throws: what the instances throw.
    public init(
        of validators: [String],
        provider: ChainHost,
        externalStaking: String,
        consumer: ChainHost,
        converter: String
    ) throws(ModuleError) {
        // Sorted before anybody sees it.
        var found: [Key: Entry] = [:]
        for validator in validators {
            try Self.readStakes(provider, externalStaking, validator, &found)
            try Self.readPledges(consumer, converter, validator, &found)
        }
        try Self.readBurns(provider, externalStaking, &found)
        entries = found.map { (key: $0.key, entry: $0.value) }.sorted { $0.key < $1.key }
    }

    private static func readStakes(
        _ provider: ChainHost,
        _ label: String,
        _ validator: String,
        _ found: inout [Key: Entry]
    ) throws(ModuleError) {
        let owners = try Pages.all { (start) throws(ModuleError) in
            let page = try provider.query(
                ExternalStakingQuery.with {
                    $0.stakers.validator = validator
                    $0.stakers.startOwner = start
                },
                of: label
            ).stakers
            return (page.owners, page.nextOwner)
        }
        for owner in owners {
            let stake = try provider.query(
                ExternalStakingQuery.with {
                    $0.stake.owner = owner
                    $0.stake.validator = validator
                },
                of: label
            ).stake
            var entry = Entry()
            entry.committed = try Amount(stake.amount.low)
            for operation in stake.inFlight where operation.kind == .unstake {
                entry.committed = try entry.committed.adding(try Amount(operation.remaining))
            }
            entry.locked = try Amount(stake.amount.high)
            for unbonding in stake.pendingUnbonds {
                entry.locked = try entry.locked.adding(try Amount(unbonding.amount))
            }
            for operation in stake.inFlight {
                entry.burning = try entry.burning.adding(try Amount(operation.cut))
            }
            found[Key(owner: owner, validator: validator)] = entry
        }
    }

    private static func readBurns(_ provider: ChainHost, _ label: String, _ found: inout [Key: Entry])
        throws(ModuleError)
    {
        let transactions = try Pages.all(from: UInt64(0)) { (before) throws(ModuleError) in
            let page = try provider.query(
                ExternalStakingQuery.with { $0.transactions.beforeTransaction = before },
                of: label
            ).transactions
            return (page.transactions, page.nextBeforeTransaction == 0 ? nil : page.nextBeforeTransaction)
        }
        for burn in transactions where burn.kind == .burn {
            let key = Key(owner: burn.owner, validator: burn.validator)
            let amount = try Amount(burn.amount)
            found[key, default: Entry()].burning = try found[key, default: Entry()].burning.adding(amount)
        }
    }

    private static func readPledges(
        _ consumer: ChainHost,
        _ label: String,
        _ validator: String,
        _ found: inout [Key: Entry]
    ) throws(ModuleError) {
        let pledges = try Pages.all { (start) throws(ModuleError) in
            let page = try consumer.query(
                ConverterQuery.with {
                    $0.pledges.validator = validator
                    $0.pledges.startDelegator = start
                },
                of: label
            ).pledges
            return (page.pledges, page.nextDelegator)
        }
        for pledge in pledges {
            found[Key(owner: pledge.delegator, validator: validator), default: Entry()].pledged =
                try Amount(pledge.amount)
        }
    }
}

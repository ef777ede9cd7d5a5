import ConverterEvents
import ExternalStakingEvents
public import MeshHost
public import ModuleKit
import PriceFeedEvents
import VirtualStakingEvents

/// How a pairing stands on both chains, put side by side.
///
/// While packets are under way the two sides differ, and rightly so. When nothing is, what the provider has committed to a
/// validator is what the consumer has pledged to it; a difference then is drift, and there is none. (Spec section 13.)
public struct PairingReport: Sendable, Hashable {
    /// How the two sides stand at one validator of the consumer.
    public struct Validator: Sendable, Hashable {
        /// The operator.
        public let name: String
        /// How the provider knows it.
        public internal(set) var state = "unknown"
        /// Provider: the stake that is certain.
        public internal(set) var committed = Amount.zero
        /// Provider: stakes that are under way.
        public internal(set) var inFlight = Amount.zero
        /// Provider: what still unbonds.
        public internal(set) var unbonding = Amount.zero
        /// Consumer: what is pledged, in the provider's tokens.
        public internal(set) var pledged = Amount.zero
        /// Consumer: what that is worth now, in native tokens.
        public internal(set) var target = Amount.zero
        /// Consumer: what is bonded for it.
        public internal(set) var bonded = Amount.zero

        init(_ name: String) { self.name = name }
    }

    /// By operator, each once.
    public private(set) var validators: [Validator] = []
    /// How many operations the provider waits for an answer to.
    public private(set) var unsettledOnProvider: UInt64 = 0
    /// How many messages of the consumer the provider has not taken yet.
    public private(set) var unsettledOnConsumer: UInt64 = 0
    /// Whether the provider's end of the channel is open.
    public private(set) var isOpenOnProvider = false
    /// Whether the consumer's end of the channel is open.
    public private(set) var isOpenOnConsumer = false
    /// How much may be minted; zero without a grant.
    public private(set) var cap = Amount.zero
    /// How much is minted.
    public private(set) var minted = Amount.zero
    /// How many native tokens one of the provider's is worth.
    public private(set) var price = Decimal18.zero
    /// Whether the price counts.
    public private(set) var isPriceFresh = false

    /// Whether nothing is under way.
    public var isSettled: Bool { unsettledOnProvider == 0 && unsettledOnConsumer == 0 }

    /// How far the two sides differ, over all validators; what is under way counts as a difference.
    public var drift: Amount {
        validators.reduce(.zero) { sum, validator in
            let (one, other) = (validator.committed, validator.pledged)
            return sum.saturatingAdding(
                one > other ? one.saturatingSubtracting(other) : other.saturatingSubtracting(one)
            )
        }
    }

    /// Reads both chains, each as it is after its last block.
    ///
    /// - Parameters:
    ///   - externalStaking: the label or the address of the provider's end.
    ///   - converter: the label or the address of the consumer's end.
    /// - Throws: what the instances throw; `notFound` where one is not there.
    public init(
        provider: ChainHost,
        externalStaking: String,
        consumer: ChainHost,
        converter: String
    ) throws(ModuleError) {
        var lines = ValidatorLines()
        try readProvider(provider, externalStaking, &lines)
        try readConsumer(consumer, converter, &lines)
        validators = lines.sorted
    }

    private mutating func readProvider(_ provider: ChainHost, _ label: String, _ lines: inout ValidatorLines)
        throws(ModuleError)
    {
        let pairing = try provider.query(ExternalStakingQuery.with { $0.channel = .init() }, of: label).channel
        isOpenOnProvider = pairing.openedAt != 0 && pairing.closedAt == 0
        let validators = try Pages.all { (start: String) throws(ModuleError) in
            let query = ExternalStakingQuery.with { $0.validators.startValidator = start }
            let page = try provider.query(query, of: label).validators
            return (page.validators, page.nextValidator)
        }
        for found in validators {
            try lines.update(found.validator) { (line) throws(ModuleError) in
                line.state = found.state.name
                line.committed = try Amount(found.committed)
                line.inFlight = try Amount(found.inFlight)
                line.unbonding = try Amount(found.unbonding)
            }
        }
        let transactions = try Pages.all(from: UInt64(0)) { (before) throws(ModuleError) in
            let query = ExternalStakingQuery.with { $0.transactions.beforeTransaction = before }
            let page = try provider.query(query, of: label).transactions
            return (page.transactions, page.nextBeforeTransaction == 0 ? nil : page.nextBeforeTransaction)
        }
        unsettledOnProvider = UInt64(transactions.count)
    }

    private mutating func readConsumer(_ consumer: ChainHost, _ label: String, _ lines: inout ValidatorLines)
        throws(ModuleError)
    {
        isOpenOnConsumer =
            try consumer.query(ConverterQuery.with { $0.channel = .init() }, of: label).channel.status == .open
        let pledges = try Pages.all { (start: String) throws(ModuleError) in
            let query = ConverterQuery.with { $0.validatorPledges.startValidator = start }
            let page = try consumer.query(query, of: label).validatorPledges
            return (page.pledges, page.nextValidator)
        }
        for found in pledges {
            try lines.update(found.validator) { (line) throws(ModuleError) in line.pledged = try Amount(found.amount) }
        }
        let targets = try consumer.query(ConverterQuery.with { $0.targets = .init() }, of: label).targets
        for found in targets.targets {
            try lines.update(found.validator) { (line) throws(ModuleError) in line.target = try Amount(found.amount) }
        }
        (price, isPriceFresh) = (targets.price.isEmpty ? .zero : try Decimal18(targets.price), targets.isPriceFresh)
        let notices = try Pages.all(from: UInt64(0)) { (start) throws(ModuleError) in
            let query = ConverterQuery.with { $0.notices.startSequence = start }
            let page = try consumer.query(query, of: label).notices
            return (page.notices, page.nextSequence == 0 ? nil : page.nextSequence)
        }
        unsettledOnConsumer = UInt64(notices.count)
        try readVirtualStaking(consumer, label, &lines)
    }

    private mutating func readVirtualStaking(_ consumer: ChainHost, _ converter: String, _ lines: inout ValidatorLines)
        throws(ModuleError)
    {
        let settings = try consumer.query(ConverterQuery.with { $0.settings = .init() }, of: converter).settings
        let staking = settings.virtualStaking
        guard !staking.isEmpty else { return }
        let totals = try consumer.query(VirtualStakingQuery.with { $0.totals = .init() }, of: staking).totals
        (cap, minted) = (try Amount(totals.cap), try Amount(totals.minted))
        let stakes = try Pages.all { (start: String) throws(ModuleError) in
            let page = try consumer.query(VirtualStakingQuery.with { $0.stakes.start = start }, of: staking).stakes
            return (page.stakes, page.next)
        }
        for found in stakes {
            try lines.update(found.validator) { (line) throws(ModuleError) in line.bonded = try Amount(found.minted) }
        }
    }
}

/// Lines by operator.
private struct ValidatorLines {
    // Sorted before anybody sees it.
    private var lines: [String: PairingReport.Validator] = [:]

    var sorted: [PairingReport.Validator] { lines.values.sorted { $0.name < $1.name } }

    mutating func update(
        _ name: String,
        _ body: (inout PairingReport.Validator) throws(ModuleError) -> Void
    ) throws(ModuleError) {
        try body(&lines[name, default: PairingReport.Validator(name)])
    }
}

extension ExternalStakingValidatorState {
    fileprivate var name: String {
        switch self {
        case .active: "active"
        case .unbonded: "unbonded"
        case .jailed: "jailed"
        case .tombstoned: "tombstoned"
        case .unknown, .UNRECOGNIZED: "unknown"
        }
    }
}

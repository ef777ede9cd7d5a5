/// What is known of one validator of the consumer: the same for every order and every repetition of the packets.
///
/// Each part is a value that only grows in an order of its own, so taking in what is said commutes, and taking it in
/// again changes nothing (a state-based CRDT): the set of namings keeps its least elements, the present naming and the
/// standing are the greatest that were said.
///
/// Only staking is no such value. With the first stake a user has relied on the first key, and that key stays the first
/// for good: a consumer may have held a packet back that names an earlier one, to deliver it when there is stake.
struct ValidatorRecord: Hashable, Sendable {
    /// How many namings are kept: the first ones. A later key is not among the counted ones then.
    static let namingsMax = 16

    /// Ascending, each statement once, with its least sequence and height.
    private(set) var namings: [KeyNaming] = []
    /// The naming that took effect last.
    private(set) var current: KeyNaming?
    /// What was said last; nil for a validator of which only keys were told.
    private(set) var standing: ValidatorStanding?
    /// The naming that came first when somebody staked for the first time.
    private(set) var reliedUpon: KeyNaming?

    init() {}

    /// Puts together what was stored.
    init(namings: [KeyNaming], current: KeyNaming?, standing: ValidatorStanding?, reliedUpon: KeyNaming? = nil) {
        self.namings = namings
        self.current = current
        self.standing = standing
        self.reliedUpon = reliedUpon
    }

    /// Whether a naming says nothing new, or there are fewer than a limit.
    func hasRoom(for naming: KeyNaming, max: Int) -> Bool {
        namings.count < max || namings.contains { $0.isSameStatement(as: naming) }
    }

    /// Somebody stakes: what came first by now stays the first.
    mutating func rely() { reliedUpon = first }

    /// Takes in that a key was named.
    mutating func add(_ naming: KeyNaming) {
        if current.map({ naming.takesEffect(after: $0) }) ?? true { current = naming }
        if let index = namings.firstIndex(where: { $0.isSameStatement(as: naming) }) {
            guard naming < namings[index] else { return }
            namings.remove(at: index)
        }
        let place = namings.firstIndex { naming < $0 } ?? namings.count
        namings.insert(naming, at: place)
        if namings.count > Self.namingsMax { namings.removeLast() }
    }

    /// Takes in what was said of where the validator stands.
    mutating func add(_ standing: ValidatorStanding) {
        self.standing = max(self.standing ?? standing, standing)
    }

    /// The naming that came first: the one on which somebody has relied, else by the order of packets.
    var first: KeyNaming? { reliedUpon ?? namings.first }

    /// The keys that count for slashing, in the order of their naming: the first, if it is the validator's own, and
    /// each further one of its own for which a counted key has signed.
    ///
    /// A validator of which no key was told first has none, whatever is said later: its delegators have staked on that.
    ///
    /// - Parameter isOwn: whether a key belongs to this validator.
    func countedKeys<Failure: Error>(_ isOwn: (ConsensusKey) throws(Failure) -> Bool) throws(Failure) -> [ConsensusKey]
    {
        guard let first = first?.key, try isOwn(first) else { return [] }
        var counted = [first]
        var candidates = namings.filter { $0.key != first }
        while let index = candidates.firstIndex(where: { naming in
            naming.vouchingKey.map(counted.contains) ?? false
        }) {
            let naming = candidates.remove(at: index)
            if let key = naming.key, !counted.contains(key), try isOwn(key) { counted.append(key) }
        }
        return namings.compactMap(\.key).reduce(into: [first]) { keys, key in
            if counted.contains(key), !keys.contains(key) { keys.append(key) }
        }
    }

    /// Whether the present key may be relied upon: it counts, or the consumer tells no keys at all.
    ///
    /// Without keys, evidence has nothing to stand on, and nobody can be slashed.
    func isCurrentKeyCounted<Failure: Error>(_ isOwn: (ConsensusKey) throws(Failure) -> Bool) throws(Failure) -> Bool {
        guard let first, let current else { return false }
        guard let key = current.key else { return first.key == nil }
        return try countedKeys(isOwn).contains(key)
    }
}

import ModuleKit

/// A validator that was proven guilty, whatever the consumer says of it: it is tombstoned here, for good.
///
/// Its stakers settle one after the other: a walk over them by address, so many in a block. An infraction that is
/// recorded meanwhile is not too late for those ahead; for those behind, another walk follows. So any number of
/// infractions takes two walks at most.
struct Offender: Hashable, Sendable {
    /// How many infractions are kept.
    static let infractionsMax = 16

    /// A walk over the stakers.
    struct Sweep: Hashable {
        /// Where it goes on; nil at the beginning.
        var nextOwner: Address?
        /// The highest number of an infraction when it began: with those it is enough.
        let through: UInt64
    }

    /// When the first infraction was recorded: all stake unbonds from then on.
    let tombstonedAt: Timestamp
    /// By number, each of another height.
    private(set) var infractions: [Infraction] = []
    /// All stakers have settled for infractions up to this number.
    private(set) var settledThrough: UInt64 = 0
    /// Nil where nothing is to be done.
    private(set) var sweep: Sweep?
    /// The sum of all that was ever taken.
    private(set) var taken = Amount.zero

    init(tombstonedAt: Timestamp) { self.tombstonedAt = tombstonedAt }

    /// Puts together what was stored.
    init(
        tombstonedAt: Timestamp,
        infractions: [Infraction],
        settledThrough: UInt64,
        sweep: Sweep?,
        taken: Amount
    ) {
        self.tombstonedAt = tombstonedAt
        self.infractions = infractions
        self.settledThrough = settledThrough
        self.sweep = sweep
        self.taken = taken
    }

    /// Whether one infraction has to go for a further one.
    var isFull: Bool { infractions.count >= Self.infractionsMax }

    /// The number of the earliest infraction that all stakers have settled, but for stake in flight and for those who are listed;
    /// nil where there is none.
    ///
    /// It gives its place away, so nobody can fill the list with old infractions to be spared for a new one.
    var earliestSettled: UInt64? {
        let settled = infractions.filter { $0.number <= settledThrough }
        return settled.min { ($0.time, $0.number) < ($1.time, $1.number) }?.number
    }

    /// Takes in an infraction, in the place of another where one is named, and begins to settle where that is not
    /// being done.
    mutating func record(_ infraction: Infraction, replacing replaced: UInt64?) {
        infractions.removeAll { $0.number == replaced }
        infractions.append(infraction)
        if sweep == nil { sweep = Sweep(nextOwner: nil, through: infraction.number) }
    }

    /// All stakers before one have settled; nil for all. What was recorded meanwhile begins from the first again.
    mutating func advance(to owner: Address?) {
        guard let current = sweep else { return }
        guard owner == nil else {
            sweep?.nextOwner = owner
            return
        }
        settledThrough = current.through
        let latest = infractions.last?.number ?? 0
        sweep = latest > current.through ? Sweep(nextOwner: nil, through: latest) : nil
    }

    /// Adds up what was taken for an infraction. It may have been replaced since.
    mutating func note(_ amount: Amount, for number: UInt64) {
        guard !amount.isZero else { return }
        taken = taken.saturatingAdding(amount)
        guard let index = infractions.firstIndex(where: { $0.number == number }) else { return }
        infractions[index].taken = infractions[index].taken.saturatingAdding(amount)
        infractions[index].payments &+= 1
    }
}

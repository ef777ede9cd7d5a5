/// The reactions to the events of one vocabulary, in their fixed order.
struct VocabularyReactions {
    private let all: [BoundReaction]
    /// Whom an event is for; nil where every event is offered to all: the vocabulary addresses nobody, or everybody who
    /// subscribed hears others' events too. It is decided here, once, and not for each event.
    private let addressee: ((any EventVocabulary) -> UInt32?)?
    /// The places of the reactions that hear the events of others; in ascending order.
    private let hearingOthers: [Int]
    /// The places of the rest, by instance, each in ascending order. Only asked, never iterated.
    private let byInstance: [UInt32: [Int]]

    init(_ reactions: [BoundReaction], to vocabulary: any EventVocabulary.Type) {
        all = reactions
        hearingOthers = reactions.indices.filter { reactions[$0].hearsOthers }
        byInstance = Dictionary(grouping: reactions.indices.filter { !reactions[$0].hearsOthers }) {
            reactions[$0].instance.identity.number
        }
        let addressing = vocabulary as? any AddressesInstances.Type
        addressee = byInstance.isEmpty ? nil : addressing.map { Self.addressee(of: $0) }
    }

    /// Reads the addressee of events whose type is known.
    private static func addressee<Event: AddressesInstances>(of _: Event.Type) -> (any EventVocabulary) -> UInt32? {
        { event in (event as? Event)?.addressee }
    }

    /// The reactions that an event is offered to: its addressee's and those that hear the events of others, or all.
    ///
    /// - Complexity: O(1); going through them is O(n) in their number.
    func offered(_ event: any EventVocabulary) -> OfferedReactions {
        guard let addressee, let number = addressee(event) else { return OfferedReactions(all, nil, []) }
        return OfferedReactions(all, hearingOthers, byInstance[number] ?? [])
    }
}

/// The reactions that one event is offered to, in their fixed order.
///
/// Nothing is copied: for an addressed event two ascending lists of places are merged on the way.
struct OfferedReactions: Sequence, IteratorProtocol {
    private let all: [BoundReaction]
    /// The places of the reactions that hear the events of others; nil when all reactions are meant.
    private let hearingOthers: [Int]?
    /// The places of the addressee's other reactions.
    private let own: [Int]
    /// How many of `hearingOthers`, or of all, are behind us.
    private var passed = 0
    private var passedOwn = 0

    init(_ all: [BoundReaction], _ hearingOthers: [Int]?, _ own: [Int]) {
        self.all = all
        self.hearingOthers = hearingOthers
        self.own = own
    }

    /// Whether nobody is offered the event.
    var isEmpty: Bool { own.isEmpty && (hearingOthers?.isEmpty ?? all.isEmpty) }

    mutating func next() -> BoundReaction? {
        guard let hearingOthers else {
            guard passed < all.count else { return nil }
            defer { passed += 1 }
            return all[passed]
        }
        if passedOwn < own.count, passed == hearingOthers.count || own[passedOwn] < hearingOthers[passed] {
            defer { passedOwn += 1 }
            return all[own[passedOwn]]
        }
        guard passed < hearingOthers.count else { return nil }
        defer { passed += 1 }
        return all[hearingOthers[passed]]
    }
}

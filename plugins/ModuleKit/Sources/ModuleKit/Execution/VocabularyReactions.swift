/// The reactions to the events of one vocabulary, in their fixed order.
struct VocabularyReactions {
    private let all: [BoundReaction]
    /// Who is offered an event that is for one instance; nil where the vocabulary addresses nobody.
    private let addressed: Addressed?

    init(_ reactions: [BoundReaction], to vocabulary: any EventVocabulary.Type) {
        all = reactions
        addressed = vocabulary is any AddressesInstances.Type ? Addressed(reactions) : nil
    }

    /// The reactions that an event is offered to: its addressee's and those by trait, or all.
    ///
    /// - Complexity: O(1) for all, else O(n) in the number of reactions returned.
    func offered(_ event: any EventVocabulary) -> [BoundReaction] {
        guard let addressed, let addressee = (event as? any AddressesInstances)?.addressee else { return all }
        return addressed.places(for: addressee).map { all[$0] }
    }
}

/// The places of the reactions to addressed events, in ascending order throughout.
private struct Addressed {
    /// Reactions by trait, of whatever instance.
    private let byTrait: [Int]
    /// The others, by instance. Only asked, never iterated.
    private let byInstance: [UInt32: [Int]]

    init(_ reactions: [BoundReaction]) {
        byTrait = reactions.indices.filter { reactions[$0].isByTrait }
        byInstance = Dictionary(grouping: reactions.indices.filter { !reactions[$0].isByTrait }) {
            reactions[$0].instance.identity.number
        }
    }

    /// Both merged. Not kept for each addressee: with many of them that would be their number times that of the traits.
    func places(for addressee: UInt32) -> [Int] {
        guard let own = byInstance[addressee] else { return byTrait }
        guard !byTrait.isEmpty else { return own }
        var merged: [Int] = []
        merged.reserveCapacity(own.count + byTrait.count)
        var rest = own[...]
        for place in byTrait {
            while let next = rest.first, next < place { merged.append(rest.removeFirst()) }
            merged.append(place)
        }
        return merged + rest
    }
}

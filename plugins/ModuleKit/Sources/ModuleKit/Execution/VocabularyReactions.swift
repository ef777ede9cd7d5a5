/// The reactions to the events of one vocabulary, in their fixed order.
struct VocabularyReactions {
    private let all: [BoundReaction]
    /// The same by instance, where events may be for one alone. Only asked, never iterated.
    private let byInstance: [UInt32: [BoundReaction]]?

    init(_ reactions: [BoundReaction], to vocabulary: any EventVocabulary.Type) {
        all = reactions
        byInstance =
            vocabulary is any AddressesInstances.Type
            ? Dictionary(grouping: reactions) { $0.instance.identity.number } : nil
    }

    /// The reactions that an event is offered to: its addressee's, or all.
    func offered(_ event: any EventVocabulary) -> [BoundReaction] {
        guard let byInstance, let addressee = (event as? any AddressesInstances)?.addressee else { return all }
        return byInstance[addressee] ?? []
    }
}

/// A vocabulary some of whose events are for one instance alone.
///
/// Of those who subscribed to the vocabulary itself (`Subscription.on`), or to a trait of it as addressees
/// (`Subscription.onTraitAddressed`), such an event is offered to that instance and to nobody else. So what it costs does not
/// grow with the number of instances that anyone has deployed. Whoever subscribed to a trait of the vocabulary for all its
/// events (`Subscription.onTrait`) is offered it all the same: an event that is for one instance may move coins, and the bank
/// has to hear of it. The order of reactions is the fixed one in all cases.
public protocol AddressesInstances: EventVocabulary {
    /// The number of the instance that this event is for; nil for an event that every subscriber is offered.
    var addressee: UInt32? { get }
}

/// A vocabulary some of whose events are for one instance alone.
///
/// Such an event is offered to that instance and to nobody else. So what it costs does not grow with the number of instances
/// that anyone has deployed.
public protocol AddressesInstances: EventVocabulary {
    /// The number of the instance that this event is for; nil for an event that every subscriber is offered.
    var addressee: UInt32? { get }
}

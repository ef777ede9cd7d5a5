/// A declared part of a module's state.
///
/// A collection whose number is one of ``PublishedCollections/numbers`` is *published*: its entries can be proven to other
/// chains. All others are private to this chain's own layout.
public protocol StateCollection: Sendable {
    /// The collection's number, unique in its module and never reused.
    var number: UInt8 { get }
    /// The collection's name, as people see it.
    var name: String { get }
}

extension StateCollection {
    /// Whether other chains can be shown the collection's entries under their key alone.
    public var isPublished: Bool { PublishedCollections.numbers.contains(number) }
}

/// Collections whose entries can be proven to other chains.
///
/// Other chains expect an entry at a path that a standard names (ICS-24), and know nothing of instances and collections. So
/// the state tree commits to an entry of a published collection under its encoded key alone, without the numbers of the
/// instance and of the collection, which stand before every other key. Reading, writing and walking are the same for all.
///
/// The paths of all published collections of a chain are one name space. Only one module of a set may declare such
/// collections, and only one instance of it is ever deployed. The module itself sees to it that two collections never
/// hold the same encoded key. A key that is empty or begins with a zero byte is refused, because the keys of all other
/// entries begin with one.
public enum PublishedCollections {
    /// The numbers of published collections.
    public static let numbers: ClosedRange<UInt8> = 224...255
}

import Crypto
public import ModuleKit

/// A module's code, ready to be put to work on instances.
public struct RegisteredModule: Sendable {
    /// What the module says of itself.
    public let manifest: Manifest
    /// Which code this is.
    public let identity: CodeIdentity
    /// The vocabulary of its events.
    public let events: any EventVocabulary.Type
    /// The declared parts of its state.
    public let collections: [CollectionDescription]

    private let make: @Sendable (InstanceIdentity, InstanceState, UInt32) -> AnyModuleInstance
    private let encodeMessage: @Sendable (String) throws(ModuleError) -> [UInt8]
    private let showEvent: @Sendable ([UInt8], UInt32) throws(ModuleError) -> String
    private let showMessage: @Sendable ([UInt8]) throws(ModuleError) -> String

    /// Registers a module.
    public init<Module: ProtocolModule>(_ module: Module) {
        manifest = Module.manifest
        events = Module.Event.self
        collections = Self.collections(of: module)
        identity = CodeIdentity(of: Module.self, collections: collections)
        make = { ModuleInstance(module, identity: $0, state: $1, vocabularyNumber: $2) }
        encodeMessage = { (json) throws(ModuleError) in
            try Module.Message(decodingJSON: json).encodedBytes()
        }
        showEvent = { (payload, version) throws(ModuleError) in
            try Module.Event(recorded: payload, schemaVersion: version).json()
        }
        showMessage = { (payload) throws(ModuleError) in
            try Module.Message(decodingBytes: payload).json()
        }
    }

    /// The collections among a module's stored properties, and among theirs: a module may keep its state in a struct.
    private static func collections(of value: Any) -> [CollectionDescription] {
        Mirror(reflecting: value).children.flatMap { child in
            if let collection = child.value as? any StateCollection {
                return [CollectionDescription(number: collection.number, name: collection.name)]
            }
            return Mirror(reflecting: child.value).displayStyle == .struct ? collections(of: child.value) : []
        }
    }

    /// Puts the module to work on an instance.
    func makeInstance(_ instance: InstanceIdentity, session: StateSession, vocabulary: UInt32) -> AnyModuleInstance {
        make(instance, InstanceState(instance: instance.number, session: session), vocabulary)
    }

    /// A message of the module, from its protobuf JSON form.
    public func message(json: String) throws(ModuleError) -> [UInt8] { try encodeMessage(json) }

    /// The protobuf JSON form of an encoded message.
    public func messageJSON(_ payload: [UInt8]) throws(ModuleError) -> String { try showMessage(payload) }

    /// The protobuf JSON form of a recorded event.
    public func eventJSON(_ payload: [UInt8], schemaVersion: UInt32) throws(ModuleError) -> String {
        try showEvent(payload, schemaVersion)
    }

    /// Whether part of its state can be proven to other chains; such a module has one instance at most.
    var isPublishing: Bool { collections.contains(where: \.isPublished) }

    /// The privileges of which the module's events need a grant.
    public var privileges: [Privilege] {
        Set(events.kinds.compactMap(\.privilege)).sorted()
    }
}

/// One declared part of a module's state.
public struct CollectionDescription: Sendable, Hashable {
    /// Its number, the fifth byte of its keys.
    public let number: UInt8
    /// Its name.
    public let name: String

    /// Whether its entries can be proven to other chains under their key alone.
    public var isPublished: Bool { PublishedCollections.numbers.contains(number) }
}

/// Which code a module is: name, version, and a hash of everything that others can see of it.
public struct CodeIdentity: Sendable, Hashable, CustomStringConvertible {
    /// The module's name.
    public let module: String
    /// The module's version.
    public let version: Version
    /// SHA-256 over name, version, vocabularies, kinds of events with their privileges, and state collections.
    public let interfaceHash: [UInt8]

    init<Module: ProtocolModule>(of type: Module.Type, collections: [CollectionDescription]) {
        module = Module.manifest.name
        version = Module.manifest.version
        var hasher = FieldHasher(domain: "mesh-host/module-interface/1")
        hasher.add(module)
        hasher.add(version.description)
        hasher.add(Module.Message.protoMessageName)
        hasher.add(Module.Query.protoMessageName)
        hasher.add(Module.Query.Answer.protoMessageName)
        hasher.add(Module.Event.protoMessageName)
        hasher.add(UInt64(Module.Event.schemaVersion))
        hasher.add(Module.Event.descriptorSet)
        hasher.add(UInt64(Module.Event.kinds.count))
        for kind in Module.Event.kinds {
            hasher.add(UInt64(kind.number))
            hasher.add(kind.name)
            hasher.add(kind.privilege?.name ?? "")
            hasher.add(UInt64(kind.outlivesGrant ? 1 : 0))
            hasher.add(UInt64(kind.delivery.rawValue))
        }
        hasher.add(UInt64(collections.count))
        for collection in collections {
            hasher.add(UInt64(collection.number))
            hasher.add(collection.name)
        }
        interfaceHash = hasher.finish()
    }

    /// Such as `bank 1.0.0 (9f86d081884c7d65)`.
    public var description: String { "\(module) \(version) (\(interfaceHash.prefix(8).hexText))" }
}

/// SHA-256 over fields, each with its length, so that no two lists of fields hash alike.
struct FieldHasher {
    private var hasher = SHA256()

    init(domain: String) { add(domain) }

    mutating func add(_ bytes: [UInt8]) {
        withUnsafeBytes(of: UInt64(bytes.count).bigEndian) { hasher.update(bufferPointer: $0) }
        hasher.update(data: bytes)
    }

    mutating func add(_ text: String) { add(Array(text.utf8)) }

    mutating func add(_ number: UInt64) {
        withUnsafeBytes(of: number.bigEndian) { add(Array($0)) }
    }

    func finish() -> [UInt8] { Array(hasher.finalize()) }
}

extension Sequence<UInt8> {
    /// Lower-case hexadecimal digits.
    public var hexText: String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for byte in self {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}

public import ModuleKit

/// What the consumer says to the provider.
public enum ConsumerPacket: Hashable, Sendable {
    /// The validator set, or changes of it.
    case validatorSetUpdate(ValidatorSetUpdatePacket)
    /// A pledge is handed back: the delegator's stake on a validator is taken away.
    case internalUnstake(InternalUnstakePacket)
    /// Rewards of one validator have been earned.
    case distribute(DistributePacket)
    /// Rewards of several validators have been earned.
    case distributeBatch(DistributeBatchPacket)
}

extension ConsumerPacket: ControlPacket {
    /// Reads a packet of the consumer.
    public init(json bytes: [UInt8], version: ControlVersion) throws(ModuleError) {
        self = try PacketDocument.read(bytes, byteCountLimit: Self.maximumByteCount) {
            (kind, body) throws(ModuleError) -> ConsumerPacket? in
            switch kind {
            case "valset_update": .validatorSetUpdate(try ValidatorSetUpdatePacket(body, version))
            case "internal_unstake": .internalUnstake(try InternalUnstakePacket(body))
            case "distribute": .distribute(try DistributePacket(body))
            case "distribute_batch": .distributeBatch(try DistributeBatchPacket(body))
            default: nil
            }
        }
    }

    /// The bytes of the packet.
    public func json(version: ControlVersion) -> [UInt8] {
        let document: JSONValue =
            switch self {
            case .validatorSetUpdate(let packet): ["valset_update": packet.json(version)]
            case .internalUnstake(let packet): ["internal_unstake": packet.json]
            case .distribute(let packet): ["distribute": packet.json]
            case .distributeBatch(let packet): ["distribute_batch": packet.json]
            }
        return document.bytes()
    }

    /// A day; an hour for rewards.
    public var standardLifetime: TimeSpan {
        switch self {
        case .validatorSetUpdate, .internalUnstake: .seconds(24 * 60 * 60)
        case .distribute, .distributeBatch: .seconds(60 * 60)
        }
    }
}
